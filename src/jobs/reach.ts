import { type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { Channel } from '../membership/channel/find-channel.ts';
import type { EmailAddress } from '../membership/email-address.ts';
import type { Message } from '../messages/message.ts';
import {
  type ChatPerson,
  type Messenger,
  type Posting,
  RateLimited,
  Undeliverable,
} from '../messages/messenger.ts';
import type { JobContext, Leased } from './outbox.ts';

/** A person and the messenger that reaches them. */
export interface Reached {
  messenger: Messenger;
  person: ChatPerson;
}

/** Who is to be reached: a verified address in an account, and somebody whose company they may prefer. */
export interface Whom {
  accountId: string;
  email: string;
  /** For somebody never seen before: the address of whoever writes to them. */
  near?: string;
  /** Only there, and nowhere else. */
  only?: { platform: string; workspaceId: string };
}

/**
 * Does something where somebody can be reached: first where they were last active, else where `near` was; and where
 * usher may not write to them, in the next place. Undefined when no chat of the account knows the address; rejects with
 * `Undeliverable` when every one that does refuses.
 */
export async function reach<Result>(
  context: JobContext,
  { accountId, email, near = email, only }: Whom,
  attempt: (reached: Reached) => Promise<Result>,
): Promise<Result | undefined> {
  const lastSeen = (of: string) => sql`
    (select max(c.last_seen_at) from member m join chat_identity c on c.member_id = m.id
      where m.account_id = w.account_id and m.email = ${of}
        and c.platform = w.platform and c.workspace_id = w.external_id)`;
  const workspaces = await context.db.execute<{ platform: string; id: string }>(sql`
    select w.platform, w.external_id as id from workspace w where w.account_id = ${accountId}
      ${only ? sql`and w.platform = ${only.platform} and w.external_id = ${only.workspaceId}` : sql``}
    order by ${lastSeen(email)} desc nulls last, ${lastSeen(near)} desc nulls last, w.connected_at`);
  let refused: Undeliverable | undefined;
  for (const { platform, id } of workspaces) {
    const messenger = context.messengers.find((candidate) => candidate.platform === platform);
    if (!messenger) continue;
    const workspace = { platform: messenger.platform, workspaceId: id };
    try {
      const person = await unlessPaused(context, workspace, () =>
        messenger.findPerson(id, email as EmailAddress),
      );
      if (person) return await attempt({ messenger, person });
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
      refused = error;
    }
  }
  if (refused) throw refused;
  return undefined;
}

/** Sends a direct message; when the platform asks to wait, the whole workspace waits and others go on. */
export function sendTo(
  context: JobContext,
  { messenger, person }: Reached,
  message: Message,
  row: Leased,
): Promise<Posting> {
  return unlessPaused(context, person, () => messenger.send(person, message, `d-${row.id}-${row.attempt}`));
}

/** Posts a message in a channel, under the same pauses. */
export function postIn(
  context: JobContext,
  { platform, workspaceId, channelId: channel }: Channel,
  message: Message,
  row: Leased,
): Promise<Posting> {
  const messenger = context.messengers.find((candidate) => candidate.platform === platform);
  if (!messenger) throw new Undeliverable('usher does not speak there any more');
  const where = { platform, workspaceId, channel };
  return unlessPaused(context, where, () => messenger.post(where, message, `d-${row.id}-${row.attempt}`));
}

/** Sends a direct message to somebody who is not among those told; who cannot be reached is passed over. */
export async function tellOnce(
  context: JobContext,
  whom: Whom,
  message: Message,
  { row, told, generation }: { row: Leased; told: readonly StoredPosting[]; generation?: number },
): Promise<void> {
  try {
    await reach(context, whom, async (reached) => {
      const { userId } = reached.person;
      if (told.some((posting) => posting.userId === userId)) return;
      const posting = await sendTo(context, reached, message, row);
      const about = { ...row, userId, ...(generation ? { generation } : {}) };
      await context.db.transaction((tx) => storePosting(tx, posting, about));
    });
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
  }
}

/** Draws a sent message anew, under the same pauses. */
export function redraw(context: JobContext, posting: Posting, message: Message): Promise<void> {
  const messenger = context.messengers.find(({ platform }) => platform === posting.platform);
  return unlessPaused(context, posting, async () => messenger?.update(posting, message));
}

async function unlessPaused<Result>(
  { db }: JobContext,
  workspace: { platform: string; workspaceId: string },
  call: () => Promise<Result>,
): Promise<Result> {
  const here = sql`platform = ${workspace.platform} and external_id = ${workspace.workspaceId}`;
  const [paused] = await db.execute<{ seconds: number }>(sql`
    select ceil(extract(epoch from paused_until - now()))::int as seconds from workspace
    where ${here} and paused_until > now()`);
  if (paused) throw new RateLimited(paused.seconds);
  try {
    return await call();
  } catch (error) {
    if (error instanceof RateLimited) {
      await db.execute(sql`
        update workspace set paused_until = greatest(paused_until,
          now() + make_interval(secs => ${error.retryAfterSeconds})) where ${here}`);
    }
    throw error;
  }
}

/** Where the messages of a topic went. */
export interface StoredPosting extends Posting {
  kind: string;
  generation: number;
  userId: string;
  /** Seconds since it was last drawn. */
  secondsAgo: number;
}

/** Remembers where a message went. */
export async function storePosting(
  tx: Transaction,
  posting: Posting,
  about: { topic: string; kind: string; userId: string; generation?: number },
): Promise<void> {
  await tx.execute(sql`
    insert into posted_message (platform, workspace_id, user_id, channel, message_id, topic, kind, generation)
    values (${posting.platform}, ${posting.workspaceId}, ${about.userId}, ${posting.channel}, ${posting.messageId},
      ${about.topic}, ${about.kind}, ${about.generation ?? 0}) on conflict do nothing`);
}

/** Finds where the messages of a topic went, of one kind or of any, oldest first. */
export async function findPostings(db: Database, topic: string, kind?: string): Promise<StoredPosting[]> {
  return [
    ...(await db.execute<StoredPosting & Record<string, unknown>>(sql`
      select platform, workspace_id as "workspaceId", user_id as "userId", channel, message_id as "messageId", kind,
        generation, extract(epoch from now() - posted_at)::float as "secondsAgo" from posted_message
      where topic = ${topic} and kind = coalesce(${kind ?? null}, kind) order by posted_at`)),
  ];
}

/** Notes that a message was drawn anew just now. */
export async function touchPosting(db: Database, posting: Posting): Promise<void> {
  await db.execute(sql`update posted_message set posted_at = now() where ${isPosting(posting)}`);
}

/** Forgets a message that is gone or final, so that nobody tries to change it. */
export async function forgetPosting(db: Database, posting: Posting): Promise<void> {
  await db.execute(sql`delete from posted_message where ${isPosting(posting)}`);
}

function isPosting({ platform, workspaceId, channel, messageId }: Posting): SQL {
  return sql`platform = ${platform} and workspace_id = ${workspaceId} and channel = ${channel}
    and message_id = ${messageId}`;
}
