import type { MemberId } from '../../../db/id.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { checkCount } from './change-lines.ts';

/** Asked before each person, with how many are done; no ends it there. */
export type GoOn = (done: number) => Promise<boolean>;

/**
 * Does something to one person after the other, each in a transaction and under a replay key of their own: what is done
 * is done, whatever becomes of the next.
 */
export async function oneByOne<Done>(
  context: Context,
  memberIds: readonly MemberId[],
  one: (context: Context, memberId: MemberId, isAlone: boolean) => Promise<Done>,
  goOn: GoOn = async () => true,
): Promise<Done[]> {
  checkCount(memberIds);
  const ids = [...new Set(memberIds)];
  if (ids.length === 0) throw new Refusal('member-not-found', {});
  const { replayKey } = context;
  const done: Done[] = [];
  for (const memberId of ids) {
    if (!(await goOn(done.length))) break;
    const named = replayKey ? { ...context, replayKey: `${replayKey} ${memberId}` } : context;
    done.push(await one(named, memberId, ids.length === 1));
  }
  return done;
}
