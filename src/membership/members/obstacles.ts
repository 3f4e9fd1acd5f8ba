import type { Transaction } from '../../../db/connect.ts';
import type { OrganizationId } from '../../../db/id.ts';
import type { AccountRole, StoredRole } from '../../../db/schema.ts';
import { notAllowed, whoMay } from '../actor.ts';
import type { GroupKind } from '../groups/group.ts';
import { isAbove, may, type Right, rightToChange, rightToRemove, type Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { KnownMember } from './known-members.ts';

/** Why somebody may not do something to a member, as data that can be kept and put into words. */
export type Obstacle =
  | { code: 'not-allowed'; right: Right }
  | { code: 'not-of-the-organization'; group: string; organizationId: OrganizationId; organization: string }
  | { code: 'higher-in-group'; group: string; organizationId: OrganizationId }
  | { code: 'last-in-group'; kind: GroupKind; group: string }
  | {
      code:
        | 'is-the-owner'
        | 'own-role-upwards'
        | 'is-account-admin'
        | 'last-account-admin'
        | 'not-an-active-member'
        | 'is-billing-manager'
        | 'removing-yourself'
        | 'in-another-organization'
        | 'is-there-already'
        | 'source-of-another-organization';
    };

/** What stands in the way of giving somebody this organization role; undefined when nothing does. */
export function obstacleToRole(
  standing: Standing,
  member: KnownMember,
  role: StoredRole,
): Obstacle | undefined {
  const lacking = lacks(standing, member, 'change-role');
  if (lacking) return lacking;
  if (member.status !== 'active') return { code: 'not-an-active-member' };
  if (member.role === 'owner') return { code: 'is-the-owner' };
  if (member.id === standing.memberId && isAbove(role, member.role)) return { code: 'own-role-upwards' };
  return isOutranked(standing, member) ?? lacks(standing, member, rightToChange(member.role, role));
}

/** What stands in the way of removing somebody. Whoever goes by themselves leaves instead. */
export function obstacleToRemoval(standing: Standing, member: KnownMember): Obstacle | undefined {
  const lacking = lacks(standing, member, 'remove');
  if (lacking) return lacking;
  if (member.status !== 'active') return { code: 'not-an-active-member' };
  if (member.role === 'owner') return { code: 'is-the-owner' };
  if (member.id === standing.memberId) return { code: 'removing-yourself' };
  return isOutranked(standing, member) ?? lacks(standing, member, rightToRemove(member.role));
}

/** What stands in the way of leaving. `otherAdmins` are the active Account Admins beside them. */
export function obstacleToLeaving(
  { role, accountRole }: Standing,
  otherAdmins: number,
): Obstacle | undefined {
  if (role === 'owner') return { code: 'is-the-owner' };
  return accountRole === 'account-admin' && otherAdmins === 0 ? { code: 'last-account-admin' } : undefined;
}

/** What stands in the way of giving or taking the account role. `otherAdmins` are those who would keep it. */
export function obstacleToAccountRole(
  standing: Standing,
  member: KnownMember,
  role: AccountRole,
  otherAdmins: number,
): Obstacle | undefined {
  const lacking = lacks(standing, member, 'grant-account-admin');
  if (lacking) return lacking;
  if (member.status !== 'active') return { code: 'not-an-active-member' };
  const isTaken = role === 'user' && member.accountRole === 'account-admin';
  return isTaken && otherAdmins === 0 ? { code: 'last-account-admin' } : undefined;
}

/** What stands in the way of making somebody the Owner in the actor's place. */
export function obstacleToTransfer(standing: Standing, member: KnownMember): Obstacle | undefined {
  if (!may(standing, 'transfer', standing.homeId)) return { code: 'not-allowed', right: 'transfer' };
  if (member.status !== 'active') return { code: 'not-an-active-member' };
  if (member.organizationId !== standing.homeId) return { code: 'in-another-organization' };
  return member.id === standing.memberId ? { code: 'is-the-owner' } : undefined;
}

/** What stands in the way of moving somebody to another organization, or to any while none has been named yet. */
export function obstacleToMove(
  standing: Standing,
  member: KnownMember,
  { organizationId, role }: { organizationId?: OrganizationId; role: StoredRole },
): Obstacle | undefined {
  const lacking = lacks(standing, member, 'move-members');
  if (lacking) return lacking;
  if (member.status !== 'active') return { code: 'not-an-active-member' };
  if (member.role === 'owner') return { code: 'is-the-owner' };
  if (member.organizationId === organizationId) return { code: 'is-there-already' };
  const isUpwards = member.id === standing.memberId && isAbove(role, member.role);
  return isUpwards ? { code: 'own-role-upwards' } : undefined;
}

/** What stands in the way of making somebody the Owner of a new organization, to which they move. */
export function obstacleToOwning(standing: Standing, member: KnownMember): Obstacle | undefined {
  const obstacle = obstacleToMove(standing, member, { role: 'admin' });
  // Also of who is Admin already: an Owner is above.
  return !obstacle && member.id === standing.memberId ? { code: 'own-role-upwards' } : obstacle;
}

/** What stands in the way of giving somebody a licence, or taking one back. */
export function obstacleToLicense(standing: Standing, member: KnownMember): Obstacle | undefined {
  const lacking = lacks(standing, member, 'assign-licenses');
  if (lacking) return lacking;
  return member.status === 'active' ? undefined : { code: 'not-an-active-member' };
}

/** What stands in the way of noting how to reach somebody and since when they are employed; that is no rank. */
export function obstacleToDetails(standing: Standing, member: KnownMember): Obstacle | undefined {
  const lacking = lacks(standing, member, 'edit-details');
  if (lacking) return lacking;
  return member.status === 'active' ? undefined : { code: 'not-an-active-member' };
}

function lacks(standing: Standing, { organizationId }: KnownMember, right: Right): Obstacle | undefined {
  return may(standing, right, organizationId) ? undefined : { code: 'not-allowed', right };
}

/** A lower role does not act on a higher one, and Account Admin is above every role of an organization. */
function isOutranked(standing: Standing, member: KnownMember): Obstacle | undefined {
  const isHigher = member.accountRole === 'account-admin' && standing.accountRole !== 'account-admin';
  return isHigher ? { code: 'is-account-admin' } : undefined;
}

/** The refusal to throw because of an obstacle, with the names its sentence needs. */
export async function refusalFor(
  tx: Transaction,
  standing: Standing,
  member: Pick<KnownMember, 'id' | 'fullName' | 'organizationId' | 'organization'>,
  obstacle: Obstacle,
): Promise<Refusal> {
  const { fullName: name, organization } = member;
  const you = member.id === standing.memberId;
  switch (obstacle.code) {
    case 'not-allowed': {
      const organizationId = obstacle.right === 'transfer' ? standing.homeId : member.organizationId;
      const who = await whoMay(tx, standing.accountId, obstacle.right, organizationId);
      return notAllowed(standing, obstacle.right, who.organization ?? organization, who.ask);
    }
    case 'is-account-admin': {
      const { ask } = await whoMay(tx, standing.accountId, 'grant-account-admin', member.organizationId);
      return new Refusal('is-account-admin', { name, ask });
    }
    case 'is-the-owner':
      return new Refusal('is-the-owner', { name, organization, you });
    case 'last-account-admin':
      return new Refusal('last-account-admin', { name, you });
    case 'not-an-active-member':
      return new Refusal('not-an-active-member', { name, organization });
    case 'in-another-organization':
      return new Refusal('in-another-organization', {
        name,
        organization: standing.home,
        home: organization,
      });
    case 'not-of-the-organization': {
      const { group, organization: home, organizationId } = obstacle;
      const { ask } = await whoMay(tx, standing.accountId, 'grant-account-admin', organizationId);
      return new Refusal(obstacle.code, { name, group, organization: home, ask });
    }
    case 'higher-in-group': {
      const { group, organizationId } = obstacle;
      const { ask } = await whoMay(tx, standing.accountId, 'manage-groups', organizationId);
      return new Refusal(obstacle.code, { name, group, ask });
    }
    case 'last-in-group':
      return new Refusal(obstacle.code, { name, kind: obstacle.kind, group: obstacle.group });
    case 'is-billing-manager':
      return new Refusal(obstacle.code, { name });
    case 'is-there-already':
    case 'source-of-another-organization':
      return new Refusal(obstacle.code, { name, organization });
    case 'own-role-upwards':
    case 'removing-yourself':
      return new Refusal(obstacle.code, {});
  }
}
