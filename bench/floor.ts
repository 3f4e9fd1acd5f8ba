import postgres from 'postgres';
import { newId } from '../db/id.ts';
import type { Actor } from '../src/membership/context.ts';
import type { JoinLinkClaim } from '../src/membership/invitations/join-link.ts';

// The floor, C: the same writes and reads as usher's operations, written by hand for postgres.js as a competent person
// would who has only these three things to do. Every statement is a named one, as postgres.js makes them by itself.

/** A pool with the settings of `connect` in db/connect.ts. */
export function connectByHand(url: string): postgres.Sql {
  return postgres(url, {
    max: 10,
    onnotice: () => {},
    connection: {
      application_name: 'usher bench',
      TimeZone: 'UTC',
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  });
}

/** Makes sure that the actor is an admin, whose rows stay locked until the transaction ends. */
export async function authorizeByHand(tx: postgres.TransactionSql, actor: Actor): Promise<postgres.Row> {
  const [admin] = await tx`
    select m.id, m.account_id, m.organization_id from chat_identity c
    join member m on m.id = c.member_id join organization o on o.id = m.organization_id
    where c.platform = ${actor.platform} and c.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId}
      and m.status = 'active' and (m.id = o.owner_member_id or m.role = 'admin' or m.account_role = 'account-admin')
    for share of m, o`;
  if (!admin) throw new Error('may not do this');
  return admin;
}

/** Invites the addresses that are neither active members nor pending; returns who was invited. */
export function inviteByHand(sql: postgres.Sql, actor: Actor, emails: readonly string[]) {
  const ids = emails.map(() => newId('inv'));
  const auditIds = emails.map(() => newId('aud'));
  const batchId = newId('bat');
  return sql.begin(async (tx) => {
    const admin = await authorizeByHand(tx, actor);
    return tx`
      with settings as materialized (
        select link_lifetime, array(select now() + link_lifetime - before from unnest(reminders_before_end) as before
          where before < link_lifetime order by before desc) as reminders
        from organization where id = ${admin.organization_id}),
      fresh as materialized (
        select * from unnest(${ids}::text[], ${auditIds}::text[], ${[...emails]}::text[]) as f (id, audit_id, email)),
      sent as (
        insert into invitation (id, account_id, organization_id, email, role, batch_id, invited_by, expires_at, reminders)
        select f.id, ${admin.account_id}, ${admin.organization_id}, f.email, 'user', ${batchId}, ${admin.id},
          now() + s.link_lifetime, s.reminders
        from fresh f, settings s where not exists (
          select from member m where m.account_id = ${admin.account_id} and m.email = f.email and m.status = 'active')
        order by f.email
        on conflict (organization_id, email) where status = 'pending' do nothing returning id, email),
      audited as (
        insert into audit_event (id, account_id, organization_id, actor_member_id, action, subject, data)
        select f.audit_id, ${admin.account_id}, ${admin.organization_id}, ${admin.id}, 'invitation.sent', sent.id,
          jsonb_build_object('name', 'invitation.sent', 'invitationId', sent.id, 'batchId', ${batchId}::text,
            'email', sent.email, 'role', 'user')
        from sent join fresh f on f.id = sent.id),
      queued as (insert into outbox (topic, kind) select id, 'invite' from sent)
      select id, email from sent`;
  });
}

/** Claims the invitation and makes its member, who is known in chat from then on and holds the seats it reserved. */
export function acceptByHand(sql: postgres.Sql, actor: Actor, claim: JoinLinkClaim) {
  return sql.begin(async (tx) => {
    const [claimed] = await tx`
      update invitation i set status = 'accepted', decided_at = now(), member_id = coalesce(
        (select m.id from member m where m.account_id = i.account_id and m.email = i.email), ${newId('mem')})
      from workspace w
      where i.id = ${claim.invitationId} and i.generation = ${claim.generation} and i.status = 'pending'
        and i.expires_at > now() and i.email = ${actor.email ?? null} and w.platform = ${actor.platform}
        and w.external_id = ${actor.workspaceId} and w.account_id = i.account_id
      returning i.id, i.account_id, i.organization_id, i.batch_id, i.email, i.role, i.member_id, i.invited_by`;
    if (!claimed) throw new Error('no longer valid');
    const { id, account_id, organization_id, batch_id, email, role, member_id, invited_by } = claimed;
    const [joined] = await tx`
      with joined as (
        insert into member (id, account_id, organization_id, email, full_name, role, invited_by)
        values (${member_id}, ${account_id}, ${organization_id}, ${email}, ${actor.fullName}, ${role}, ${invited_by})
        on conflict (account_id, email) do update set status = 'active', joined_at = now(), account_role = 'user',
          organization_id = excluded.organization_id, role = excluded.role, full_name = excluded.full_name,
          invited_by = excluded.invited_by, removed_at = null, removed_by = null, removal_reason = null
          where member.status = 'inactive' returning id),
      known as (
        insert into chat_identity (platform, workspace_id, user_id, account_id, member_id)
        select ${actor.platform}, ${actor.workspaceId}, ${actor.userId}, ${account_id}, id from joined
        on conflict (platform, workspace_id, user_id) do update set member_id = excluded.member_id),
      seated as (
        update license_assignment set member_id = ${member_id}, invitation_id = null, assigned_at = now()
        where invitation_id = ${id}),
      audited as (
        insert into audit_event (id, account_id, organization_id, actor_member_id, action, subject, data)
        values (${newId('aud')}, ${account_id}, ${organization_id}, ${member_id}, 'invitation.accepted', ${id},
          jsonb_build_object('name', 'invitation.accepted', 'invitationId', ${id}::text, 'batchId', ${batch_id}::text,
            'email', ${email}::text, 'memberId', ${member_id}::text, 'role', ${role}::text))),
      queued as (
        insert into outbox (topic, kind) values (${id}, 'redraw'), (${batch_id}, 'report')
        on conflict (topic, kind) where status = 'waiting' and attempt = 0 do nothing)
      select id from joined`;
    if (!joined) throw new Error('active elsewhere');
  });
}

/** Gives everybody this role who does not have it, with what is to be said and recorded about it. */
export function changeRolesByHand(sql: postgres.Sql, actor: Actor, ids: readonly string[], role: string) {
  const auditIds = ids.map(() => newId('aud'));
  return sql.begin(async (tx) => {
    const admin = await authorizeByHand(tx, actor);
    return tx`
      with changed as materialized (
        select m.id, m.role, f.audit_id from unnest(${[...ids]}::text[], ${auditIds}::text[]) as f (id, audit_id)
        join member m on m.id = f.id
        where m.account_id = ${admin.account_id} and m.status = 'active' and m.role <> ${role} for update of m),
      written as (update member m set role = ${role} from changed c where m.id = c.id),
      audited as (
        insert into audit_event (id, account_id, organization_id, actor_member_id, action, subject, data)
        select audit_id, ${admin.account_id}, ${admin.organization_id}, ${admin.id}, 'member.role-changed', id,
          jsonb_build_object('name', 'member.role-changed', 'memberId', id, 'from', role, 'to', ${role}::text)
        from changed)
      insert into outbox (topic, kind) select id, 'change' from changed
      on conflict (topic, kind) where status = 'waiting' and attempt = 0 do nothing`;
  });
}

/** Finds the active members whose name or address contains this, the first of them by name. */
export async function searchByHand(sql: postgres.Sql, actor: Actor, term: string, size: number) {
  const [admin] = await sql`
    select m.organization_id from chat_identity c
    join member m on m.id = c.member_id join organization o on o.id = m.organization_id
    where c.platform = ${actor.platform} and c.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId}
      and m.status = 'active' and (m.id = o.owner_member_id or m.role = 'admin' or m.account_role = 'account-admin')`;
  if (!admin) throw new Error('may not see members');
  return sql`
    select id, full_name, email, joined_at, role from member
    where organization_id = ${admin.organization_id} and status = 'active'
      and lower(full_name || ' ' || email) like ${`%${term}%`}
    order by full_name, id limit ${size + 1}`;
}

/** The name and id of the last member of the page before. */
export type PageKey = [fullName: string, id: string];

/** Reads a page of active members after a name and id, once it is clear that the actor may see them. */
export async function pageByHand(sql: postgres.Sql, actor: Actor, [fullName, id]: PageKey, size: number) {
  const [admin] = await sql`
    select m.organization_id, o.owner_member_id from chat_identity c
    join member m on m.id = c.member_id join organization o on o.id = m.organization_id
    where c.platform = ${actor.platform} and c.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId}
      and m.status = 'active' and (m.id = o.owner_member_id or m.role = 'admin' or m.account_role = 'account-admin')`;
  if (!admin) throw new Error('may not see members');
  return sql`
    select id, full_name, email, joined_at, case when id = ${admin.owner_member_id} then 'owner' else role end as role,
      extract(epoch from now() - last_access_at)::int as last_access_ago,
      array(select d.name from license_assignment a join license_product d on d.id = a.product_id
        where a.member_id = member.id order by d.name) as licenses
    from member where organization_id = ${admin.organization_id} and status = 'active' and (full_name, id) > (${fullName}, ${id})
    order by full_name, id limit ${size + 1}`;
}

/** Reads every member with what an export says of them, by a cursor of 1,000, and does nothing with it. */
export function readByCursor(floor: postgres.Sql, organizationId: string): Promise<number> {
  return floor.begin(async (sql) => {
    // The time of a statement ends with its last batch here.
    await sql`set local statement_timeout = 0`;
    return countByCursor(sql, organizationId);
  });
}

async function countByCursor(sql: postgres.TransactionSql, organizationId: string): Promise<number> {
  let count = 0;
  for (const status of ['active', 'inactive']) {
    const order = status === 'active' ? sql`m.full_name, m.id` : sql`m.joined_at desc, m.id desc`;
    const rows = sql`
      select m.status, m.full_name, m.email, m.account_role, o.name as organization,
        case when o.owner_member_id = m.id then 'owner' else m.role end as organization_role,
        (select string_agg(t.name, '; ' order by t.name) from team_member i join team t on t.id = i.team_id
          where i.member_id = m.id and t.archived_at is null) as teams,
        (select string_agg(p.name, '; ' order by p.name) from project_member i join project p on p.id = i.project_id
          where i.member_id = m.id and p.archived_at is null) as projects,
        (select string_agg(d.name, '; ' order by d.name) from license_assignment a
          join license_product d on d.id = a.product_id where a.member_id = m.id) as licenses,
        to_char(m.joined_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as joined_at,
        to_char(m.last_access_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_access_at,
        (select i.email from member i where i.id = m.invited_by) as invited_by,
        to_char(m.removed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as removed_at,
        (select r.email from member r where r.id = m.removed_by) as removed_by, m.removal_reason as reason
      from member m join organization o on o.id = m.organization_id
      where m.organization_id = ${organizationId} and m.status = ${status} order by ${order}`;
    for await (const batch of rows.cursor(1_000)) count += batch.length;
  }
  return count;
}
