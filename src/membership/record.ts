import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { isId, newId } from '../../db/id.ts';
import { findStanding, findWorkspace } from './actor.ts';
import { type News, newsOf } from './channel/channel-news.ts';
import type { Context } from './context.ts';
import { type Happening, subjectOf } from './events.ts';
import type { PrivilegedAction } from './privileged-actions.ts';
import { type Delivery, reactions } from './reactions.ts';
import type { Refusal } from './refusal.ts';

/**
 * Writes the audit rows of what happened and what is to be said because of it, in one statement for any number; `more` is
 * said because of all of them together. News for a channel only wait there: whoever joins or goes at the same moment does
 * not wait for each other.
 */
export async function record(
  tx: Transaction,
  happenings: readonly Happening[],
  more: readonly Delivery[] = [],
): Promise<void> {
  if (happenings.length === 0) return;
  const rows = happenings.map(({ event, ...scene }) => ({
    ...scene,
    id: newId('aud'),
    action: event.name,
    subject: subjectOf(event),
    data: JSON.stringify(event),
  }));
  await tx.execute(sql`
    with audited as (
      insert into audit_event (id, account_id, organization_id, actor_member_id, action, subject, data)
      select * from unnest(${column(rows, 'id')}::text[], ${column(rows, 'accountId')}::text[],
        ${column(rows, 'organizationId')}::text[], ${column(rows, 'actorMemberId')}::text[],
        ${column(rows, 'action')}::text[], ${column(rows, 'subject')}::text[], ${column(rows, 'data')}::jsonb[]))
    ${insertNews(happenings.flatMap(newsOf))}
    ${insertOutbox([...happenings.flatMap(({ event }) => reactions(event)), ...more])}`);
}

function insertNews(news: readonly News[]) {
  if (news.length === 0) return sql``;
  return sql`
    , told as (
      insert into channel_news (organization_id, member_id, what, by)
      select n.* from unnest(${column(news, 'organizationId')}::text[], ${column(news, 'memberId')}::text[],
        ${column(news, 'what')}::text[], ${column(news, 'by')}::text[]) as n (organization_id, member_id, what, by)
      where exists (select from organization_channel c where c.organization_id = n.organization_id))`;
}

/** Queues deliveries that follow from no event of their own. */
export async function queueDeliveries(
  db: Database | Transaction,
  deliveries: readonly Delivery[],
): Promise<void> {
  await db.execute(insertOutbox(deliveries));
}

/**
 * A kind that still waits unsent for its topic is enough. It is locked, so that it is not sent before this change is
 * there to be seen; in the order of topics, so that nobody deadlocks.
 */
function insertOutbox(deliveries: readonly Delivery[]) {
  return sql`
    insert into outbox (topic, kind)
    select topic, kind from unnest(${column(deliveries, 'topic')}::text[],
      ${column(deliveries, 'kind')}::text[]) with ordinality as d (topic, kind, place)
    group by topic, kind order by topic, min(place)
    on conflict (topic, kind) where status = 'waiting' and attempt = 0 do update set kind = excluded.kind`;
}

/** Leaves an audit row of a privileged operation that was refused, when usher knows the account at all. */
export async function recordRefusal(
  context: Context,
  privileged: { action: PrivilegedAction; subject?: string },
  refusal: Refusal,
): Promise<void> {
  const standing = await findStanding(context.db, context.actor, context.organizationId);
  const accountId = standing?.accountId ?? (await findWorkspace(context.db, context.actor))?.accountId;
  if (accountId === undefined) return;
  const { platform, workspaceId, userId } = context.actor;
  const about = isId('mem', privileged.subject) ? { memberId: privileged.subject } : {};
  await context.db.execute(sql`
    insert into audit_event (id, account_id, organization_id, actor_member_id, action, subject, refusal, data)
    values (${newId('aud')}, ${accountId}, ${standing?.organizationId ?? null}, ${standing?.memberId ?? null},
      ${privileged.action}, ${privileged.subject ?? ''}, ${refusal.code},
      ${JSON.stringify({ platform, workspaceId, userId, ...about })}::jsonb)`);
}

/** One property of many rows as a single array parameter. */
export function column<Row extends object, Key extends keyof Row>(rows: readonly Row[], key: Key) {
  return sql.param(rows.map((row) => row[key]));
}
