import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { sqlState } from '../membership/operation.ts';
import type { Delivery } from '../membership/reactions.ts';
import type { Messenger } from '../messages/messenger.ts';

/** What every job is given. */
export interface JobContext {
  db: Database;
  messengers: readonly Messenger[];
  /** Says that something may wait in the outbox now. It returns at once. */
  announce(): void;
  report(error: unknown, where: string): void;
}

/** An outbox row this process alone may deliver until its lease ends. */
export type Leased = Delivery & { id: number; attempt: number };

/** Asks to try this row again later, for a reason that is no failure. */
export class NotNow extends Error {
  readonly seconds: number;

  constructor(reason: string, seconds: number) {
    super(reason);
    this.name = 'NotNow';
    this.seconds = seconds;
  }
}

/** Longer than any one delivery takes; after it, a row of a dead process is free again. */
const leaseSeconds = 60;

/** How long a row is left alone after it was announced to the queue; a lost or flushed queue costs this much time. */
const announcedForSeconds = 60;

const uniqueViolation = '23505';
const lockTimedOut = '55P03';

/** Marks rows that are due as announced, oldest first, and returns them as `id` and `attempt`. Frees ended leases. */
export async function claimDue(db: Database, most: number): Promise<{ id: number; attempt: number }[]> {
  await db.execute(sql`
    update outbox set leased_until = null, announced_at = null
    where leased_until < now() and status = 'waiting'`);
  const rows = await db.execute<{ id: string; attempt: number }>(sql`
    update outbox set announced_at = now()
    where id in (
      select id from outbox
      where status = 'waiting' and due_at <= now() and leased_until is null
        and (announced_at is null or announced_at < now() - make_interval(secs => ${announcedForSeconds}))
      order by due_at limit ${most} for update skip locked)
    returning id, attempt`);
  return rows.map((row) => ({ id: Number(row.id), attempt: row.attempt }));
}

/** The topic of a row that still waits. */
export async function findTopic(db: Database, id: number): Promise<string | undefined> {
  const [row] = await db.execute<{ topic: string }>(
    sql`select topic from outbox where id = ${id} and status = 'waiting'`,
  );
  return row?.topic;
}

/** Takes the oldest due row of a topic; undefined when there is none, or another process is busy with the topic. */
export async function leaseNext(db: Database, topic: string): Promise<Leased | undefined> {
  try {
    const [row] = await db.execute<Leased & Record<string, unknown>>(sql`
      update outbox set leased_until = now() + make_interval(secs => ${leaseSeconds}), attempt = attempt + 1
      where status = 'waiting' and leased_until is null and id = (
        select id from outbox where topic = ${topic} and status = 'waiting' and due_at <= now()
        order by id limit 1)
      returning id::int, topic, kind, attempt`);
    return row;
  } catch (error) {
    // Whoever holds the topic looks again when done, and finds this row too; a row whose change is still to be
    // committed is announced anew by the sweeper.
    if ([uniqueViolation, lockTimedOut].includes(sqlState(error) ?? '')) return undefined;
    throw error;
  }
}

/** Keeps a row for another lease; false when it was lost, and another process may be at work on it. */
export async function renewLease(db: Database, row: Leased): Promise<boolean> {
  const [kept] = await db.execute(sql`
    update outbox set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where id = ${row.id} and attempt = ${row.attempt} and status = 'waiting' and leased_until is not null
    returning id`);
  return kept !== undefined;
}

/** Closes a leased row, unless its lease was lost. */
export async function close(
  db: Database | Transaction,
  row: Leased,
  status: 'sent' | 'dropped' | 'dead',
  note?: string,
): Promise<void> {
  await db.execute(sql`
    update outbox set status = ${status}, note = ${note ?? null}, closed_at = now(), leased_until = null
    where id = ${row.id} and attempt = ${row.attempt} and status = 'waiting'`);
}

/** Puts a leased row back after a failed attempt. */
export async function retryLater(db: Database, row: Leased, seconds: number, note: string): Promise<void> {
  await putBack(db, row, row.attempt, seconds, note);
}

/** Puts a leased row back as if it had not been tried; it is dropped when an equal one waits by now. */
export async function postpone(db: Database, row: Leased, seconds: number, note: string): Promise<void> {
  try {
    await putBack(db, row, row.attempt - 1, seconds, note);
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error;
    await close(db, row, 'dropped', 'an equal row waits');
  }
}

async function putBack(db: Database, row: Leased, attempt: number, seconds: number, note: string) {
  await db.execute(sql`
    update outbox set due_at = now() + make_interval(secs => ${seconds}), leased_until = null, announced_at = null,
      attempt = ${attempt}, note = ${note}
    where id = ${row.id} and attempt = ${row.attempt} and status = 'waiting'`);
}
