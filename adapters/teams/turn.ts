import { createAfterAck } from '../../src/commands/after-ack.ts';
import type { CommandContext, Reply } from '../../src/commands/command.ts';
import { answering, pressButton, type ReportFault, runCommand } from '../../src/commands/run-command.ts';
import type { Context } from '../../src/membership/context.ts';
import type { Message } from '../../src/messages/message.ts';
import { outsiderMessage } from '../../src/messages/refusals.ts';
import { addressOf, type Inbound } from './activity.ts';
import type { Answerer, Target } from './answer.ts';
import type { Identity } from './identity.ts';
import { createFileReader, givenFile } from './read-file.ts';
import type { Opener } from './render-message.ts';

/** What an activity asks of usher. */
export type Run<Result = Reply> = (context: CommandContext) => Promise<Result>;

/** Runs what activities ask, as whoever sent them. */
export interface Turns {
  /** The reply to somebody, at once. */
  replyTo<Answer extends Reply | undefined>(inbound: Inbound, run: Run<Answer>): Promise<Answer | Reply>;
  /** Answers after the activity was acknowledged; nothing is said when there is no reply. */
  answer(inbound: Inbound, target: Target, run: Run<Reply | undefined>): void;
  /** Does something after the acknowledgement that nobody is told of. */
  begin(work: () => Promise<void>): void;
  idle(): Promise<void>;
  report: ReportFault;
}

/** Turns in which the actor is who the authenticated activity says, and nobody else. */
export function createTurns(options: {
  context: Omit<Context, 'actor'>;
  identity: Identity;
  answerer: Answerer;
  /** The place with several people an activity comes from. */
  findHere(inbound: Inbound): CommandContext['here'];
  fileHosts: readonly string[];
  report: ReportFault;
}): Turns {
  const { identity, answerer, report } = options;
  const readFile = createFileReader(options.fileHosts);
  const afterAck = createAfterAck(report, 'teams');

  function replyTo<Answer extends Reply | undefined>(inbound: Inbound, run: Run<Answer>) {
    return answering(report, async (): Promise<Answer | Reply> => {
      const actor = await identity.identify(inbound);
      if (!actor) return { message: outsiderMessage() };
      const findMentioned = (id: string) => identity.findMentioned(addressOf(inbound), id);
      const file = givenFile(inbound);
      const here = options.findHere(inbound);
      return run({ ...options.context, actor, findMentioned, here, readFile, ...(file ? { file } : {}) });
    });
  }

  return {
    replyTo,
    answer(inbound, target, run) {
      const meanwhile = (message: Message) =>
        answerer.answer(target, { message, replace: true }).catch((error) => report(error, 'teams'));
      afterAck.begin(async () => {
        const reply = await replyTo(inbound, (context) => run({ ...context, meanwhile }));
        if (reply) await answerer.answer(target, reply);
      });
    },
    ...afterAck,
    report,
  };
}

/** Does what opens a dialog: runs the typed words again, or presses the button. */
export function runOpener(open: Opener, report: ReportFault): Run {
  return (context) =>
    'words' in open ? runCommand(context, open.words, report) : pressButton(context, open.action, report);
}
