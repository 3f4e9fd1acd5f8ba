import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import type { InvitationId, OrganizationId } from '../../../db/id.ts';
import { Refusal } from '../refusal.ts';
import { findInvitations, type InvitationFacts } from './find-invitation.ts';

/** An invitation and the admins of its organization, the Owner first: what its message shows after an answer. */
export async function showAnswered(
  db: Database,
  invitationId: InvitationId,
): Promise<{ invitation: InvitationFacts; admins: string[] }> {
  const [invitation] = await findInvitations(db, { ids: [invitationId] });
  if (!invitation) throw new Refusal('invitation-not-found', {});
  const admins = await findAdmins(db, invitation.organizationId);
  return { invitation, admins: admins.map((admin) => admin.fullName) };
}

export interface Admin extends Record<string, unknown> {
  fullName: string;
  email: string;
}

/** The Owner, then the Admins of an organization by name; at most ten. */
export function findAdmins(db: Database, organizationId: OrganizationId): Promise<Admin[]> {
  return db.execute<Admin>(sql`
    select m.full_name as "fullName", m.email from member m join organization o on o.id = m.organization_id
    where o.id = ${organizationId} and m.status = 'active' and (m.id = o.owner_member_id or m.role = 'admin')
    order by m.id = o.owner_member_id desc, m.full_name limit 10`) as Promise<Admin[]>;
}
