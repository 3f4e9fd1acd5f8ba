import { randomBytes } from 'node:crypto';
import { distance } from 'fastest-levenshtein';
import { isId } from '../../db/id.ts';
import { findStanding } from '../membership/actor.ts';
import { deliverAgain } from '../membership/invitations/deliver-again.ts';
import { notePresence } from '../membership/members/note-presence.ts';
import { isRefusal, Refusal } from '../membership/refusal.ts';
import type { Action } from '../messages/action.ts';
import { failureMessage, refusalMessage } from '../messages/refusals.ts';
import { misunderstoodMessage } from '../messages/welcome.ts';
import type { Command, CommandContext, Reply } from './command.ts';
import { answerFile } from './export.ts';
import type { Answers, Fields, FormName, Problems } from './form.ts';
import { help, offeredTo } from './help.ts';
import { runInOrganization, within } from './in-organization.ts';
import { actions, commands, forms } from './index.ts';

/** Takes a fault and the reference the person is shown; the one place that writes it down. */
export type ReportFault = (error: unknown, reference: string) => void;

/** Runs what somebody typed after `/usher`. It always answers: refusals and faults become messages. */
export function runCommand(context: CommandContext, text: string, report: ReportFault): Promise<Reply> {
  return answeringMember(context, report, async () => {
    // A file by itself is a list of people to invite: nothing is sent before they have looked at the review.
    const [word = '', rest = ''] = splitFirst(text.trim() || (context.file ? 'invite' : ''));
    if (word === '') return help(context, commands);
    const command = commands.find((candidate) => candidate.word === word.toLowerCase());
    if (command) return runInOrganization(context, command, rest, (run) => answering(report, run));
    // Somebody mentioned and nothing else: perhaps who they are.
    const meant = word.startsWith('<@') ? 'who' : word;
    return { message: misunderstoodMessage(word, await nearestTo(meant, context)) };
  });
}

/**
 * For somebody who has just added usher: invitations that had not reached them are sent now, and speak for themselves;
 * everybody else gets the card "what can I do here".
 */
export async function meetNewcomer(context: CommandContext, report: ReportFault): Promise<Reply | undefined> {
  return (await deliverAgain(context)) ? undefined : runCommand(context, '', report);
}

/** Does what a pressed button carries. */
export function pressButton(context: CommandContext, action: Action, report: ReportFault): Promise<Reply> {
  const handler = actions[action.do] as (context: CommandContext, action: Action) => Promise<Reply>;
  // A button acts where the list it stands under is about, as far as its presser's rights reach by now.
  const about = within(context, 'in' in action ? action.in : undefined);
  return answeringMember(context, report, () => handler(about, action));
}

/** Whether the answers to a form can be taken: at once, without looking anything up. */
export function checkForm(name: FormName, answers: Answers<Fields>): Problems | undefined {
  return forms[name].check(answers);
}

/** Does what a form that passed its check asks for. */
export function submitForm(
  context: CommandContext,
  name: FormName,
  answers: Answers<Fields>,
  report: ReportFault,
): Promise<Reply> {
  const { in: chosen } = answers;
  const about = within(context, isId('org', chosen) ? chosen : undefined);
  return answeringMember(context, report, () => forms[name].submit(about, answers));
}

/** Takes somebody's answer to the question whether they want a file. Nothing is said when it is taken: the file speaks for itself. */
export function answerFileOffer(
  context: CommandContext,
  answer: Parameters<typeof answerFile>[1],
  report: ReportFault,
): Promise<Reply | undefined> {
  return answeringMember(context, report, () => answerFile(context, answer));
}

function answeringMember<Answer extends Reply | undefined>(
  context: CommandContext,
  report: ReportFault,
  answer: () => Promise<Answer>,
) {
  return answering(report, async () => {
    await notePresence(context);
    return answer();
  });
}

/** The one place where a refusal becomes words, and a fault a reference. It never throws. */
export async function answering<Answer extends Reply | undefined>(
  report: ReportFault,
  answer: () => Promise<Answer>,
): Promise<Answer | Reply> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    const reference = randomBytes(4).toString('hex').toUpperCase();
    report(error, reference);
    return { message: failureMessage(reference) };
  }
}

/**
 * A dead invitation takes the place of the buttons that were pressed; other refusals stand beside them, also the one to
 * press Join again: where the button was, the welcome is by now.
 */
function refused(refusal: Refusal): Reply {
  const message = refusalMessage(refusal);
  const isDead = isRefusal(refusal, 'invitation-not-valid') && refusal.data.reason !== 'accepted';
  return isDead || refusal.code === 'asked-already' ? { message, replace: true } : { message };
}

/** A mention is one word, whatever the name in it. */
function splitFirst(text: string): string[] {
  const [word = ''] = /^(?:<@[^<>]*>|\S+)/.exec(text) ?? [];
  return [word, text.slice(word.length).trim()];
}

/** The command somebody may have meant, among those they can use. */
async function nearestTo(word: string, { db, actor }: CommandContext): Promise<Command | undefined> {
  const standing = await findStanding(db, actor);
  const offered = standing ? offeredTo(standing, commands) : [...commands];
  const near = (candidate: { word: string }) => distance(candidate.word, word.toLowerCase().slice(0, 40));
  return offered.sort((a, b) => near(a) - near(b))[0];
}
