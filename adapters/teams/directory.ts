import type { EmailAddress } from '../../src/membership/email-address.ts';
import type { Address } from './activity.ts';
import type { Connector, RosterMember } from './client.ts';
import type { Places } from './places.ts';

/** For a big batch every roster is read once, not once an address. */
const keptForMs = 60_000;

/** Somebody found in a roster, and the room whose server knows them. */
export interface Found {
  member: RosterMember;
  room: Address;
}

/** Finds people of the tenant in the rosters of the teams and group chats usher was installed in. */
export interface Directory {
  find(by: { email: EmailAddress } | { userId: string }): Promise<Found | undefined>;
}

/** Reads rosters when somebody is looked for, and keeps them for a minute. */
export function createDirectory(connector: Connector, places: Places): Directory {
  const rosters = new Map<string, { members: Promise<RosterMember[]>; until: number }>();

  function roster(room: Address): Promise<RosterMember[]> {
    const kept = rosters.get(room.conversationId);
    if (kept && kept.until > Date.now()) return kept.members;
    const members = connector.readRoster(room);
    rosters.set(room.conversationId, { members, until: Date.now() + keptForMs });
    members.catch(() => rosters.delete(room.conversationId));
    return members;
  }

  return {
    async find(by) {
      for (const room of await places.findRooms()) {
        const member = (await roster(room)).find((candidate) =>
          'email' in by ? candidate.email === by.email : candidate.userId === by.userId,
        );
        if (member?.isOwn) return { member, room };
      }
      return undefined;
    },
  };
}
