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
  find(by: By): Promise<Found | undefined>;
  /** Whether somebody of those rosters is no full member of the tenant. */
  isGuest(id: string): Promise<boolean>;
}

type By = Partial<Pick<RosterMember, 'email' | 'userId' | 'id'>>;

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

  async function search(by: By, isOwn: boolean): Promise<Found | undefined> {
    const wanted = Object.entries(by) as [keyof By, string][];
    for (const room of await places.findRooms()) {
      const member = (await roster(room)).find((candidate) =>
        wanted.every(([property, value]) => candidate[property] === value),
      );
      if (member?.isOwn === isOwn) return { member, room };
    }
    return undefined;
  }

  return {
    find: (by) => search(by, true),
    isGuest: async (id) => (await search({ id }, false)) !== undefined,
  };
}
