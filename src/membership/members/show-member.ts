import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import {
  type AccountRole,
  type Platform,
  type RemovalReason,
  type StoredRole,
  storedRoles,
} from '../../../db/schema.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Details } from '../events.ts';
import { type Membership, readMemberships } from '../groups/show-group.ts';
import { type HeldLicense, readLicenses } from '../licenses/show-licenses.ts';
import { operation } from '../operation.ts';
import { may, type Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { findAccountAdminIds } from './account-admins.ts';
import { type KnownMember, readMembers } from './known-members.ts';
import {
  obstacleToAccountRole,
  obstacleToDetails,
  obstacleToLeaving,
  obstacleToLicense,
  obstacleToMove,
  obstacleToRemoval,
  obstacleToRole,
  obstacleToTransfer,
} from './obstacles.ts';

/** What the viewer may do with a member, for drawing buttons; every operation decides anew. */
export interface CardActions {
  /** The roles they could be given. */
  roles: StoredRole[];
  /** The account role they could be given. */
  accountRole?: AccountRole;
  transfer: boolean;
  /** Whether licences can be given to them and taken back. */
  licenses: boolean;
  /** Whether they can be added to teams and projects of the viewer. */
  groups: boolean;
  /** Whether contact details and the start date can be noted. */
  details: boolean;
  remove: boolean;
  /** Whether they can be moved to another organization, and there is one. */
  move: boolean;
  inviteBack: boolean;
  leave: boolean;
}

/** Everything usher knows of one member, and what the viewer may do with them. */
export interface MemberCard {
  member: KnownMember;
  joinedAt: Date;
  /** Seconds since they last used usher, give or take an hour. */
  lastAccessAgo: number;
  picture: string | undefined;
  timeZone: string | undefined;
  details: Details;
  invitedBy: string | undefined;
  removed: { at: Date; by: string; reason: RemovalReason } | undefined;
  /** Of the own card: whom to ask, the Owner first. */
  admins: string[] | undefined;
  /** Where they have used usher, the latest first. */
  platforms: Platform[];
  licenses: HeldLicense[];
  /** The teams and projects they are in. */
  groups: Membership[];
  actions: CardActions;
}

/** The card of a member, for those who may see the members of that organization, and of everybody for themselves. */
export function showMember(context: Context, input: { memberId: MemberId }): Promise<MemberCard> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const [member] = await readMembers(tx, standing, [input.memberId]);
      if (!member) throw new Refusal('member-not-found', {});
      const isOwn = member.id === standing.memberId;
      if (!isOwn) await authorize(tx, standing, 'see-members', member.organizationId);
      const { admins, isOneOfSeveral, ...facts } = await readFacts(tx, member.id);
      const accountAdmins = await findAccountAdminIds(tx, standing.accountId);
      const otherAdmins = accountAdmins.filter((id) => id !== member.id).length;
      return {
        member,
        ...facts,
        licenses: await readLicenses(tx, member.id),
        groups: await readMemberships(tx, member.id),
        admins: isOwn ? admins : undefined,
        actions: {
          ...actionsOn(standing, member, otherAdmins),
          move: isOneOfSeveral && !obstacleToMove(standing, member, { role: 'user' }),
        },
      };
    },
    { action: 'member.show', subject: input.memberId },
  );
}

function actionsOn(standing: Standing, member: KnownMember, otherAdmins: number): Omit<CardActions, 'move'> {
  const isOwn = member.id === standing.memberId;
  const { role, organizationId } = member;
  const other: AccountRole = member.accountRole === 'user' ? 'account-admin' : 'user';
  return {
    roles: storedRoles.filter((to) => to !== role && !obstacleToRole(standing, member, to)),
    ...(obstacleToAccountRole(standing, member, other, otherAdmins) ? {} : { accountRole: other }),
    transfer: !obstacleToTransfer(standing, member),
    licenses: !obstacleToLicense(standing, member),
    groups: isGroupable(member) && may(standing, 'manage-groups', standing.homeId),
    details: !obstacleToDetails(standing, member),
    remove: !obstacleToRemoval(standing, member),
    inviteBack: member.status === 'inactive' && may(standing, 'invite', organizationId),
    leave: isOwn && may(standing, 'leave', organizationId) && !obstacleToLeaving(standing, otherAdmins),
  };
}

/** Whoever is active, and no Billing Manager, can be in teams and projects. */
function isGroupable({ status, role }: KnownMember): boolean {
  return status === 'active' && role !== 'billing-manager';
}

async function readFacts(tx: Transaction, memberId: MemberId) {
  const [row] = await tx.execute<{
    joined_at: string;
    last_access_ago: number;
    picture_url: string | null;
    time_zone: string | null;
    phone: string | null;
    where_to_reach: string | null;
    employed_since: string | null;
    invited_by: string | null;
    removed_at: string | null;
    removed_by: string | null;
    removal_reason: RemovalReason | null;
    admins: string[];
    platforms: Platform[];
    is_one_of_several: boolean;
  }>(sql`
    select m.joined_at, extract(epoch from now() - m.last_access_at)::int as last_access_ago, m.picture_url,
      m.time_zone, m.phone, m.where_to_reach, m.employed_since::text, i.full_name as invited_by, m.removed_at, r.full_name as removed_by, m.removal_reason, array(
      select a.full_name from member a where a.organization_id = m.organization_id and a.status = 'active'
        and (a.id = o.owner_member_id or a.role = 'admin')
      order by a.id = o.owner_member_id desc, a.full_name limit 10) as admins,
      array(select c.platform from chat_identity c where c.member_id = m.id
        group by c.platform order by max(c.last_seen_at) desc) as platforms,
      exists (select from organization n where n.account_id = m.account_id and n.id <> m.organization_id)
        as is_one_of_several
    from member m join organization o on o.id = m.organization_id left join member i on i.id = m.invited_by
      left join member r on r.id = m.removed_by
    where m.id = ${memberId}`);
  const { removed_at: at, removed_by: by, removal_reason: reason } = row ?? {};
  return {
    joinedAt: new Date(row?.joined_at ?? Number.NaN),
    lastAccessAgo: row?.last_access_ago ?? 0,
    picture: row?.picture_url ?? undefined,
    timeZone: row?.time_zone ?? undefined,
    details: {
      phone: row?.phone ?? null,
      whereToReach: row?.where_to_reach ?? null,
      employedSince: row?.employed_since ?? null,
    },
    invitedBy: row?.invited_by ?? undefined,
    removed: at && by && reason ? { at: new Date(at), by, reason } : undefined,
    admins: row?.admins ?? [],
    platforms: row?.platforms ?? [],
    isOneOfSeveral: row?.is_one_of_several ?? false,
  };
}
