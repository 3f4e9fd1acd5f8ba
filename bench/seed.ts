import { createHash } from 'node:crypto';
import type postgres from 'postgres';
import type { Actor, Context } from '../src/membership/context.ts';
import { type EmailAddress, parseEmailAddress } from '../src/membership/email-address.ts';
import { createJoinLinks, type JoinLinkClaim } from '../src/membership/invitations/join-link.ts';
import type { Ground } from './ground.ts';

/** An organization of one account that all of them share, and its Owner. */
export interface Organization {
  id: string;
  owner: Actor;
}

const workspaceId = 'T-bench';
const accountId = `acc_${digest('account')}`;
const productId = `prd_${digest('product')}`;
const poolId = `pol_${digest('pool')}`;

/** Makes the account, its workspace and one product with its pool; once, before the first organization. */
export async function seedAccount({ floor }: Ground): Promise<void> {
  await floor`insert into account (id, name) values (${accountId}, 'Bench')`;
  await floor`insert into workspace (platform, external_id, account_id) values ('slack', ${workspaceId}, ${accountId})`;
  await floor`
    insert into license_product (id, account_id, name, kind) values (${productId}, ${accountId}, 'KSE', 'per-seat')`;
  await floor`
    insert into license_pool (id, account_id, product_id, kind)
    values (${poolId}, ${accountId}, ${productId}, 'per-seat')`;
}

/** Somebody invited, and the link they would press. */
export interface Invitee {
  actor: Actor;
  claim: JoinLinkClaim;
}

let batches = 0;

/** Makes an organization with so many active members, its Owner among them. */
export async function seedOrganization({ floor }: Ground, name: string, members = 1): Promise<Organization> {
  const organization = { id: `org_${digest(name)}`, owner: actorOf(`${name}.1`) };
  await inBulk(floor, members, async (sql) => {
    await sql`
      insert into organization (id, account_id, name, owner_member_id)
      values (${organization.id}, ${accountId}, ${name}, ${`mem_${digest(`${name}.1`)}`})`;
    await insertMembers(sql, organization.id, name, members);
    await sql`
      insert into chat_identity (platform, workspace_id, user_id, account_id, member_id)
      values ('slack', ${workspaceId}, ${organization.owner.userId}, ${accountId}, ${`mem_${digest(`${name}.1`)}`})`;
  });
  return organization;
}

/** Adds so many active members to an organization that is there, its indexes being kept as they are. */
export async function addMembers({ floor }: Ground, { id }: Organization, count: number): Promise<void> {
  await floor.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    await insertMembers(sql, id, `more.${++batches}`, count);
  });
}

async function insertMembers(
  sql: postgres.TransactionSql,
  organizationId: string,
  name: string,
  count: number,
): Promise<void> {
  await sql`
    insert into member (id, account_id, organization_id, email, full_name, role)
    select 'mem_' || md5(${name} || '.' || n), ${accountId}, ${organizationId}, ${name} || '.' || n || '@bench.test',
      (${givenNames}::text[])[1 + n % 40] || ' ' || initcap(translate(left(md5(n::text), 8), '0123456789', 'ghijklmnop')),
      case n when 1 then 'admin' else 'user' end
    from generate_series(1, ${count}::int) as n`;
}

/** A transaction without time limit. Indexes that keep no rule are made anew at its end when it writes many members. */
async function inBulk(
  floor: postgres.Sql,
  members: number,
  write: (sql: postgres.TransactionSql) => Promise<void>,
): Promise<void> {
  await floor.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    await sql`set local maintenance_work_mem = '256MB'`;
    const indexes = await sql<{ name: string; definition: string }[]>`
      select indexname as name, indexdef as definition from pg_indexes
      where tablename = 'member' and indexdef not like 'CREATE UNIQUE%' and ${members > 100_000}`;
    for (const { name } of indexes) await sql`drop index ${sql(name)}`;
    await write(sql);
    for (const { definition } of indexes) await sql.unsafe(definition);
  });
}

/**
 * Makes pending invitations of so many addresses, as if they had been sent a moment ago, each with a seat of the one
 * pool there is.
 */
export async function seedPending(
  { floor }: Ground,
  { id, owner }: Organization,
  count: number,
): Promise<Invitee[]> {
  const name = `pending.${++batches}.${id}`;
  await floor.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    await sql`
      insert into invitation (id, account_id, organization_id, email, role, batch_id, invited_by, expires_at, reminders,
        delivery)
      select 'inv_' || md5(${name} || '.' || n), ${accountId}, ${id}, ${name} || '.' || n || '@bench.test', 'user',
        'bat_' || md5(${name} || '.' || n / 1000), m.id, now() + interval '1 day',
        array[now() + interval '12 hours', now() + interval '21 hours'], 'delivered'
      from generate_series(1, ${count}::int) as n, member m where m.account_id = ${accountId} and m.email = ${owner.email ?? ''}`;
    await seedSeats(sql, id, name, count);
  });
  return Array.from({ length: count }, (_, index) => ({
    actor: actorOf(`${name}.${index + 1}`),
    claim: { invitationId: `inv_${digest(`${name}.${index + 1}`)}`, generation: 1 },
  }));
}

/** Reserves a seat for each of these invitations. */
async function seedSeats(
  sql: postgres.TransactionSql,
  organizationId: string,
  name: string,
  count: number,
): Promise<void> {
  await sql`
    insert into invitation_license (invitation_id, product_id, pool_id)
    select 'inv_' || md5(${name} || '.' || n), ${productId}, ${poolId} from generate_series(1, ${count}::int) as n`;
  await sql`
    insert into license_assignment (id, account_id, product_id, pool_id, organization_id, invitation_id)
    select 'asg_' || md5(${name} || '.' || n), ${accountId}, ${productId}, ${poolId}, ${organizationId},
      'inv_' || md5(${name} || '.' || n)
    from generate_series(1, ${count}::int) as n`;
  await sql`update license_pool set total = total + ${count}::int, used = used + ${count}::int where id = ${poolId}`;
}

/** Puts so many members of an organization into a team called Bench, and gives each of them a seat of the one pool. */
export async function seedTeam({ floor }: Ground, { id }: Organization, count: number): Promise<void> {
  const teamId = `tea_${digest(id)}`;
  const chosen = floor`
    select m.id from member m where m.organization_id = ${id} and m.status = 'active'
      and not exists (select from license_assignment a where a.member_id = m.id) order by m.id limit ${count}`;
  await floor.begin(async (sql) => {
    await sql`insert into team (id, account_id, organization_id, name) values (${teamId}, ${accountId}, ${id}, 'Bench')`;
    await sql`
      insert into team_member (team_id, organization_id, member_id, role)
      select ${teamId}, ${id}, id, 'user' from (${chosen}) c`;
    await sql`
      insert into license_assignment (id, account_id, product_id, pool_id, organization_id, member_id)
      select 'asg_' || md5(id), ${accountId}, ${productId}, ${poolId}, ${id}, id from (${chosen}) c`;
    await sql`update license_pool set total = total + ${count}::int, used = used + ${count}::int where id = ${poolId}`;
  });
}

/** Brings statistics and visibility up to date, as autovacuum would have done by now, and empties the write-ahead log. */
export async function settle({ floor }: Ground): Promise<void> {
  const sql = await floor.reserve();
  try {
    await sql`set statement_timeout = 0`;
    await sql`vacuum analyze`;
    await sql`checkpoint`;
    await sql`reset statement_timeout`;
  } finally {
    sql.release();
  }
}

/** What an operation is given when this person asks. */
export function contextOf({ usher }: Ground, actor: Actor): Context {
  return { db: usher, actor, founders: [], joinLinks, announce: () => {} };
}

let used = 0;

/** So many addresses that nobody has used in this run. */
export function newAddresses(count: number): EmailAddress[] {
  return Array.from({ length: count }, () => address(`new.${++used}`));
}

const joinLinks = createJoinLinks({ baseUrl: 'https://usher.test', key: 'k'.repeat(32) });

const givenNames =
  `Ana Ben Cleo Dora Eve Finn Gus Hal Iris Jan Kim Lena Mia Noor Olga Per Quin Rosa Sven Tara Ugo Vera
  Wim Xenia Yann Zoe Åsa Émile Íñigo Øystein Aldo Bea Carl Dina Emil Fatma Gita Hugo Ilse Jörg`.split(/\s+/);

function actorOf(name: string): Actor {
  return {
    platform: 'slack',
    workspaceId,
    userId: `U-${name}`,
    email: address(name),
    fullName: name,
    timeZone: 'UTC',
    isWorkspaceAdmin: false,
  };
}

function address(name: string): EmailAddress {
  const email = parseEmailAddress(`${name}@bench.test`);
  if (!email) throw new Error(`${name}@bench.test is not an address.`);
  return email;
}

function digest(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
