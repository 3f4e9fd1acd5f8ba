import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { freeSeats } from '../licenses/seats.ts';
import { record } from '../record.ts';
import { happened, type LockedInvitation } from './lock-invitations.ts';

/** The most invitations one turn of the clock takes, so that it never holds many locks. */
export const clockBatch = 100;

/** Claims invitations whose link ran out and nobody was told yet, and frees their seats. Returns how many; call again while it is a full batch. */
export function expireInvitations(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx.execute<LockedInvitation>(sql`
      update invitation i set expiry_noticed_at = now()
      where i.id in (
        select id from invitation where status = 'pending' and expiry_noticed_at is null and expires_at <= now()
        order by expires_at limit ${clockBatch} for update skip locked)
      returning i.id, i.account_id, i.organization_id, i.batch_id, i.email`);
    if (rows.length > 0) await freeSeats(tx, { invitationIds: rows.map((row) => row.id) });
    await record(
      tx,
      rows.map((row) => happened(row, null, 'invitation.expired')),
    );
    return rows.length;
  });
}

/** Claims invitations of which the invitee is to be reminded now; reminders missed meanwhile become one. */
export function remindInvitees(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx.execute<LockedInvitation & { alive: boolean }>(sql`
      update invitation i set reminders = array(select r from unnest(i.reminders) as r where r > now() order by r)
      where i.id in (
        select id from invitation where status = 'pending' and remind_at is not null and remind_at <= now()
        order by remind_at limit ${clockBatch} for update skip locked)
      returning i.id, i.account_id, i.organization_id, i.batch_id, i.email, i.expires_at > now() as alive`);
    await record(
      tx,
      rows.filter((row) => row.alive).map((row) => happened(row, null, 'invitation.reminder-due')),
    );
    return rows.length;
  });
}
