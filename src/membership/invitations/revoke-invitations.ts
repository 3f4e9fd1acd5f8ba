import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { DraftId, InvitationId } from '../../../db/id.ts';
import type { InvitationStatus } from '../../../db/schema.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { freeSeats } from '../licenses/seats.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { happened, type LockedInvitation, onInvitations } from './lock-invitations.ts';

/** What became of each invitation: a pending one was revoked, any other is what it was. */
export type RevokeResult = { email: string; outcome: Exclude<InvitationStatus, 'pending'>; now: boolean }[];

/** Takes pending invitations back. Their links are invalid and their seats free at this commit; answered ones stay as they are. */
export function revokeInvitations(
  context: Context,
  input: { invitationIds: readonly InvitationId[] },
): Promise<RevokeResult> {
  return onInvitations(
    context,
    input.invitationIds,
    'invitation.revoked',
    async (tx, { standing, rows, pending }) => {
      await revokeLocked(tx, standing, pending);
      return rows.map((row) => ({
        email: row.email,
        outcome: row.status === 'pending' ? 'revoked' : row.status,
        now: row.status === 'pending',
      }));
    },
  );
}

/** Takes back locked, pending invitations. */
export async function revokeLocked(
  tx: Transaction,
  standing: Standing,
  pending: readonly LockedInvitation[],
): Promise<void> {
  const invitationIds = pending.map((row) => row.id);
  await tx.execute(sql`
    update invitation set status = 'revoked', decided_at = now()
    where id = any(${sql.param(invitationIds)}::text[])`);
  await freeSeats(tx, { invitationIds });
  await record(
    tx,
    pending.map((row) => happened(row, standing.memberId, 'invitation.revoked')),
  );
}

/** Keeps what is about to be revoked as a draft, and says exactly whom it is about. Nothing is revoked. */
export function prepareRevocation(
  context: Context,
  input: { invitationIds: readonly InvitationId[] },
): Promise<{ draftId: DraftId; emails: string[] }> {
  return onInvitations(
    context,
    input.invitationIds,
    'invitation.revoked',
    async (tx, { standing, rows, pending }) => {
      const [first] = rows;
      if (first && pending.length === 0 && first.status !== 'pending') {
        throw new Refusal('invitation-already-answered', { email: first.email, status: first.status });
      }
      const elsewhere = first && first.organization_id !== standing.homeId;
      const draftId = await saveDraft(tx, standing, {
        revoke: pending.map((row) => row.id),
        ...(elsewhere ? { in: first.organization_id } : {}),
      });
      return { draftId, emails: pending.map((row) => row.email) };
    },
  );
}
