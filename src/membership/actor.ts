import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import type { AccountId, MemberId, OrganizationId } from '../../db/id.ts';
import type { AccountRole } from '../../db/schema.ts';
import type { Actor, Context } from './context.ts';
import { may, type OrganizationRole, type Right, rolesWith, type Standing } from './policy.ts';
import { Refusal } from './refusal.ts';

type Asking = Pick<Context, 'actor' | 'organizationId'>;

interface StandingRow extends Record<string, unknown> {
  account_id: AccountId;
  account: string;
  member_id: MemberId;
  home_id: OrganizationId;
  home: string;
  named_id: OrganizationId | null;
  named: string | null;
  email: string;
  full_name: string;
  account_role: AccountRole;
  role: OrganizationRole;
  status: 'active' | 'inactive';
}

/**
 * The member behind a chat identity, or else behind its verified address, in the account of its workspace; with the
 * organization that was named, when the account has it.
 */
async function findMember(
  db: Database | Transaction,
  { actor, organizationId }: Asking,
  lock: boolean,
): Promise<StandingRow | undefined> {
  const named = organizationId
    ? sql`left join organization n on n.id = ${organizationId} and n.account_id = w.account_id`
    : sql`left join (select null::text as id, null::text as name) n on true`;
  const [row] = await db.execute<StandingRow>(sql`
    select w.account_id, a.name as account, m.id as member_id, m.organization_id as home_id, o.name as home, m.email,
      n.id as named_id, n.name as named, m.full_name, m.account_role, m.status, case when o.owner_member_id = m.id then 'owner' else m.role end as role
    from workspace w
    join account a on a.id = w.account_id
    join member m on m.account_id = w.account_id and m.id = coalesce(
      (select c.member_id from chat_identity c
        where c.platform = w.platform and c.workspace_id = w.external_id and c.user_id = ${actor.userId}),
      (select e.id from member e where e.account_id = w.account_id and e.email = ${actor.email ?? null}))
    join organization o on o.id = m.organization_id ${named}
    where w.platform = ${actor.platform} and w.external_id = ${actor.workspaceId}
    ${lock ? sql`for share of m, o` : sql``}`);
  return row;
}

function standingOf(row: StandingRow): Standing {
  return {
    accountId: row.account_id,
    memberId: row.member_id,
    homeId: row.home_id,
    home: row.home,
    organizationId: row.named_id ?? row.home_id,
    organization: row.named ?? row.home,
    named: row.named_id !== null,
    email: row.email,
    fullName: row.full_name,
    accountRole: row.account_role,
    role: row.role,
  };
}

/** What usher knows of a workspace: the account it is connected to, and whom strangers ask, three Account Admins at most. */
export async function findWorkspace(db: Database | Transaction, actor: Actor) {
  const [row] = await db.execute<{ accountId: AccountId; account: string; ask: string[] }>(sql`
    select w.account_id as "accountId", a.name as account, array(
      select m.full_name from member m
      where m.account_id = a.id and m.account_role = 'account-admin' and m.status = 'active'
      order by m.full_name limit 3) as ask
    from workspace w join account a on a.id = w.account_id
    where w.platform = ${actor.platform} and w.external_id = ${actor.workspaceId}`);
  return row;
}

/**
 * The standing of an active member, in the organization that was named; undefined for everybody else. It locks nothing:
 * only for showing.
 */
export async function findStanding(
  db: Database | Transaction,
  actor: Actor,
  organizationId?: OrganizationId,
): Promise<Standing | undefined> {
  const row = await findMember(db, { actor, ...(organizationId ? { organizationId } : {}) }, false);
  return row?.status === 'active' ? standingOf(row) : undefined;
}

/** Whether somebody without a standing had one: they were removed, or left. */
export async function hasGone(db: Database | Transaction, actor: Actor): Promise<boolean> {
  return (await findMember(db, { actor }, false))?.status === 'inactive';
}

/** The standing of the acting member, whose rows stay locked, so that nobody is promoted or demoted meanwhile. */
export function lockStanding(tx: Transaction, context: Context): Promise<Standing> {
  return requireStanding(tx, context, true);
}

/**
 * The standing of somebody about to change who others are, once the account is locked: such changes come one after the
 * other, so they neither deadlock nor see an Owner or a last Account Admin who is not one any more.
 */
export async function lockAccountAndStanding(tx: Transaction, context: Context): Promise<Standing> {
  const { platform, workspaceId } = context.actor;
  await tx.execute(sql`
    select from account a join workspace w on w.account_id = a.id
    where w.platform = ${platform} and w.external_id = ${workspaceId} for no key update of a`);
  return lockStanding(tx, context);
}

/** The standing of the acting member for operations that only read; it locks nothing, so readers never wait. */
export function readStanding(tx: Transaction, context: Context): Promise<Standing> {
  return requireStanding(tx, context, false);
}

async function requireStanding(tx: Transaction, context: Context, lock: boolean): Promise<Standing> {
  const row = await findMember(tx, context, lock);
  if (row?.status === 'active') {
    // A foreign organization is as far away as one that does not exist.
    if (context.organizationId && row.named_id === null) throw new Refusal('organization-not-found', {});
    return standingOf(row);
  }
  const connected = await findWorkspace(tx, context.actor);
  if (connected) {
    const { account, ask } = connected;
    throw new Refusal(row ? 'not-active' : 'not-a-member', { account, ask });
  }
  throw new Refusal('workspace-not-connected', {
    mayFound: mayFound(context),
    founders: context.founders,
    platform: context.actor.platform,
  });
}

/** Whether somebody may set usher up: an address in `USHER_FOUNDERS`, and in Slack an admin of the workspace. */
export function mayFound({ actor, founders }: Pick<Context, 'actor' | 'founders'>): boolean {
  if (actor.email !== undefined && founders.includes(actor.email)) return true;
  return actor.platform === 'slack' && actor.isWorkspaceAdmin;
}

/**
 * Refuses, naming who can do it instead, unless the locked standing has the right in the organization: the one the
 * request is about, when no other is given.
 */
export async function authorize(
  tx: Transaction,
  standing: Standing,
  right: Right,
  organizationId: OrganizationId = standing.organizationId,
): Promise<void> {
  if (may(standing, right, organizationId)) return;
  const { organization, ask } = await whoMay(tx, standing.accountId, right, organizationId);
  throw notAllowed(standing, right, organization ?? standing.organization, ask);
}

/** The refusal for want of a right somewhere; for another organization than the home it says whose role it is about. */
export function notAllowed(
  { home }: Standing,
  right: Right,
  organization: string,
  ask: readonly string[],
): Refusal<'not-allowed'> {
  return new Refusal('not-allowed', { right, organization, ask, ...(home === organization ? {} : { home }) });
}

/** The organization by name, and up to three people who have a right there, the highest first. */
export async function whoMay(
  tx: Transaction,
  accountId: AccountId,
  right: Right,
  organizationId: OrganizationId,
): Promise<{ organization: string | undefined; ask: string[] }> {
  const roles = rolesWith(right);
  const able =
    roles.length > 0
      ? sql`m.organization_id = o.id and (m.id = o.owner_member_id or (m.role = 'admin' and ${roles.includes('admin')}))`
      : sql`m.account_id = o.account_id and m.account_role = 'account-admin'`;
  const rows = await tx.execute<{ organization: string; full_name: string | null }>(sql`
    select o.name as organization, m.full_name
    from organization o left join member m on m.status = 'active' and ${able}
    where o.id = ${organizationId} and o.account_id = ${accountId}
    order by m.id = o.owner_member_id desc, m.full_name limit 3`);
  return { organization: rows[0]?.organization, ask: rows.flatMap((row) => row.full_name ?? []) };
}
