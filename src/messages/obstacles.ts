import { topRole } from '../membership/groups/group.ts';
import type { Obstacle } from '../membership/members/obstacles.ts';
import { type Right, rolesWith } from '../membership/policy.ts';
import { groupRoleNames, roleNames } from '../membership/refusal.ts';
import { list, oneLine, quoted, upTo } from './words.ts';

/** Why one person of many is left out, in half a sentence for their line. */
export function whyNot(obstacle: Obstacle): string {
  switch (obstacle.code) {
    case 'not-allowed':
      return `only ${whoever(obstacle.right)} may do this`;
    case 'is-the-owner':
      return 'the Owner hands over the ownership first';
    case 'own-role-upwards':
      return 'nobody gives themselves a higher role';
    case 'is-account-admin':
      return 'is Account Admin; only another Account Admin may do this';
    case 'last-account-admin':
      return 'is the last Account Admin, and there is always one';
    case 'not-an-active-member':
      return 'is not an active member any more';
    case 'not-of-the-organization':
      return 'is a member of another organization; a team has members of its own only, a project takes anybody';
    case 'is-billing-manager':
      return 'is Billing Manager, and a Billing Manager is in no team or project';
    case 'higher-in-group':
      return `is above you in ${oneLine(obstacle.group, 60)}, or would be`;
    case 'last-in-group':
      return `is the last ${groupRoleNames[topRole[obstacle.kind]]} of ${oneLine(obstacle.group, 60)}`;
    case 'removing-yourself':
      return 'that is you; type /usher leave instead';
    case 'in-another-organization':
      return 'is a member of another organization';
    case 'is-there-already':
      return 'is a member there already';
    case 'source-of-another-organization':
      return 'the seats are dedicated to another organization';
  }
}

function whoever(right: Right): string {
  const roles = rolesWith(right).map((role) => (role === 'owner' ? 'the Owner' : `an ${roleNames[role]}`));
  return list([...roles, 'an Account Admin'], 'or');
}

/** A line about what was typed and means nobody; none when everything meant somebody. */
export function unknownLine(unknown: readonly string[]): string[] {
  if (unknown.length === 0) return [];
  const { shown, more } = upTo(unknown, 5);
  const texts = shown.map((text) => `${quoted(text, 40)}`);
  return [`Nobody was found for ${list([...texts, ...(more > 0 ? [`${more} more`] : [])], 'or')}.`];
}
