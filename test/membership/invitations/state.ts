import type postgres from 'postgres';
import type { JoinLinkClaim } from '../../../src/membership/invitations/join-link.ts';

/** Where an invitation stands: its row, the members made by it, and the answers on record. */
export async function stateOf(sql: postgres.Sql, { invitationId }: JoinLinkClaim) {
  const [row] = await sql`
    select i.status, (select count(*)::int from member m where m.id = i.member_id and m.status = 'active') as members,
      (select count(*)::int from audit_event a where a.subject = i.id and a.refusal is null
        and a.action in ('invitation.accepted', 'invitation.declined', 'invitation.revoked')) as answers
    from invitation i where i.id = ${invitationId}`;
  return { status: row?.status, members: row?.members, answers: row?.answers };
}
