import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import type { OrganizationId } from '../../../db/id.ts';
import type { AccountRole } from '../../../db/schema.ts';
import type { OrganizationRole } from '../policy.ts';
import { accountRoleNames, roleNames } from '../refusal.ts';
import type { ExportScope } from './read-export.ts';
import { batchesOf, inSnapshot } from './snapshot.ts';

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

/** Who is given what is read: first how many rows there are, then the rows, batch by batch; rejecting stops it. */
export interface Reading {
  begin(total: number): void;
  rows(batch: (string | null)[][]): Promise<void>;
}

/**
 * Reads the active and the removed members of a scope: by organization, the active ones by name, then the removed ones,
 * whoever joined last first. All of it is one snapshot, read through cursors: memory does not grow with the number.
 */
export function readMembers(db: Database, scope: ExportScope, reading: Reading): Promise<void> {
  return inSnapshot(db, async (tx) => {
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
        for await (const batch of batchesOf<MemberRow>(tx, selectMembers(which))) {
          await reading.rows(batch.map(cellsOf));
        }
      }
    }
  });
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
      (select string_agg(t.name, '; ' order by t.name) from team_member i join team t on t.id = i.team_id
        where i.member_id = m.id and t.archived_at is null) as teams,
      (select string_agg(p.name, '; ' order by p.name) from project_member i join project p on p.id = i.project_id
        where i.member_id = m.id and p.archived_at is null) as projects,
      (select string_agg(d.name, '; ' order by d.name) from license_assignment a
        join license_product d on d.id = a.product_id where a.member_id = m.id) as licenses,
      ${utc('m.joined_at')} as joined_at,
      ${utc('m.last_access_at')} as last_access_at,
      (select i.email from member i where i.id = m.invited_by) as invited_by,
      ${utc('m.removed_at')} as removed_at,
      (select r.email from member r where r.id = m.removed_by) as removed_by, m.removal_reason as reason
    from member m join organization o on o.id = m.organization_id ${which}`;
}
