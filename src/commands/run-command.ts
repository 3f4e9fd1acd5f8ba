import { randomBytes } from 'node:crypto';
import { distance } from 'fastest-levenshtein';
import { Refusal } from '../membership/refusal.ts';
import type { Action } from '../messages/action.ts';
import { failureMessage, refusalMessage } from '../messages/refusals.ts';
import { misunderstoodMessage } from '../messages/welcome.ts';
import type { CommandContext, Reply } from './command.ts';
import type { Answers, Fields, FormName, Problems } from './form.ts';
import { help } from './help.ts';
import { actions, commands, forms } from './index.ts';

/** Takes a fault and the reference the person is shown; the one place that writes it down. */
export type ReportFault = (error: unknown, reference: string) => void;

/** Runs what somebody typed after `/usher`. It always answers: refusals and faults become messages. */
export function runCommand(context: CommandContext, text: string, report: ReportFault): Promise<Reply> {
  return answering(report, async () => {
    const [word = '', rest = ''] = splitFirst(text.trim());
    if (word === '') return help(context, commands);
    const command = commands.find((candidate) => candidate.word === word.toLowerCase());
    if (command) return command.run(context, rest);
    return { message: misunderstoodMessage(word, nearestTo(word)) };
  });
}

/** Does what a pressed button carries. */
export function pressButton(context: CommandContext, action: Action, report: ReportFault): Promise<Reply> {
  const handler = actions[action.do] as (context: CommandContext, action: Action) => Promise<Reply>;
  return answering(report, () => handler(context, action));
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
  return answering(report, () => forms[name].submit(context, answers));
}

/** The one place where a refusal becomes words, and a fault a reference. It never throws. */
export async function answering(report: ReportFault, answer: () => Promise<Reply>): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    const reference = randomBytes(4).toString('hex').toUpperCase();
    report(error, reference);
    return { message: failureMessage(reference) };
  }
}

/** A dead invitation takes the place of the buttons that were pressed; other refusals stand beside them. */
function refused(refusal: Refusal): Reply {
  const message = refusalMessage(refusal);
  return refusal.code === 'invitation-not-valid' || refusal.code === 'asked-already'
    ? { message, replace: true }
    : { message };
}

function splitFirst(text: string): string[] {
  const at = text.search(/\s/);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1).trim()];
}

function nearestTo(word: string) {
  const near = (candidate: { word: string }) => distance(candidate.word, word.toLowerCase().slice(0, 40));
  return [...commands].sort((a, b) => near(a) - near(b))[0] ?? commands[0];
}
