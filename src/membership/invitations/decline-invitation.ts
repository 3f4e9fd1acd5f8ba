import { sql } from 'drizzle-orm';
import type { InvitationId } from '../../../db/id.ts';
import type { Context } from '../context.ts';
import { freeSeats } from '../licenses/seats.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { explainDeadInvitation } from './explain-dead-invitation.ts';
import type { JoinLinkClaim } from './join-link.ts';
import { happened, type LockedInvitation } from './lock-invitations.ts';

/** Declines for good: this invitation cannot be answered again, the inviter is told, and the seats are free again. */
export function declineInvitation(
  context: Context,
  claim: JoinLinkClaim,
): Promise<{ invitationId: InvitationId }> {
  const { actor } = context;
  return operation(context, async (tx) => {
    const [declined] = await tx.execute<LockedInvitation>(sql`
      update invitation i set status = 'declined', decided_at = now()
      from workspace w
      where i.id = ${claim.invitationId} and i.generation = ${claim.generation} and i.status = 'pending'
        and i.expires_at > now() and i.email = ${actor.email ?? null}
        and w.platform = ${actor.platform} and w.external_id = ${actor.workspaceId} and w.account_id = i.account_id
      returning i.id, i.account_id, i.organization_id, i.batch_id, i.email`);
    if (!declined) throw await explainDeadInvitation(tx, context, claim);
    await freeSeats(tx, { invitationIds: [declined.id] });
    await record(tx, [happened(declined, null, 'invitation.declined')]);
    return { invitationId: declined.id };
  });
}
