import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import type { RemovalReason } from '../../../db/schema.ts';
import { type LeftGroup, leaving, membershipsByMember, whatWasLeft } from '../groups/leave-groups.ts';
import { happened, type LockedInvitation } from '../invitations/lock-invitations.ts';
import { freeSeats } from '../licenses/seats.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import type { KnownMember } from './known-members.ts';

/** What goes with a member who goes; shown before it happens. */
export interface Consequences {
  /** The pending invitations they sent, which are revoked: how many, and the addresses of the first three. */
  invitations: { count: number; emails: string[] };
  /** The products whose seats become free, and how many machines are forgotten with them. */
  licenses: string[];
  machines: number;
  /** The teams and projects they leave; those with an heir pass to them. */
  groups: LeftGroup[];
}

/** Of somebody who takes nothing with them. */
export const noConsequences: Consequences = {
  invitations: { count: 0, emails: [] },
  licenses: [],
  machines: 0,
  groups: [],
};

/** What the removal of each of these members would take with it; one statement for any number of them. */
export async function findConsequences(
  tx: Transaction,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, Consequences>> {
  const rows = await tx.execute<{
    id: MemberId;
    count: number;
    emails: string[];
    licenses: string[];
    machines: number;
    groups: LeftGroup[];
  }>(sql`
    with asked as (select * from unnest(${sql.param(memberIds)}::text[]) as t (id)),
    -- Each table is read once for all of them: statistics that know nothing yet would have it read for each.
    sent as materialized (
      select invited_by as id, count(*)::int, (array_agg(email order by email))[:3] as emails
      from invitation where status = 'pending' and invited_by = any(${sql.param(memberIds)}::text[]) group by 1),
    held as materialized (
      select a.member_id as id, array_agg(d.name order by d.name) as licenses
      from license_assignment a join license_product d on d.id = a.product_id
      where a.member_id = any(${sql.param(memberIds)}::text[]) group by 1),
    known as materialized (
      select member_id as id, count(*)::int as machines
      from registered_machine where member_id = any(${sql.param(memberIds)}::text[]) group by 1),
    ${membershipsByMember(memberIds)}
    select id, coalesce(count, 0) as count, coalesce(emails, '{}') as emails, coalesce(licenses, '{}') as licenses,
      coalesce(machines, 0) as machines, coalesce(memberships.groups, '[]') as groups
    from asked left join sent using (id) left join held using (id) left join known using (id)
      left join memberships using (id)`);
  return new Map(
    rows.map(({ id, count, emails, ...licensed }) => [id, { invitations: { count, emails }, ...licensed }]),
  );
}

/** What the first statement of closing a member has done. */
interface Closed extends Record<string, unknown> {
  revoked: Pick<LockedInvitation, 'id' | 'account_id' | 'organization_id' | 'batch_id' | 'email'>[];
  left: LeftGroup[];
}

/**
 * Closes everything for a locked member: their standing, what they had prepared, the invitations they sent, their teams
 * and projects, their seats and machines. Everybody's copies of those invitations are drawn anew. What they did stays on record.
 */
export async function closeMember(
  tx: Transaction,
  standing: Standing,
  member: Pick<KnownMember, 'id' | 'organizationId'>,
  reason: RemovalReason,
): Promise<{ revoked: number; licenses: number }> {
  const [closed] = await tx.execute<Closed>(sql`
    with closed as (
      update member set status = 'inactive', removed_at = now(), removed_by = ${standing.memberId},
        removal_reason = ${reason} where id = ${member.id}),
    forgotten as (delete from draft where member_id = ${member.id}),
    sent as (
      select id from invitation where invited_by = ${member.id} and status = 'pending' order by id for update),
    revoked as (
      update invitation i set status = 'revoked', decided_at = now() where i.id = any(array(select id from sent))
      returning i.id, i.account_id, i.organization_id, i.batch_id, i.email),
    ${leaving([member.id])}
    select (select coalesce(jsonb_agg(r), '[]') from revoked r) as revoked,
      (select coalesce(jsonb_agg(g), '[]') from left_groups g) as left`);
  const { revoked = [], left = [] } = closed ?? {};
  const freed = await freeSeats(tx, { memberIds: [member.id], invitationIds: revoked.map(({ id }) => id) });
  const licenses = freed.flatMap(({ memberId, productId }) => (memberId ? [productId] : []));
  await record(tx, [
    {
      accountId: standing.accountId,
      organizationId: member.organizationId,
      actorMemberId: standing.memberId,
      event: {
        ...{ name: 'member.removed', memberId: member.id, reason },
        ...(licenses.length > 0 ? { licenses } : {}),
      },
    },
    ...whatWasLeft(standing, left),
    ...revoked.map((invitation) => happened(invitation, standing.memberId, 'invitation.revoked')),
  ]);
  return { revoked: revoked.length, licenses: licenses.length };
}
