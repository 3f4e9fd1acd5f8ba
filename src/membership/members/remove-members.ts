import type { DraftId, MemberId } from '../../../db/id.ts';
import { lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { operation } from '../operation.ts';
import type { OrganizationRole } from '../policy.ts';
import { checkCount, type Line, lineOf, refuseTheOnlyOne } from './change-lines.ts';
import { type Consequences, closeMember, findConsequences, noConsequences } from './close-member.ts';
import { lockMembers, readMembers } from './known-members.ts';
import { obstacleToRemoval } from './obstacles.ts';
import { type GoOn, oneByOne } from './one-by-one.ts';

/** Who would go, and what with them; a line with an obstacle stays. */
interface RemovalLine extends Line {
  role: OrganizationRole;
  consequences: Consequences;
}

/** What confirming would do. No draft: nothing. */
export interface RemovalReview {
  draftId?: DraftId;
  lines: RemovalLine[];
}

/** What became of one person. */
export interface RemovedLine extends Line {
  /** How many of the invitations they had sent were revoked. */
  revoked: number;
  /** How many seats they held, which are free again. */
  licenses: number;
}

/** Says for each person what goes with them, and keeps those who can be removed as a draft. Nobody is removed. */
export function prepareRemoval(
  context: Context,
  input: { memberIds: readonly MemberId[] },
): Promise<RemovalReview> {
  checkCount(input.memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const members = await readMembers(tx, standing, input.memberIds);
      const judged = members.map((member) => lineOf(member, obstacleToRemoval(standing, member)));
      await refuseTheOnlyOne(tx, standing, members, judged);
      const remove = judged.filter((line) => !line.obstacle).map((line) => line.memberId);
      const consequences = await findConsequences(tx, remove);
      const lines = members.map(({ id, role }, place) => ({
        ...(judged[place] as Line),
        role,
        consequences: consequences.get(id) ?? noConsequences,
      }));
      return remove.length > 0 ? { lines, draftId: await saveDraft(tx, standing, { remove }) } : { lines };
    },
    { action: 'member.removed', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

/**
 * Removes one person after the other: whoever has gone is gone, whatever becomes of the next. Of several, those who cannot
 * be removed stay and are named; one alone is refused.
 */
export async function removeMembers(
  context: Context,
  input: { memberIds: readonly MemberId[] },
  goOn?: GoOn,
): Promise<RemovedLine[]> {
  const lines = await oneByOne(context, input.memberIds, removeMember, goOn);
  return lines.filter((line) => line !== undefined);
}

function removeMember(
  context: Context,
  memberId: MemberId,
  isAlone: boolean,
): Promise<RemovedLine | undefined> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const [member] = await lockMembers(tx, standing, [memberId]);
      const lines = member ? [lineOf(member, obstacleToRemoval(standing, member))] : [];
      const [line] = lines;
      if (isAlone) await refuseTheOnlyOne(tx, standing, member ? [member] : [], lines);
      if (!member || !line) return undefined;
      if (line.obstacle) return { ...line, revoked: 0, licenses: 0 };
      return { ...line, ...(await closeMember(tx, standing, member, 'removed')) };
    },
    { action: 'member.removed', subject: memberId },
  );
}
