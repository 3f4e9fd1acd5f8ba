import { inviteMembers } from '../src/membership/invitations/invite-members.ts';
import { inviteByHand } from './floor.ts';
import type { Ground } from './ground.ts';
import type { Side } from './rounds.ts';
import { contextOf, newAddresses, type Organization, seedOrganization } from './seed.ts';

let made = 0;

/** An organization in which nobody is pending. */
function newOrganization(ground: Ground): Promise<Organization> {
  return seedOrganization(ground, `fresh-${++made}`);
}

/** usher invites so many new addresses in one step: to a new organization each round, unless one is given. */
export function usherInvites(ground: Ground, addresses: number, given?: Organization): Side {
  return async () => {
    const { owner } = given ?? (await newOrganization(ground));
    const context = contextOf(ground, owner);
    return () => inviteMembers(context, { emails: newAddresses(addresses), role: 'user' });
  };
}

/** The same by hand. */
export function floorInvites(ground: Ground, addresses: number): Side {
  return async () => {
    const { owner } = await newOrganization(ground);
    return () => inviteByHand(ground.floor, owner, newAddresses(addresses));
  };
}
