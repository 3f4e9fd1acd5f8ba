import { sql } from 'drizzle-orm';
import type { InvitationId } from '../../db/id.ts';
import { findInvitations } from '../membership/invitations/find-invitation.ts';
import { queueDeliveries } from '../membership/record.ts';
import { invitationMessage } from '../messages/invitations.ts';
import { secondsUntilMorning } from './night.ts';
import { close, type JobContext, type Leased, NotNow } from './outbox.ts';
import { reach, sendTo, storePosting } from './reach.ts';

type InvitationRow = Leased & { topic: InvitationId; kind: 'invite' | 'remind' };

/** Sends the invitation or its reminder, if it is still to be answered; a reminder never at night. */
export async function deliverInvitation(context: JobContext, row: InvitationRow): Promise<void> {
  const { db } = context;
  const [invitation] = await findInvitations(db, { ids: [row.topic] });
  if (invitation?.status !== 'pending' || invitation.expired) {
    return close(db, row, 'dropped', 'nothing to answer any more');
  }
  const reached = await reach(context, invitation.accountId, invitation.email);
  if (!reached) return markUnreachable(context, row, 'nobody in chat has this address');
  const { person } = reached;
  if (row.kind === 'remind') {
    if (await isOutdated(db, row)) return close(db, row, 'dropped', 'sent anew since');
    const wait = secondsUntilMorning(new Date(), person.timeZone);
    if (wait > 0) {
      const endsAtNight = invitation.expiresAt.getTime() <= Date.now() + wait * 1000;
      if (endsAtNight) return close(db, row, 'dropped', 'the link ends before the morning');
      throw new NotNow('it is night there', wait);
    }
  }
  const posting = await sendTo(
    context,
    reached,
    invitationMessage(invitation, person.timeZone, row.kind),
    row,
  );
  const { generation } = invitation;
  await db.transaction(async (tx) => {
    await storePosting(tx, posting, { ...row, userId: person.userId, generation });
    await tx.execute(sql`
      update invitation set delivery = 'delivered' where id = ${row.topic} and generation = ${generation}`);
    await close(tx, row, 'sent');
  });
}

/** A reminder that waited for the morning while the link was replaced is about a link that is dead. */
async function isOutdated(db: JobContext['db'], row: InvitationRow): Promise<boolean> {
  const [outdated] = await db.execute(sql`
    select 1 from outbox o join invitation i on i.id = o.topic where o.id = ${row.id} and o.created_at < i.sent_at`);
  return outdated !== undefined;
}

/** The invitation reaches nobody: the admins see it in the pending list, and the inviter is told. */
export async function markUnreachable(context: JobContext, row: Leased, reason: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    if (row.kind === 'invite') {
      const [invitation] = await tx.execute<{ batch_id: `bat_${string}` }>(sql`
        update invitation set delivery = 'unreachable' where id = ${row.topic} returning batch_id`);
      if (invitation) await queueDeliveries(tx, [{ topic: invitation.batch_id, kind: 'report' }]);
    }
    await close(tx, row, 'dropped', reason);
  });
  context.announce();
}
