import type { DraftId } from '../../db/id.ts';
import { dropDraft, isKept } from '../membership/drafts.ts';
import type { GoOn } from '../membership/members/one-by-one.ts';
import { peopleProgress, stopping } from '../messages/long-work.ts';
import type { ActionHandlers, CommandContext } from './command.ts';

/** Work on more people than this says how far it is. */
const short = 50;

/** At the start and after each of so many parts: Slack lets an answer be replaced five times. */
const parts = 4;

/** After how many people it is looked whether somebody pressed Stop. */
const untilLooking = 25;

/** Watches over work on many people that was confirmed by a draft: it ends early when the draft is dropped. */
export function watchWork(
  context: CommandContext,
  draftId: DraftId,
  total: number,
  doing: string,
): { goOn: GoOn; left(): number } {
  const part = Math.ceil(total / parts);
  let left = 0;
  const goOn = async (done: number) => {
    if (total <= short) return true;
    if (done % untilLooking === 0 && !(await isKept(context, draftId))) {
      left = total - done;
      return false;
    }
    if (done % part === 0) await context.meanwhile?.(peopleProgress(doing, draftId, total, done));
    return true;
  };
  return { goOn, left: () => left };
}

export const workActions: Pick<ActionHandlers, 'work.stop'> = {
  'work.stop': async (context, { draftId }) => {
    await dropDraft(context, draftId);
    return { message: stopping() };
  },
};
