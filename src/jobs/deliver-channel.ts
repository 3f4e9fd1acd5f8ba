import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { NoticeId, OrganizationId, PoolId } from '../../db/id.ts';
import { type Channel, findChannel, findChannelsOfPool } from '../membership/channel/find-channel.ts';
import { findNotice } from '../membership/channel/find-notice.ts';
import { type NewsLine, newsMessage, noticeMessage } from '../messages/channel.ts';
import type { Message } from '../messages/message.ts';
import { type Posting, Undeliverable } from '../messages/messenger.ts';
import { seatsNotice } from '../messages/pools.ts';
import { findPool } from './deliver-seats.ts';
import { close, type JobContext, type Leased, NotNow } from './outbox.ts';
import { findPostings, forgetPosting, postIn, redraw, storePosting, touchPosting } from './reach.ts';

/** Seconds between two messages about who joined and went; whatever happens meanwhile becomes one. */
const newsPause = 30;

/** Seconds between two drawings of one message with lines. */
const drawingPause = 3;

/** The most people one message is about; others follow in the next. */
const mostNews = 1000;

/** Tells the channel who joined and who went since it was told before. */
export async function deliverNews(
  context: JobContext,
  row: Leased & { topic: OrganizationId },
): Promise<void> {
  const { db } = context;
  const channel = await findChannel(db, row.topic);
  const news = channel ? await readNews(context, row.topic) : [];
  if (!channel || news.length === 0) return close(db, row, 'dropped', 'nothing to tell, or nowhere');
  const before = await findPostings(db, row.topic);
  const last = before.at(-1);
  if (last && last.secondsAgo < newsPause) throw new NotNow('told a moment ago', newsPause - last.secondsAgo);
  const posting = await say(context, channel, newsMessage(channel.organization, news), row);
  const told = news.map(({ id }) => id);
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from channel_news where id = any(${sql.param(told)}::bigint[])`);
    await tx.execute(sql`delete from posted_message where topic = ${row.topic} and kind = 'news'`);
    await closePosted(tx, row, channel, posting);
  });
}

async function readNews({ db }: JobContext, organizationId: OrganizationId) {
  return db.execute<NewsLine & { id: number }>(sql`
    select n.id::int, n.what, m.full_name as "fullName", m.email, by.full_name as by,
      case when o.owner_member_id = m.id then 'owner' else m.role end as role
    from channel_news n join member m on m.id = n.member_id join organization o on o.id = m.organization_id
    left join member by on by.id = n.by
    where n.organization_id = ${organizationId} order by n.id limit ${mostNews}`);
}

/** Posts a message with lines, if there is still something to press on one of them. */
export async function deliverNotice(context: JobContext, row: Leased & { topic: NoticeId }): Promise<void> {
  const { db } = context;
  const notice = await findNotice(db, row.topic);
  const channel = notice && (await findChannel(db, notice.organizationId));
  const isNews = notice?.kind === 'digest' || notice?.lines.some(({ state }) => state === 'pending');
  if (!notice || !channel || !isNews) return close(db, row, 'dropped', 'nothing to tell, or nowhere');
  const posting = await say(context, channel, noticeMessage(notice, channel), row);
  await db.transaction((tx) => closePosted(tx, row, channel, posting));
}

/** Draws a message with lines anew where it stands: lines that were answered lose their buttons. */
export async function redrawNotice(context: JobContext, row: Leased & { topic: NoticeId }): Promise<void> {
  const { db } = context;
  const notice = await findNotice(db, row.topic);
  const channel = notice && (await findChannel(db, notice.organizationId));
  const [posted] = await findPostings(db, row.topic);
  if (!notice || !channel || !posted) return close(db, row, 'dropped', 'nothing stands there');
  if (posted.secondsAgo < drawingPause) {
    throw new NotNow('drawn a moment ago', drawingPause - posted.secondsAgo);
  }
  try {
    await redraw(context, posted, noticeMessage(notice, channel));
    await touchPosting(db, posted);
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    await forgetPosting(db, posted);
  }
  await close(db, row, 'sent');
}

/** Tells the channels that work with a pool that its seats run out, each once. */
export async function deliverChannelSeats(
  context: JobContext,
  row: Leased & { topic: PoolId },
): Promise<void> {
  const { db } = context;
  const pool = await findPool(context, row.topic);
  // Others read along: the button does for each what their own rights allow.
  const message = pool && seatsNotice(pool, { maySet: true });
  if (!message) return close(db, row, 'dropped', 'there are seats again');
  // Kept only until all have it: an attempt that was cut off goes on with those who have not.
  const posted = () => findPostings(db, row.topic, row.kind);
  const told = await posted();
  for (const channel of await findChannelsOfPool(db, row.topic)) {
    if (told.some(({ userId }) => userId === channel.channelId)) continue;
    const posting = await say(context, channel, message, row);
    const about = { ...row, userId: channel.channelId };
    if (posting) await db.transaction((tx) => storePosting(tx, posting, about));
  }
  for (const posting of await posted()) await forgetPosting(db, posting);
  await close(db, row, 'sent');
}

/** Where a message went; undefined when usher may not write there, which the settings say from then on. */
async function say(
  context: JobContext,
  channel: Channel,
  message: Message,
  row: Leased,
): Promise<Posting | undefined> {
  const note = (silent: boolean) =>
    context.db.execute(sql`
      update organization_channel set silent_since = case when ${silent} then coalesce(silent_since, now()) end
      where organization_id = ${channel.organizationId} and channel_id = ${channel.channelId}`);
  try {
    const posting = await postIn(context, channel, message, row);
    if (channel.silentFor !== null) await note(false);
    return posting;
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    await note(true);
    return undefined;
  }
}

async function closePosted(
  tx: Transaction,
  row: Leased,
  { channelId: userId }: Channel,
  posting: Posting | undefined,
): Promise<void> {
  if (posting) await storePosting(tx, posting, { ...row, userId });
  await (posting ? close(tx, row, 'sent') : close(tx, row, 'dropped', 'usher may not write there'));
}
