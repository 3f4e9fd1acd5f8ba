import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId, OrganizationId } from '../../../db/id.ts';
import type { AccountRole } from '../../../db/schema.ts';
import type { OrganizationRole, Standing } from '../policy.ts';

/** A member somebody is about to act on. */
export interface KnownMember extends Record<string, unknown> {
  id: MemberId;
  organizationId: OrganizationId;
  organization: string;
  fullName: string;
  email: string;
  accountRole: AccountRole;
  role: OrganizationRole;
  status: 'active' | 'inactive';
}

/** The most people one command takes. */
export const peopleLimit = 10_000;

/** Reads these members of the actor's account, in the order of the ids; others do not exist for anybody. */
export function readMembers(
  tx: Transaction,
  standing: Standing,
  ids: readonly MemberId[],
): Promise<KnownMember[]> {
  return selectMembers(tx, standing, ids, false);
}

/** The same, their rows locked until the transaction ends. The account has to be locked before. */
export function lockMembers(
  tx: Transaction,
  standing: Standing,
  ids: readonly MemberId[],
): Promise<KnownMember[]> {
  return selectMembers(tx, standing, ids, true);
}

async function selectMembers(
  tx: Transaction,
  { accountId }: Standing,
  ids: readonly MemberId[],
  lock: boolean,
): Promise<KnownMember[]> {
  const rows = await tx.execute<KnownMember>(sql`
    select m.id, m.organization_id as "organizationId", o.name as organization, m.full_name as "fullName", m.email,
      m.account_role as "accountRole", case when o.owner_member_id = m.id then 'owner' else m.role end as role, m.status
    from member m join organization o on o.id = m.organization_id
    where m.id = any(${sql.param(ids)}::text[]) and m.account_id = ${accountId}
    order by m.id ${lock ? sql`for update of m` : sql``}`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}
