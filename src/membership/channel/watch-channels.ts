import { type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import { type NoticeId, newId, type OrganizationId } from '../../../db/id.ts';
import { column, queueDeliveries } from '../record.ts';
import { nextDigest } from './set-channel.ts';

/** The most channels one turn of the clock takes. */
const atOnce = 100;

/** How often it is looked for invitations that are about to run out, so that several become one message. */
const warnEvery = sql`interval '5 minutes'`;

/** The most invitations one message is about. */
const mostLines = 1000;

/** Queues what is to be told in channels, everything of one channel together. Returns how many messages that is. */
export async function announceNews(db: Database): Promise<number> {
  await db.execute(sql`
    delete from channel_news n where not exists (
      select from organization_channel c where c.organization_id = n.organization_id)`);
  const rows = await db.execute<{ id: OrganizationId }>(sql`
    select c.organization_id as id from organization_channel c
    where exists (select from channel_news n where n.organization_id = c.organization_id)
      and not exists (select from outbox o where o.topic = c.organization_id and o.kind = 'news' and o.status = 'waiting')
    limit ${atOnce}`);
  if (rows.length > 0)
    await queueDeliveries(
      db,
      rows.map(({ id }) => ({ topic: id, kind: 'news' })),
    );
  return rows.length;
}

/** Claims the channels in which it is time to look, and queues a message about what runs out there soon. */
export function warnOfExpiry(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const claimed = await tx.execute<{ id: OrganizationId }>(sql`
      update organization_channel set warn_at = now() + ${warnEvery} where organization_id in (
        select organization_id from organization_channel where warn_at <= now()
        order by warn_at limit ${atOnce} for update skip locked)
      returning organization_id as id`);
    const notices = claimed.map(({ id: organizationId }) => ({ organizationId, id: newId('not') }));
    if (notices.length === 0) return 0;
    return queueNotices(
      tx,
      await tx.execute<{ id: NoticeId }>(sql`
      with claimed as (
        select * from unnest(${column(notices, 'id')}::text[], ${column(notices, 'organizationId')}::text[])
          as n (id, organization_id)),
      due as (
        select n.id, n.organization_id, i.id as invitation_id, i.generation
        from claimed n cross join lateral (${runningOut(sql`n.organization_id`)}) i),
      made as (
        insert into channel_notice (id, organization_id, kind)
        select distinct id, organization_id, 'expiring' from due returning id),
      lined as (
        insert into channel_notice_line (notice_id, invitation_id, generation)
        select id, invitation_id, generation from due)
      select id from made`),
    );
  });
}

/** Half of their time is over, a day or less is left, and no line was about this link. */
function runningOut(organizationId: SQL): SQL {
  return sql`
    select id, generation from invitation i
    where i.organization_id = ${organizationId} and i.status = 'pending' and i.expires_at > now()
      and i.expires_at <= now() + least(interval '24 hours', (i.expires_at - i.sent_at) / 2)
      and not exists (
        select from channel_notice_line l join channel_notice e on e.id = l.notice_id and e.kind = 'expiring'
        where l.invitation_id = i.id and l.generation = i.generation)
    order by i.expires_at limit ${mostLines}`;
}

/** How many pending invitations a digest has lines for. */
const digestLines = 10;

/**
 * Claims the channels whose digest is due and queues it: once for a week, whatever number of processes look, and once
 * after any time in which nobody looked.
 */
export function announceDigests(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const claimed = await tx.execute<{ organizationId: OrganizationId; week: string }>(sql`
      with due as (
        select organization_id, digest_at, time_zone from organization_channel where digest_at <= now()
        order by digest_at limit ${atOnce} for update skip locked)
      update organization_channel c set digest_at = ${nextDigest(sql`c.time_zone`)}
      from due where due.organization_id = c.organization_id
      returning c.organization_id as "organizationId",
        date_trunc('week', due.digest_at at time zone due.time_zone)::date::text as week`);
    const notices = claimed.map((one) => ({ ...one, id: newId('not') }));
    if (notices.length === 0) return 0;
    const counted = (action: string) => sql`
      (select count(*)::int from audit_event e where e.organization_id = n.organization_id and e.refusal is null
        and e.id >= ${idOfWeekAgo} and e.at >= now() - interval '7 days' and e.action = ${action})`;
    return queueNotices(
      tx,
      await tx.execute<{ id: NoticeId }>(sql`
      with claimed as (
        select * from unnest(${column(notices, 'id')}::text[], ${column(notices, 'organizationId')}::text[],
          ${column(notices, 'week')}::text[]) as n (id, organization_id, week)),
      made as (
        insert into channel_notice (id, organization_id, kind, week, joined, gone)
        select n.id, n.organization_id, 'digest', n.week::date, ${counted('invitation.accepted')}, ${counted('member.removed')}
        from claimed n on conflict (organization_id, week) do nothing returning id, organization_id),
      lined as (
        insert into channel_notice_line (notice_id, invitation_id, generation)
        select m.id, i.id, i.generation from made m cross join lateral (
          select id, generation from invitation where organization_id = m.organization_id and status = 'pending'
          order by expires_at limit ${digestLines}) i)
      select id from made`),
    );
  });
}

/** Ids sort by age: this one is a little older than a week, so that the index finds where to begin. */
const idOfWeekAgo = sql`
  'aud_' || lpad(to_hex((extract(epoch from now() - interval '7 days 1 hour') * 1000)::bigint), 12, '0')`;

async function queueNotices(tx: Transaction, rows: readonly { id: NoticeId }[]): Promise<number> {
  if (rows.length > 0)
    await queueDeliveries(
      tx,
      rows.map(({ id }) => ({ topic: id, kind: 'notice' })),
    );
  return rows.length;
}

/** Forgets messages with lines, and where they went, a month after they were made. */
export async function forgetNotices(db: Database): Promise<void> {
  await db.execute(sql`
    with old as (
      delete from channel_notice where id in (
        select id from channel_notice where created_at < now() - interval '30 days' limit 1000) returning id)
    delete from posted_message p using old where p.topic = old.id`);
}
