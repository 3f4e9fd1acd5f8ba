import type { AccountId, MemberId, OrganizationId } from '../../db/id.ts';
import type { AccountRole, StoredRole } from '../../db/schema.ts';

/** A role in an organization, the Owner's pointer read as a role. */
export type OrganizationRole = 'owner' | StoredRole;

/** Who somebody is in the account, read from rows that stay locked until the transaction ends. */
export interface Standing {
  accountId: AccountId;
  memberId: MemberId;
  organizationId: OrganizationId;
  organization: string;
  email: string;
  fullName: string;
  accountRole: AccountRole;
  role: OrganizationRole;
}

type Reach = 'all' | 'own' | 'none';

/** PRODUCT.md §3, a row a right: how far each role reaches. */
const table = {
  invite: { accountAdmin: 'all', owner: 'own', admin: 'own', 'billing-manager': 'none', user: 'none' },
  'invite-admin': {
    accountAdmin: 'all',
    owner: 'own',
    admin: 'none',
    'billing-manager': 'none',
    user: 'none',
  },
  'manage-invitations': {
    accountAdmin: 'all',
    owner: 'own',
    admin: 'own',
    'billing-manager': 'none',
    user: 'none',
  },
  'see-members': { accountAdmin: 'all', owner: 'own', admin: 'own', 'billing-manager': 'none', user: 'none' },
} as const satisfies Record<string, Record<'accountAdmin' | OrganizationRole, Reach>>;

/** Something that is allowed to some and not to others. */
export type Right = keyof typeof table;

/** Whether somebody has a right in an organization of their account: the union of all their roles decides. */
export function may(standing: Standing, right: Right, organizationId: OrganizationId): boolean {
  const reaches: Reach[] = [table[right][standing.role]];
  if (standing.accountRole === 'account-admin') reaches.push(table[right].accountAdmin);
  return reaches.some(
    (reach) => reach === 'all' || (reach === 'own' && standing.organizationId === organizationId),
  );
}

/** The organization roles that have a right, highest first: whom to ask instead. */
export function rolesWith(right: Right): OrganizationRole[] {
  return (['owner', 'admin', 'billing-manager', 'user'] as const).filter(
    (role) => table[right][role] !== 'none',
  );
}

/** The right it takes to invite somebody as this role. */
export function rightToInviteAs(role: StoredRole): Right {
  return role === 'admin' ? 'invite-admin' : 'invite';
}

/** The roles somebody may offer to others in an organization, the usual one first. */
export function invitableRoles(standing: Standing, organizationId: OrganizationId): StoredRole[] {
  return (['user', 'billing-manager', 'admin'] as const).filter((role) =>
    may(standing, rightToInviteAs(role), organizationId),
  );
}
