import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId, OrganizationId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import { type GroupKind, groupKinds } from '../groups/group.ts';
import { type LeftGroup, leaving, membershipsByMember, whatWasLeft } from '../groups/leave-groups.ts';
import { happened, type LockedInvitation } from '../invitations/lock-invitations.ts';
import { freeSeats } from '../licenses/seats.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import type { KnownMember } from './known-members.ts';

/** Where somebody moves, and what they are there. */
export interface Destination {
  organizationId: OrganizationId;
  role: StoredRole;
}

/** What a move does to what somebody has; shown before it happens. */
export interface MoveConsequences extends Record<string, unknown> {
  /** The products whose seats are of the old organization alone, and become free with the machines on them. */
  freed: string[];
  machines: number;
  /** The products they keep: their seats are of the account. */
  kept: string[];
  /** The pending invitations they sent, which stay open: they are offers of the organization. */
  invitations: number;
  /** The teams they leave, as Billing Manager the projects too; those with an heir pass to them. */
  groups: LeftGroup[];
}

/** Of somebody who has nothing. */
export const nothingMoves: MoveConsequences = {
  freed: [],
  machines: 0,
  kept: [],
  invitations: 0,
  groups: [],
};

/** What moving each of them would do, to an organization or to a new one; one statement for any number of them. */
export async function findMoveConsequences(
  tx: Transaction,
  memberIds: readonly MemberId[],
  { organizationId, role }: Partial<Destination> = {},
): Promise<Map<MemberId, MoveConsequences>> {
  const rows = await tx.execute<MoveConsequences & { id: MemberId }>(sql`
    with held as (
      select a.member_id, a.product_id, d.name, coalesce(p.organization_id = ${organizationId ?? null}::text, p.organization_id is null) as kept
      from license_assignment a join license_pool p on p.id = a.pool_id join license_product d on d.id = a.product_id
      where a.member_id = any(${sql.param(memberIds)}::text[])),
    ${membershipsByMember(memberIds, leftBy(role))}
    select t.id, array(select name from held where member_id = t.id and not kept order by name) as freed,
      array(select name from held where member_id = t.id and kept order by name) as kept,
      (select count(*)::int from registered_machine r join held h using (member_id, product_id)
        where r.member_id = t.id and not h.kept) as machines,
      (select count(*)::int from invitation i where i.invited_by = t.id and i.status = 'pending') as invitations,
      coalesce(memberships.groups, '[]') as groups
    from unnest(${sql.param(memberIds)}::text[]) as t (id) left join memberships using (id)`);
  return new Map(rows.map(({ id, ...consequences }) => [id, consequences]));
}

/** Teams have members of their organization; a Billing Manager is in no project either. */
function leftBy(role: StoredRole | undefined): readonly GroupKind[] {
  return role === 'billing-manager' ? groupKinds : ['team'];
}

/** What the first statement of a move has done. */
interface Moved extends Record<string, unknown> {
  moot: Pick<LockedInvitation, 'id' | 'account_id' | 'organization_id' | 'batch_id' | 'email'>[];
  left: LeftGroup[];
}

/**
 * Moves a locked member: from this commit on they are at home in the other organization. Seats of the old one alone are
 * free again, its teams are left; an open invitation of theirs to the new one has become pointless and is revoked.
 */
export async function moveMember(
  tx: Transaction,
  standing: Standing,
  member: KnownMember,
  { organizationId: to, role }: Destination,
): Promise<{ freed: number }> {
  const [moved] = await tx.execute<Moved>(sql`
    with moved as (update member set organization_id = ${to}, role = ${role} where id = ${member.id}),
    seated as (update license_assignment set organization_id = ${to} where member_id = ${member.id}),
    moot as (
      update invitation i set status = 'revoked', decided_at = now()
      where i.account_id = ${standing.accountId} and i.email = ${member.email} and i.organization_id = ${to}
        and i.status = 'pending'
      returning i.id, i.account_id, i.organization_id, i.batch_id, i.email),
    ${leaving([member.id], leftBy(role))}
    select (select coalesce(jsonb_agg(m), '[]') from moot m) as moot,
      (select coalesce(jsonb_agg(g), '[]') from left_groups g) as left`);
  const { moot = [], left = [] } = moved ?? {};
  const seats = await freeSeats(tx, {
    ...{ memberIds: [member.id], keptIn: to },
    invitationIds: moot.map(({ id }) => id),
  });
  const licenses = seats.flatMap(({ memberId, productId }) => (memberId ? [productId] : []));
  const { id: memberId, organizationId: from } = member;
  const by = { accountId: standing.accountId, actorMemberId: standing.memberId };
  const freed = licenses.length > 0 ? { licenses } : {};
  await record(tx, [
    { ...by, organizationId: from, event: { name: 'member.moved', memberId, from, to, role, ...freed } },
    { ...by, organizationId: to, event: { name: 'member.arrived', memberId, from, role } },
    ...whatWasLeft(standing, left),
    ...moot.map((invitation) => happened(invitation, standing.memberId, 'invitation.revoked')),
  ]);
  return { freed: licenses.length };
}
