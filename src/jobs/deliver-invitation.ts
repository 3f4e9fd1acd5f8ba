import { sql } from 'drizzle-orm';
import type { BatchId, InvitationId } from '../../db/id.ts';
import { findInvitations, type InvitationFacts } from '../membership/invitations/find-invitation.ts';
import { readSettings } from '../membership/organizations/settings.ts';
import { queueDeliveries } from '../membership/record.ts';
import { invitationMessage } from '../messages/invitations.ts';
import { secondsUntilMorning } from './night.ts';
import { close, type JobContext, type Leased, NotNow } from './outbox.ts';
import { type Reached, reach, sendTo, storePosting } from './reach.ts';

type InvitationRow = Leased & { topic: InvitationId; kind: 'invite' | 'remind' };

/** Sends the invitation or its reminder, if it is still to be answered; a reminder never at night. */
export async function deliverInvitation(context: JobContext, row: InvitationRow): Promise<void> {
  const { db } = context;
  const [invitation] = await findInvitations(db, { ids: [row.topic] });
  if (invitation?.status !== 'pending' || invitation.expired) {
    return close(db, row, 'dropped', 'nothing to answer any more');
  }
  const { accountId, email, inviter } = invitation;
  const done = await reach(context, { accountId, email, near: inviter.email }, async (reached) => {
    if (row.kind === 'remind' && (await dropReminder(context, row, invitation, reached))) return true;
    await sendInvitation(context, row, invitation, reached);
    return true;
  });
  if (!done) await markUndelivered(context, row, 'unreachable', 'nobody in chat has this address');
}

async function sendInvitation(
  context: JobContext,
  row: InvitationRow,
  invitation: InvitationFacts,
  reached: Reached,
): Promise<void> {
  const { person } = reached;
  const message = invitationMessage(invitation, person.timeZone, row.kind);
  const posting = await sendTo(context, reached, message, row);
  const { generation } = invitation;
  await context.db.transaction(async (tx) => {
    await storePosting(tx, posting, { ...row, userId: person.userId, generation });
    const [marked] = await tx.execute<{ batchId: BatchId; wasMissed: boolean }>(sql`
      update invitation i set delivery = 'delivered' from invitation before
      where i.id = ${row.topic} and i.generation = ${generation} and before.id = i.id
      returning i.batch_id as "batchId", before.delivery in ('unreachable', 'refused') as "wasMissed"`);
    // The inviter was told that they could not be reached.
    if (marked?.wasMissed) await queueDeliveries(tx, [{ topic: marked.batchId, kind: 'report' }]);
    await close(tx, row, 'sent');
  });
}

/** True when the reminder has lost its sense; rejects with `NotNow` while it is night where the person is. */
async function dropReminder(
  { db }: JobContext,
  row: InvitationRow,
  invitation: InvitationFacts,
  { person }: Reached,
): Promise<boolean> {
  const drop = async (reason: string) => {
    await close(db, row, 'dropped', reason);
    return true;
  };
  if (await isOutdated(db, row)) return drop('sent anew since');
  const quiet = await readSettings(db, invitation.organizationId);
  const wait = secondsUntilMorning(new Date(), person.timeZone, quiet);
  if (wait === 0) return false;
  const endsAtNight = invitation.expiresAt.getTime() <= Date.now() + wait * 1000;
  if (endsAtNight) return drop('the link ends before the morning');
  throw new NotNow('it is night there', wait);
}

/** A reminder that waited for the morning while the link was replaced is about a link that is dead. */
async function isOutdated(db: JobContext['db'], row: InvitationRow): Promise<boolean> {
  const [outdated] = await db.execute(sql`
    select 1 from outbox o join invitation i on i.id = o.topic where o.id = ${row.id} and o.created_at < i.sent_at`);
  return outdated !== undefined;
}

/** The invitation reaches nobody: the admins see it in the pending list, and the inviter is told. */
export async function markUndelivered(
  context: JobContext,
  row: Leased,
  delivery: 'unreachable' | 'refused',
  reason: string,
): Promise<void> {
  await context.db.transaction(async (tx) => {
    if (row.kind === 'invite') {
      const [invitation] = await tx.execute<{ batch_id: BatchId }>(sql`
        update invitation set delivery = ${delivery} where id = ${row.topic} returning batch_id`);
      if (invitation) await queueDeliveries(tx, [{ topic: invitation.batch_id, kind: 'report' }]);
    }
    await close(tx, row, 'dropped', reason);
  });
  context.announce();
}
