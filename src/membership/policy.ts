import type { AccountId, MemberId, OrganizationId } from '../../db/id.ts';
import { type AccountRole, type StoredRole, storedRoles } from '../../db/schema.ts';

/** A role in an organization, the Owner's pointer read as a role. */
export type OrganizationRole = 'owner' | StoredRole;

/** Who somebody is in the account, read from rows that stay locked until the transaction ends. */
export interface Standing {
  accountId: AccountId;
  memberId: MemberId;
  /** The home organization: `role` is held there, and nowhere else. */
  homeId: OrganizationId;
  home: string;
  /** The organization the request is about: the one that was `named`, or else the home. It gives no rights. */
  organizationId: OrganizationId;
  organization: string;
  named: boolean;
  email: string;
  fullName: string;
  accountRole: AccountRole;
  role: OrganizationRole;
}

/** How far a role reaches: every organization of the account, the own one, or none. */
type Reach = 'all' | 'own' | 'none';

const columns = ['accountAdmin', 'owner', 'admin', 'billing-manager', 'user'] as const;
type Column = (typeof columns)[number];

/** PRODUCT.md §3, a row a right, in the order of `columns`: how far each role reaches. */
const table = {
  invite: ['all', 'own', 'own', 'none', 'none'],
  'invite-admin': ['all', 'own', 'none', 'none', 'none'],
  'manage-invitations': ['all', 'own', 'own', 'none', 'none'],
  'see-members': ['all', 'own', 'own', 'none', 'none'],
  export: ['all', 'own', 'own', 'none', 'none'],
  'change-role': ['all', 'own', 'own', 'none', 'none'],
  'grant-admin': ['all', 'own', 'none', 'none', 'none'],
  remove: ['all', 'own', 'own', 'none', 'none'],
  'remove-admin': ['all', 'own', 'none', 'none', 'none'],
  transfer: ['none', 'own', 'none', 'none', 'none'],
  'grant-account-admin': ['all', 'none', 'none', 'none', 'none'],
  'manage-organizations': ['all', 'none', 'none', 'none', 'none'],
  'move-members': ['all', 'none', 'none', 'none', 'none'],
  'see-licenses': ['all', 'own', 'own', 'own', 'none'],
  'assign-licenses': ['all', 'own', 'own', 'none', 'none'],
  // Of their own teams and projects the Owners and Admins of them do the same: `groups/group.ts`.
  'manage-groups': ['all', 'own', 'own', 'none', 'none'],
  // The totals of an organization's own pools, within what the account has.
  'dedicate-seats': ['all', 'own', 'none', 'own', 'none'],
  // The account's totals and the catalogue, which all its organizations share.
  'manage-subscription': ['all', 'none', 'none', 'none', 'none'],
  settings: ['all', 'own', 'own', 'none', 'none'],
  'edit-details': ['all', 'own', 'own', 'none', 'none'],
  'read-audit': ['all', 'own', 'own', 'none', 'none'],
  // An Account Admin leaves by their role in the organization, too.
  leave: ['none', 'none', 'own', 'own', 'own'],
} as const satisfies Record<string, readonly [Reach, Reach, Reach, Reach, Reach]>;

/** Something that is allowed to some and not to others. */
export type Right = keyof typeof table;

function reachOf(right: Right, column: Column): Reach {
  return table[right][columns.indexOf(column)] ?? 'none';
}

/** How far a right of somebody reaches: the union of all their roles decides. */
export function reach(standing: Standing, right: Right): Reach {
  const reaches = [reachOf(right, standing.role)];
  if (standing.accountRole === 'account-admin') reaches.push(reachOf(right, 'accountAdmin'));
  return (['all', 'own'] as const).find((far) => reaches.includes(far)) ?? 'none';
}

/** Whether somebody has a right in an organization of their account. */
export function may(standing: Standing, right: Right, organizationId: OrganizationId): boolean {
  const far = reach(standing, right);
  return far === 'all' || (far === 'own' && standing.homeId === organizationId);
}

/** The one organization in which somebody looks for things they have a right to; none: in all of the account. */
export function scopeOf(standing: Standing, right: Right): OrganizationId | undefined {
  return !standing.named && reach(standing, right) === 'all' ? undefined : standing.organizationId;
}

/** The organization roles that have a right, highest first: whom to ask instead. None: the Account Admins. */
export function rolesWith(right: Right): OrganizationRole[] {
  return rolesByRank.filter((role) => reachOf(right, role) !== 'none');
}

/** The right it takes to invite somebody as this role. */
export function rightToInviteAs(role: StoredRole): Right {
  return role === 'admin' ? 'invite-admin' : 'invite';
}

/** The roles somebody may offer to others in an organization, the usual one first. */
export function invitableRoles(standing: Standing, organizationId: OrganizationId): StoredRole[] {
  return storedRoles.toReversed().filter((role) => may(standing, rightToInviteAs(role), organizationId));
}

/** The right it takes to change one stored role into another. */
export function rightToChange(from: StoredRole, to: StoredRole): Right {
  return from === 'admin' || to === 'admin' ? 'grant-admin' : 'change-role';
}

/** The right it takes to remove somebody with this role. */
export function rightToRemove(role: StoredRole): Right {
  return role === 'admin' ? 'remove-admin' : 'remove';
}

/** Highest first. */
const rolesByRank: readonly OrganizationRole[] = ['owner', ...storedRoles];

/** Whether one organization role is above another. */
export function isAbove(role: OrganizationRole, other: OrganizationRole): boolean {
  return rolesByRank.indexOf(role) < rolesByRank.indexOf(other);
}
