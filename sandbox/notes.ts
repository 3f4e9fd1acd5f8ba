import { sql } from 'drizzle-orm';
import type { Database } from '../db/connect.ts';
import type { InvitationStatus, StoredRole } from '../db/schema.ts';
import { roleNames } from '../src/membership/refusal.ts';

type MemberRow = { email: string; role: StoredRole | 'owner'; organization: string };
type InvitationRow = { email: string; status: InvitationStatus; expired: boolean };

const answers: Record<InvitationStatus, string> = {
  pending: 'Invited, no answer yet',
  accepted: 'Has left',
  declined: 'Declined',
  revoked: 'Invitation taken back',
};

/** How each person stands with usher just now, in a few words, by e-mail address; strangers are left out. */
export async function readNotes(db: Database): Promise<Record<string, string>> {
  const members = await db.execute<MemberRow>(sql`
    select m.email, o.name as organization, case when o.owner_member_id = m.id then 'owner' else m.role end as role
    from member m join organization o on o.id = m.organization_id where m.status = 'active'`);
  const invitations = await db.execute<InvitationRow>(sql`
    select distinct on (email) email, status, expires_at <= now() as expired
    from invitation order by email, sent_at desc`);
  return Object.fromEntries([
    ...invitations.map((row) => [row.email, noteOnInvitation(row)]),
    ...members.map((row) => [row.email, noteOnMember(row)]),
  ]);
}

function noteOnMember({ role, organization }: MemberRow): string {
  return `${role === 'user' ? 'Member' : roleNames[role]} of ${organization}`;
}

function noteOnInvitation({ status, expired }: InvitationRow): string {
  return status === 'pending' && expired ? 'Invitation ran out' : answers[status];
}
