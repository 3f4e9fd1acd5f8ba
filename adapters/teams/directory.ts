import { Undeliverable } from '../../src/messages/messenger.ts';
import type { Address } from './activity.ts';
import type { Connector, RosterMember } from './client.ts';
import type { Places } from './places.ts';

/** For a big batch every roster is read once, not once an address. */
const keptForMs = 60_000;

/** Somebody found in a roster, and the room whose server knows them. */
interface Found {
  member: RosterMember;
  room: Address;
}

/** Finds people of the tenant in the rosters of the teams and group chats usher was installed in. */
export interface Directory {
  find(by: Partial<Pick<RosterMember, 'email' | 'userId' | 'id'>>): Promise<Found | undefined>;
}

/** The news that usher was removed from a room may have been lost; the other rooms are asked all the same. */
function nobodyWhereRemoved(error: unknown): RosterMember[] {
  if (error instanceof Undeliverable) return [];
  throw error;
}

/** Reads rosters when somebody is looked for, and keeps them for a minute. */
export function createDirectory(connector: Connector, places: Places): Directory {
  const rosters = new Map<string, { members: Promise<RosterMember[]>; until: number }>();

  function roster(room: Address): Promise<RosterMember[]> {
    const kept = rosters.get(room.conversationId);
    if (kept && kept.until > Date.now()) return kept.members;
    const members = connector.readRoster(room).catch(nobodyWhereRemoved);
    rosters.set(room.conversationId, { members, until: Date.now() + keptForMs });
    members.catch(() => rosters.delete(room.conversationId));
    return members;
  }

  return {
    async find(by) {
      for (const room of await places.findRooms()) {
        const wanted = Object.entries(by) as [keyof typeof by, string][];
        const member = (await roster(room)).find((candidate) =>
          wanted.every(([property, value]) => candidate[property] === value),
        );
        if (member?.isOwn) return { member, room };
      }
      return undefined;
    },
  };
}
