import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { BatchId, InvitationId, OrganizationId } from '../../../db/id.ts';
import type { DeliveryState, InvitationStatus, StoredRole } from '../../../db/schema.ts';
import type { Membership } from '../groups/show-group.ts';
import type { Refusals } from '../refusal.ts';

/** Everything there is to say about one invitation. */
export interface InvitationFacts {
  id: InvitationId;
  batchId: BatchId;
  accountId: string;
  organizationId: OrganizationId;
  organization: string;
  email: string;
  role: StoredRole;
  /** The products it brings licences of, by name. */
  licenses: string[];
  /** The teams and projects it brings, those in use, and the role in each. */
  groups: Pick<Membership, 'kind' | 'name' | 'role'>[];
  personalLine: string | undefined;
  status: InvitationStatus;
  generation: number;
  delivery: DeliveryState;
  expiresAt: Date;
  expired: boolean;
  /** The invitee has asked for a new link in place of this one. */
  asked: boolean;
  inviter: { name: string; email: string };
  /** Who can help with it: the inviter, or the organization's Owner once they have gone. */
  contact: string;
}

/** Reads invitations with the names that belong to them; nothing is locked. */
export async function findInvitations(
  db: Database | Transaction,
  where: { ids: readonly InvitationId[] } | { pendingFor: string; accountId: string },
): Promise<InvitationFacts[]> {
  const condition =
    'ids' in where
      ? sql`i.id = any(${sql.param(where.ids)}::text[])`
      : sql`i.account_id = ${where.accountId} and i.email = ${where.pendingFor} and i.status = 'pending'`;
  const rows = await db.execute<Record<string, never>>(sql`
    select i.id, i.batch_id as "batchId", i.account_id as "accountId", i.organization_id as "organizationId",
      o.name as organization, i.email, i.role, i.personal_line as "personalLine", i.status, i.generation, i.delivery,
      i.expires_at as "expiresAt", i.expires_at <= now() as expired,
      i.requested_generation = i.generation as asked,
      array(select d.name from invitation_license l join license_product d on d.id = l.product_id
        where l.invitation_id = i.id order by d.name) as licenses,
      array(
        select jsonb_build_object('kind', 'team', 'name', t.name, 'role', l.role)
        from invitation_team l join team t on t.id = l.team_id
        where l.invitation_id = i.id and t.archived_at is null order by t.name)
      || array(
        select jsonb_build_object('kind', 'project', 'name', p.name, 'role', l.role)
        from invitation_project l join project p on p.id = l.project_id
        where l.invitation_id = i.id and p.archived_at is null order by p.name) as groups,
      jsonb_build_object('name', m.full_name, 'email', m.email) as inviter,
      case when m.status = 'active' then m.full_name else w.full_name end as contact
    from invitation i join organization o on o.id = i.organization_id join member m on m.id = i.invited_by
      join member w on w.id = o.owner_member_id
    where ${condition} order by i.id`);
  return rows.map((row) => ({
    ...(row as unknown as InvitationFacts),
    personalLine: row.personalLine ?? undefined,
    expiresAt: new Date(row.expiresAt ?? Number.NaN),
  }));
}

/** Why an invitation, or the link of this generation, can no longer be answered; undefined while it can. */
export function whyNotValid(
  invitation: InvitationFacts | undefined,
  generation: number,
): Refusals['invitation-not-valid'] | undefined {
  if (!invitation) return { reason: 'unknown' };
  const reason =
    invitation.status !== 'pending'
      ? invitation.status
      : invitation.generation !== generation
        ? 'replaced'
        : invitation.expired
          ? 'expired'
          : undefined;
  if (reason === undefined) return undefined;
  return {
    reason,
    organization: invitation.organization,
    contact: invitation.contact,
    invitationId: invitation.id,
  };
}
