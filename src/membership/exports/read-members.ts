import { type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { OrganizationId } from '../../../db/id.ts';
import type { AccountRole } from '../../../db/schema.ts';
import type { OrganizationRole } from '../policy.ts';
import { accountRoleNames, roleNames } from '../refusal.ts';
import type { ExportScope } from './read-export.ts';

/** The columns of the file, in its order. */
export const memberColumns = [
  'status',
  'full_name',
  'email',
  'account_role',
  'organization',
  'organization_role',
  'teams',
  'projects',
  'licenses',
  'joined_at',
  'last_access_at',
  'invited_by',
  'removed_at',
  'removed_by',
  'reason',
] as const;

type MemberRow = Record<(typeof memberColumns)[number], string | null>;

/** How many rows are in memory at a time; two such batches are, for one is fetched while the other is used. */
const batchSize = 1_000;

/** Who is given what is read: first how many rows there are, then the rows, batch by batch; rejecting stops it. */
export interface Reading {
  begin(total: number): void;
  rows(batch: (string | null)[][]): Promise<void>;
}

/**
 * Reads the active and the removed members of a scope: by organization, the active ones by name, then the removed ones,
 * whoever joined last first. All of it is one snapshot, read through cursors: memory does not grow with the number.
 */
export function readMembers(db: Database, scope: ExportScope, reading: Reading) {
  return db.transaction(
    async (tx) => {
      // A snapshot lasts as long as the reading; a connection on which nothing moves ends all the same.
      await tx.execute(sql`set local idle_in_transaction_session_timeout = '60s'`);
      await tx.execute(sql`set local statement_timeout = '60s'`);
      const here = scope.organizationId ? sql`and o.id = ${scope.organizationId}` : sql``;
      const organizations = await tx.execute<{ id: OrganizationId; members: number }>(sql`
        select o.id, (select count(*)::int from member m where m.organization_id = o.id) as members
        from organization o where o.account_id = ${scope.accountId} ${here} order by o.name, o.id`);
      reading.begin(organizations.reduce((sum, { members }) => sum + members, 0));
      for (const { id } of organizations) {
        const ofOrganization = sql`m.organization_id = ${id}`;
        for (const which of [
          sql`where ${ofOrganization} and m.status = 'active' order by m.full_name, m.id`,
          sql`where ${ofOrganization} and m.status = 'inactive' order by m.joined_at desc, m.id desc`,
        ]) {
          for await (const batch of batchesOf(tx, selectMembers(which))) await reading.rows(batch);
        }
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** About how big the file will be: what a platform is told before there is one. */
export async function estimateBytes(
  db: Database,
  { accountId, organizationId }: ExportScope,
): Promise<number> {
  const here = organizationId ? sql`organization_id = ${organizationId}` : sql`account_id = ${accountId}`;
  const [row] = await db.execute<{ members: number }>(
    sql`select count(*)::int as members from member where ${here}`,
  );
  return 1_000 + 200 * (row?.members ?? 0);
}

/** The next batch is on its way while this one is used. */
async function* batchesOf(tx: Transaction, select: SQL): AsyncGenerator<(string | null)[][]> {
  await tx.execute(sql`declare exported no scroll cursor for ${select}`);
  // drizzle asks again each time somebody waits for what it returned: a promise of our own asks once.
  const fetch = async () => await tx.execute<MemberRow>(sql.raw(`fetch ${batchSize} from exported`));
  let next = fetch();
  for (;;) {
    const rows = await next;
    if (rows.length === batchSize) {
      next = fetch();
      // Whoever stops reading leaves it behind; its failure is that of the transaction.
      next.catch(() => {});
    }
    if (rows.length > 0) yield rows.map(cellsOf);
    if (rows.length < batchSize) break;
  }
  await tx.execute(sql`close exported`);
}

function cellsOf(row: MemberRow): (string | null)[] {
  const named: MemberRow = {
    ...row,
    account_role: accountRoleNames[row.account_role as AccountRole],
    organization_role: roleNames[row.organization_role as OrganizationRole],
  };
  return memberColumns.map((column) => named[column]);
}

const utc = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** Scalar subqueries, so that every row is looked up by index as it is read, and nothing is collected before the first. */
function selectMembers(which: SQL): SQL {
  return sql`
    select case m.status when 'active' then 'Active' else 'Removed' end as status, m.full_name, m.email, m.account_role,
      o.name as organization, case when o.owner_member_id = m.id then 'owner' else m.role end as organization_role,
      null as teams, null as projects,
      (select string_agg(d.name, '; ' order by d.name) from license_assignment a
        join license_product d on d.id = a.product_id where a.member_id = m.id) as licenses,
      ${utc('m.joined_at')} as joined_at,
      (select ${utc('max(c.last_seen_at)')} from chat_identity c where c.member_id = m.id) as last_access_at,
      (select i.email from member i where i.id = m.invited_by) as invited_by,
      ${utc('m.removed_at')} as removed_at,
      (select r.email from member r where r.id = m.removed_by) as removed_by, m.removal_reason as reason
    from member m join organization o on o.id = m.organization_id ${which}`;
}
