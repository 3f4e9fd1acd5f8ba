import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { AccountId, BatchId, InvitationId, OrganizationId } from '../../../db/id.ts';
import type { InvitationStatus } from '../../../db/schema.ts';
import { authorize, lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Event, Happening } from '../events.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';

/** An invitation whose row is locked until the transaction ends. */
export interface LockedInvitation extends Record<string, unknown> {
  id: InvitationId;
  account_id: AccountId;
  organization_id: OrganizationId;
  batch_id: BatchId;
  email: string;
  status: InvitationStatus;
  generation: number;
  expired: boolean;
}

/** Locks these invitations of the actor's account, by id, once the actor is allowed to manage all of them. */
export async function lockInvitations(
  tx: Transaction,
  standing: Standing,
  ids: readonly InvitationId[],
): Promise<LockedInvitation[]> {
  const rows = await tx.execute<LockedInvitation>(sql`
    select id, account_id, organization_id, batch_id, email, status, generation, expires_at <= now() as expired
    from invitation where id = any(${sql.param(ids)}::text[]) and account_id = ${standing.accountId}
    order by id for update`);
  if (rows.length === 0) throw new Refusal('invitation-not-found', {});
  for (const organizationId of new Set(rows.map((row) => row.organization_id))) {
    await authorize(tx, standing, 'manage-invitations', organizationId);
  }
  return rows;
}

/** What an act on several invitations works with: all of them as they were asked for, and those still pending. */
export interface Chosen {
  standing: Standing;
  rows: LockedInvitation[];
  pending: LockedInvitation[];
}

/** One operation on several invitations, locked by somebody who may manage all of them. */
export function onInvitations<Result>(
  context: Context,
  invitationIds: readonly InvitationId[],
  action: 'invitation.resent' | 'invitation.revoked',
  work: (tx: Transaction, chosen: Chosen) => Promise<Result>,
): Promise<Result> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      const rows = await lockInvitations(tx, standing, invitationIds);
      return work(tx, { standing, rows, pending: rows.filter((row) => row.status === 'pending') });
    },
    { action, subject: invitationIds.join(' ').slice(0, 500) },
  );
}

/** An event of an invitation, where it happened and who did it. */
export function happened(
  invitation: Pick<LockedInvitation, 'id' | 'account_id' | 'organization_id' | 'batch_id' | 'email'>,
  actorMemberId: Happening['actorMemberId'],
  name: Extract<Event, { invitationId: InvitationId }>['name'],
  more: object = {},
): Happening {
  const about = {
    invitationId: invitation.id,
    batchId: invitation.batch_id,
    email: invitation.email,
  };
  return {
    accountId: invitation.account_id,
    organizationId: invitation.organization_id,
    actorMemberId,
    event: { name, ...about, ...more } as Event,
  };
}
