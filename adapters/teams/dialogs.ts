import { checkForm, submitForm } from '../../src/commands/run-command.ts';
import { staleMessage } from '../../src/messages/refusals.ts';
import type { Inbound } from './activity.ts';
import { targetOf } from './answer.ts';
import { readForm, readOpener } from './read-form.ts';
import { type Filled, renderForm } from './render-form.ts';
import { runOpener, type Turns } from './turn.ts';

/** What Teams is to show in place of a dialog, or in it; undefined closes it. */
type DialogAnswer = object | undefined;

/** The names of the invokes that are about dialogs. */
export const dialogInvokes = { 'task/fetch': openDialog, 'task/submit': submitDialog } as const;

/** Shows the form that was asked for, or says why there is none. */
async function openDialog(turns: Turns, inbound: Inbound): Promise<DialogAnswer> {
  const open = readOpener(inbound.value);
  return open ? showForm(turns, inbound, { open }) : told(staleMessage().summary);
}

/** Takes a form's answers; when they cannot be taken, the same form stays open with them and says why. */
async function submitDialog(turns: Turns, inbound: Inbound): Promise<DialogAnswer> {
  const form = readForm(inbound.value);
  if (!form) return told(staleMessage().summary);
  const { name, answers, open } = form;
  const problems = checkForm(name, answers);
  if (problems) return showForm(turns, inbound, { open, answers, problems });
  // The card with the button that opened the dialog stays as it is.
  const target = { ...targetOf(inbound), pressed: undefined };
  turns.answer(inbound, target, (context) => submitForm(context, name, answers, turns.report));
  return undefined;
}

async function showForm(turns: Turns, inbound: Inbound, filled: Filled): Promise<DialogAnswer> {
  const reply = await turns.replyTo(inbound, runOpener(filled.open, turns.report));
  if ('message' in reply) return told([reply.message.summary, ...(reply.message.body ?? [])].join('\n'));
  const content = renderForm(reply.form, filled);
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return {
    task: { type: 'continue', value: { title: reply.form.title, width: 'medium', height: 'large', card } },
  };
}

function told(text: string): DialogAnswer {
  return { task: { type: 'message', value: text } };
}
