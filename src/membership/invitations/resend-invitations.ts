import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { InvitationId } from '../../../db/id.ts';
import type { InvitationStatus } from '../../../db/schema.ts';
import type { Context } from '../context.ts';
import type { Happening } from '../events.ts';
import { reserveSeats } from '../licenses/seats.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { remindersOf } from './invite-members.ts';
import { happened, onInvitations } from './lock-invitations.ts';

/** What became of each invitation: a pending one got a new link, any other is what it was. */
export type ResendResult = { email: string; outcome: 'resent' | Exclude<InvitationStatus, 'pending'> }[];

/** Gives pending invitations, expired ones too, a new secret and a new clock. The old links are dead at this commit. */
export function resendInvitations(
  context: Context,
  input: { invitationIds: readonly InvitationId[] },
): Promise<ResendResult> {
  return onInvitations(
    context,
    input.invitationIds,
    'invitation.resent',
    async (tx, { standing, rows, pending }) => {
      const renewed = await renewLinks(
        tx,
        standing,
        pending.map((row) => row.id),
      );
      await record(tx, [
        ...pending.map((row) => happened(row, standing.memberId, 'invitation.resent')),
        ...renewed,
      ]);
      return rows.map((row) => ({
        email: row.email,
        outcome: row.status === 'pending' ? 'resent' : row.status,
      }));
    },
  );
}

/**
 * The next generation of locked, pending invitations, with the whole lifetime before it. Seats that expiry had freed are
 * reserved again; when there are too few, nothing is renewed. Returns what that did to the pools.
 */
export async function renewLinks(
  tx: Transaction,
  standing: Standing,
  ids: readonly InvitationId[],
): Promise<Happening[]> {
  await tx.execute(sql`
    update invitation i set generation = i.generation + 1, sent_at = now(), expires_at = now() + o.link_lifetime,
      reminders = ${remindersOf('o')}, expiry_noticed_at = null, delivery = 'sending'
    from organization o where o.id = i.organization_id and i.id = any(${sql.param(ids)}::text[])`);
  return reserveSeats(tx, standing, ids);
}
