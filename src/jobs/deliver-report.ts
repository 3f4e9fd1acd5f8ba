import { sql } from 'drizzle-orm';
import type { BatchId } from '../../db/id.ts';
import { longBatch } from '../membership/invitations/invite-members.ts';
import { type BatchFigures, batchProgress, batchReport } from '../messages/batch-report.ts';
import { Undeliverable } from '../messages/messenger.ts';
import { close, type JobContext, type Leased, NotNow } from './outbox.ts';
import { findPostings, forgetPosting, reach, redraw, sendTo, storePosting, touchPosting } from './reach.ts';

/** Tells the inviter how everybody they invited together has answered: one message, drawn anew each time. */
export async function deliverReport(context: JobContext, row: Leased & { topic: BatchId }): Promise<void> {
  const { db } = context;
  const batch = await readBatch(context, row.topic);
  if (!batch) return close(db, row, 'dropped', 'nobody to tell');
  const isSending = batch.size >= longBatch && batch.sending > 0;
  const message = isSending ? batchProgress(row.topic, batch) : batchReport(batch);
  const [posted] = await findPostings(db, row.topic);
  if (posted) {
    const pause = isSending ? progressEvery : pauseOf(batch);
    const wait = posted.secondsAgo < pause ? pause - posted.secondsAgo : 0;
    if (wait > 0) throw new NotNow('reported a moment ago', wait);
    try {
      await redraw(context, posted, message);
      await touchPosting(db, posted);
      return await done(context, row, isSending);
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
      await forgetPosting(db, posted);
    }
  }
  const sent = await reach(context, { accountId: batch.accountId, email: batch.inviter }, async (reached) => {
    const posting = await sendTo(context, reached, message, row);
    await db.transaction(async (tx) => {
      await storePosting(tx, posting, { ...row, userId: reached.person.userId });
      if (!isSending) await close(tx, row, 'sent');
    });
    return true;
  });
  if (sent && isSending) return done(context, row, isSending);
  if (!sent) await close(db, row, 'dropped', 'the inviter is not in chat');
}

/** While there is more to deliver the same row comes again, to say how far it is. */
async function done({ db }: JobContext, row: Leased, isSending: boolean): Promise<void> {
  if (isSending) throw new NotNow('more is to be delivered', progressEvery);
  await close(db, row, 'sent');
}

/** Seconds between two pictures of how far the sending is. */
const progressEvery = 5;

/** Seconds between two reports on one batch: none for a handful, half a minute for hundreds. */
function pauseOf({ size }: BatchFigures): number {
  return Math.min(30, Math.floor(size / 10));
}

type Batch = BatchFigures & { accountId: string; inviter: string };

/** The figures of everybody invited together; none for an inviter who has gone since. */
async function readBatch({ db }: JobContext, batchId: BatchId): Promise<Batch | undefined> {
  const named = (condition: string) => sql`
    coalesce((array_agg(i.email order by i.email) filter (where ${sql.raw(condition)})), '{}')`;
  const [batch] = await db.execute<Batch & Record<string, unknown>>(sql`
    select i.account_id as "accountId", by.email as inviter, o.id as "organizationId", o.name as organization, count(*)::int as size,
      ${named(`i.status = 'accepted'`)} as joined, ${named(`i.status = 'declined'`)} as declined,
      ${named(`i.status = 'pending' and i.expires_at <= now()`)} as expired,
      ${named(`i.status = 'pending' and i.expires_at > now() and i.delivery in ('unreachable', 'refused')`)} as unreachable,
      count(*) filter (where i.status = 'revoked')::int as revoked,
      count(*) filter (where i.status = 'pending' and i.expires_at > now() and i.delivery = 'sending')::int as sending
    from invitation i join member by on by.id = i.invited_by join organization o on o.id = i.organization_id
    where i.batch_id = ${batchId} and by.status = 'active' group by i.account_id, by.email, o.id`);
  return batch;
}
