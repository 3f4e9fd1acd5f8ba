import type { Transaction } from '../../../db/connect.ts';
import type { DraftId } from '../../../db/id.ts';
import { lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { findAccountAdminIds } from './account-admins.ts';
import { type Consequences, closeMember, findConsequences, noConsequences } from './close-member.ts';
import { obstacleToLeaving, refusalFor } from './obstacles.ts';

/** What leaving takes with it. The draft names this one confirmation. */
export function prepareLeaving(
  context: Context,
): Promise<{ draftId: DraftId; organization: string; consequences: Consequences }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await refuseWhoMustStay(tx, standing);
      const consequences = (await findConsequences(tx, [standing.memberId])).get(standing.memberId);
      return {
        draftId: await saveDraft(tx, standing, { leave: standing.homeId }),
        organization: standing.home,
        consequences: consequences ?? noConsequences,
      };
    },
    { action: 'member.removed' },
  );
}

/** The actor leaves; everything is closed for them at this commit. The Owner and the last Account Admin stay. */
export function leaveOrganization(context: Context): Promise<{ organization: string; revoked: number }> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      await refuseWhoMustStay(tx, standing);
      const { memberId: id, homeId: organizationId, home: organization } = standing;
      return { organization, ...(await closeMember(tx, standing, { id, organizationId }, 'left')) };
    },
    { action: 'member.removed' },
  );
}

async function refuseWhoMustStay(tx: Transaction, standing: Standing): Promise<void> {
  const { memberId: id, accountId, homeId: organizationId, home: organization, fullName } = standing;
  const admins = standing.accountRole === 'account-admin' ? await findAccountAdminIds(tx, accountId) : [];
  const obstacle = obstacleToLeaving(standing, admins.filter((admin) => admin !== id).length);
  if (obstacle)
    throw await refusalFor(tx, standing, { id, organizationId, organization, fullName }, obstacle);
}
