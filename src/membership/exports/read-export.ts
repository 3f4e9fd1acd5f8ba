import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { ExportContent, ExportStatus } from '../../../db/export-schema.ts';
import type { AccountId, ExportId, MemberId, OrganizationId } from '../../../db/id.ts';
import type { AccountRole, Platform } from '../../../db/schema.ts';
import { may, type OrganizationRole, type Right, type Standing, scopeOf } from '../policy.ts';

/** Whose rows an export has: all of the account, or one organization's. */
export interface ExportScope {
  accountId: AccountId;
  organizationId?: OrganizationId;
}

/** An export, and what its requester may have by now. */
export interface Export {
  id: ExportId;
  accountId: AccountId;
  memberId: MemberId;
  /** The organization it is about: the one that was named, or the home of the requester. */
  organizationId: OrganizationId;
  email: string;
  platform: Platform;
  workspaceId: string;
  content: ExportContent;
  status: ExportStatus;
  upload: unknown;
  rows: number | null;
  offerEnded: boolean;
  /** Undefined: they may not export any more. */
  scope: ExportScope | undefined;
}

interface Row extends Omit<Export, 'scope'>, Record<string, unknown> {
  homeId: OrganizationId;
  home: string;
  organization: string;
  named: boolean;
  fullName: string;
  accountRole: AccountRole;
  role: OrganizationRole;
  isActive: boolean;
}

/** An export as it is now. */
export function readExport(db: Database | Transaction, id: ExportId): Promise<Export | undefined> {
  return select(db, id, false);
}

/** The same, it and the standing of its requester locked until the transaction ends. */
export function lockExport(tx: Transaction, id: ExportId): Promise<Export | undefined> {
  return select(tx, id, true);
}

async function select(db: Database | Transaction, id: ExportId, lock: boolean): Promise<Export | undefined> {
  const [row] = await db.execute<Row>(sql`
    select e.id, e.account_id as "accountId", e.member_id as "memberId", e.platform, e.workspace_id as "workspaceId",
      e.content, e.status, e.upload, e.rows, coalesce(e.offer_ends_at <= now(), false) as "offerEnded",
      m.email, m.full_name as "fullName", m.account_role as "accountRole", o.id as "homeId", o.name as home,
      n.id as "organizationId", n.name as organization, e.organization_id is not null as named,
      case when o.owner_member_id = m.id then 'owner' else m.role end as role, m.status = 'active' as "isActive"
    from export_request e join member m on m.id = e.member_id join organization o on o.id = m.organization_id
      join organization n on n.id = coalesce(e.organization_id, o.id)
    where e.id = ${id} ${lock ? sql`for update of e for share of m, o` : sql``}`);
  if (!row) return undefined;
  const { isActive, ...found } = row;
  return { ...found, scope: isActive ? scopeFor(found, found.content) : undefined };
}

function scopeFor(standing: Standing, content: ExportContent): ExportScope | undefined {
  const right = rightToExport[content];
  if (!may(standing, right, standing.organizationId)) return undefined;
  const organizationId = scopeOf(standing, right);
  return { accountId: standing.accountId, ...(organizationId ? { organizationId } : {}) };
}

/** The right it takes to have this as a file. */
export const rightToExport = { members: 'export', audit: 'read-audit' } as const satisfies Record<
  ExportContent,
  Right
>;

/** Whether what was collected is exactly what may be had. */
export function isSameScope(one: ExportScope | undefined, other: ExportScope): boolean {
  return one?.accountId === other.accountId && one.organizationId === other.organizationId;
}
