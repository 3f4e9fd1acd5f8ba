import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Database } from '../../../db/connect.ts';
import type { InvitationId, MemberId, OrganizationId, PoolId, ProductId } from '../../../db/id.ts';
import { invariants } from '../../../db/invariants/invariants.ts';
import type { GroupId } from '../../../src/membership/groups/group.ts';
import { lineOf } from './lines.ts';

/** The ids behind the names the model uses. */
export interface Ids {
  members: Map<string, MemberId>;
  organizations: Map<string, OrganizationId>;
  products: Map<string, ProductId>;
  pools: Map<string, PoolId>;
  /** In the order they were sent, or made. */
  invitations: InvitationId[];
  groups: GroupId[];
}

type Facts = Record<string, string | number | boolean | null | string[]>;

interface Row extends Record<string, unknown> {
  kind: 'workspace' | 'member' | 'pool' | 'invitation' | 'group' | 'organization' | 'product' | 'broken';
  id: string;
  facts: Facts;
}

const seatsOf = (holder: 'member_id' | 'invitation_id', id: string) => sql`
  array(select d.name || ' from ' || coalesce(s.name, 'account') from license_assignment a
    join license_product d on d.id = a.product_id join license_pool p on p.id = a.pool_id
    left join organization s on s.id = p.organization_id where a.${sql.raw(holder)} = ${sql.raw(id)})`;

/** A stored role as it is called. */
const calledRole = (role: string) => sql.raw(`initcap(replace(${role}, '-', ' '))`);

const minutes = (span: string) => sql.raw(`(extract(epoch from ${span}) / 60)::int`);

const broughtBy = (kind: 'team' | 'project') =>
  sql.raw(`
    select g.at || ' as ' || initcap(replace(l.role, '-', ' ')) from invitation_${kind} l
      join groups g on g.id = l.${kind}_id where l.invitation_id = i.id`);

const everything = sql`
  with groups as materialized (
    select g.*, row_number() over (order by substr(g.id, 5)) - 1 as at from (
      select id, 'team' as kind, account_id, organization_id, null as team_id, name, archived_at from team
      union all select id, 'project', account_id, organization_id, team_id, name, archived_at from project) as g),
  inside as materialized (
    select team_id as id, member_id, role from team_member union all select project_id, member_id, role from project_member)
  select 'workspace' as kind, w.external_id as id,
    jsonb_build_object('workspace', w.external_id, 'account', a.name) as facts
  from workspace w join account a on a.id = w.account_id
  union all
  select 'member', m.id, jsonb_build_object('account', a.name, 'name', m.full_name, 'organization', o.name,
    'role', case when o.owner_member_id = m.id then 'Owner' else ${calledRole('m.role')} end,
    'accountAdmin', m.account_role = 'account-admin',
    'status', case m.status when 'active' then 'active' else m.removal_reason end,
    'invitedBy', (select by.full_name from member by where by.id = m.invited_by), 'seats', ${seatsOf('member_id', 'm.id')},
    'machines', array(select d.name from registered_machine r join license_product d on d.id = r.product_id
      where r.member_id = m.id))
  from member m join account a on a.id = m.account_id join organization o on o.id = m.organization_id
  union all
  select 'pool', p.id, jsonb_build_object('account', a.name, 'product', d.name, 'isRetired', d.retired,
    'source', coalesce(o.name, 'account'), 'total', p.total, 'dedicated', p.dedicated, 'used', p.used)
  from license_pool p join account a on a.id = p.account_id join license_product d on d.id = p.product_id
    left join organization o on o.id = p.organization_id
  union all
  select 'invitation', i.id, jsonb_build_object('at', row_number() over (order by i.id) - 1, 'account', a.name,
    'organization', o.name, 'name', initcap(split_part(i.email, '@', 1)),
    'role', ${calledRole('i.role')},
    'by', m.full_name, 'status', i.status, 'link', i.generation, 'asked', i.requested_generation,
    'isNoticed', i.expiry_noticed_at is not null, 'isExpired', i.expires_at <= now(),
    'lifetime', ${minutes('i.expires_at - i.sent_at')},
    'reminders', array(select ${minutes('i.expires_at - r')}::text from unnest(i.reminders) as r),
    'offered', array(select d.name || ' from ' || coalesce(s.name, 'account') from invitation_license l
      join license_product d on d.id = l.product_id join license_pool p on p.id = l.pool_id
      left join organization s on s.id = p.organization_id where l.invitation_id = i.id),
    'reserved', ${seatsOf('invitation_id', 'i.id')},
    'brought', array(${broughtBy('team')} union all ${broughtBy('project')}))
  from invitation i join account a on a.id = i.account_id join organization o on o.id = i.organization_id
    join member m on m.id = i.invited_by
  union all
  select 'group', g.id, jsonb_build_object('at', g.at, 'account', a.name, 'organization', o.name, 'kind', g.kind,
    'name', g.name, 'team', (select t.at from groups t where t.id = g.team_id), 'isArchived', g.archived_at is not null,
    'people', array(select m.full_name || ' as ' || ${calledRole('i.role')} from inside i
      join member m on m.id = i.member_id where i.id = g.id))
  from groups g join account a on a.id = g.account_id join organization o on o.id = g.organization_id
  union all
  select 'organization', o.id, jsonb_build_object('account', a.name, 'organization', o.name,
    'lifetime', ${minutes('o.link_lifetime')},
    'reminders', array(select ${minutes('before')}::text from unnest(o.reminders_before_end) as before))
  from organization o join account a on a.id = o.account_id
  union all
  select 'product', d.id, jsonb_build_object('account', a.name, 'product', d.name)
  from license_product d join account a on a.id = d.account_id`;

/** The rows that break a rule of `db/invariants`, but those that hold only while jobs run. */
const brokenRules = invariants
  .filter((invariant) => !invariant.onlyWhileRunning)
  .map(
    ({ rule, query }) => `select 'broken', '${rule.replaceAll("'", "''")}', to_jsonb(r) from (${query}) as r`,
  )
  .join(' union all ');

// A statement with a parameter is planned once; others each time.
const stateAndRules = sql`
  select * from (${everything} union all ${sql.raw(brokenRules)}) as seen where ${true}`;

/**
 * What the database holds of what the model knows, as the lines the model writes; the ids behind the names; and which
 * rows break which rule. One round trip.
 */
export async function observe(db: Database): Promise<{ lines: string[]; ids: Ids; broken: Row[] }> {
  const rows = await db.execute<Row>(stateAndRules);
  const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind);
  const named = <Id>(kind: Row['kind'], nameOf: (facts: Facts) => string) =>
    new Map(of(kind).map(({ id, facts }) => [nameOf(facts), id as Id]));
  const shown = (['workspace', 'organization', 'member', 'pool', 'invitation', 'group'] as const).flatMap(of);
  return {
    lines: shown.map(({ kind, facts }) => lineOf(kind, facts)).sort(),
    ids: {
      members: named('member', ({ account, name }) => `${account} ${name}`),
      organizations: named('organization', ({ account, organization }) => `${account} ${organization}`),
      products: named('product', ({ account, product }) => `${account} ${product}`),
      pools: named('pool', ({ account, product, source }) => `${account} ${product} ${source}`),
      invitations: of('invitation')
        .map(({ id }) => id as InvitationId)
        .sort(),
      groups: of('group')
        .map(({ id }) => id as GroupId)
        .sort((one, other) => (one.slice(4) < other.slice(4) ? -1 : 1)),
    },
    broken: of('broken'),
  };
}

/**
 * Keeps what is in every table now, and returns what brings it back. On connections of its own: letting triggers rest
 * makes a connection forget its plans.
 */
export async function keepStart(client: postgres.Sql): Promise<() => Promise<void>> {
  const tables = await client<{ name: string; columns: string }[]>`
    select t.relname as name, string_agg(quote_ident(c.attname), ', ' order by c.attnum) as columns
    from pg_class t join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
      and c.attgenerated = ''
    where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace group by t.relname order by t.relname`;
  await client`create schema start`;
  for (const { name } of tables)
    await client`create table start.${client(name)} as table public.${client(name)}`;
  const again = tables.map(
    ({ name, columns }) =>
      `delete from ${name}; insert into ${name} (${columns}) overriding system value select ${columns} from start.${name};`,
  );
  // Triggers and foreign keys rest meanwhile: audit rows are never deleted otherwise.
  const all = `set session_replication_role = replica; ${again.join(' ')} set session_replication_role = origin;`;
  let times = 0;
  return async () => {
    await client.unsafe(all);
    times += 1;
    // Every look at the tables would read what was deleted again and again.
    if (times % 10 === 0) await client.unsafe(`vacuum ${tables.map(({ name }) => name).join(', ')}`);
  };
}
