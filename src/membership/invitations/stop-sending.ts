import { sql } from 'drizzle-orm';
import type { BatchId, InvitationId, OrganizationId } from '../../../db/id.ts';
import { authorize, lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { lockInvitations } from './lock-invitations.ts';
import { revokeLocked } from './revoke-invitations.ts';

/** What was taken back of a batch, and of which organization it was. */
export interface Stopped {
  revoked: number;
  organizationId: OrganizationId;
}

/**
 * Takes back those of an invited batch that have not been delivered yet, in one step. The others stay as they are. Seats
 * are free again at this commit.
 */
export function stopSending(context: Context, { batchId }: { batchId: BatchId }): Promise<Stopped> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      await authorize(tx, standing, 'manage-invitations');
      const waiting = await tx.execute<{ id: InvitationId; organizationId: OrganizationId }>(sql`
        select id, organization_id as "organizationId" from invitation where batch_id = ${batchId} and account_id = ${standing.accountId}
          and status = 'pending' and delivery = 'sending' order by id for update`);
      const [first] = waiting;
      if (!first) throw new Refusal('all-are-delivered', {});
      const ids = waiting.map(({ id }) => id);
      const rows = await lockInvitations(tx, standing, ids);
      await revokeLocked(tx, standing, rows);
      return { revoked: rows.length, organizationId: first.organizationId };
    },
    { action: 'invitation.revoked', subject: batchId },
  );
}
