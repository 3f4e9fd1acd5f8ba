import type { Mentioned } from '../../src/membership/address-list.ts';
import type { Actor } from '../../src/membership/context.ts';
import { isTimeZone } from '../../src/messages/words.ts';
import { type Address, addressOf, type Inbound } from './activity.ts';
import type { Connector, RosterMember } from './client.ts';
import type { Directory } from './directory.ts';
import type { Places } from './places.ts';

/** A roster entry is trusted for this long, so that somebody made a guest loses their rights within it. */
const trustedForMs = 60_000;
const mostCached = 10_000;

export interface Identity {
  /** The actor behind an authenticated activity; undefined for guests and people of other tenants. */
  identify(inbound: Inbound): Promise<Actor | undefined>;
  /** The verified address of somebody mentioned in this conversation or in a room usher is in, or why there is none to use. */
  findMentioned(where: Address, memberId: string): Promise<Mentioned>;
}

/** Knows the people of the tenant by the rosters of Teams; whose chat it is, is remembered on the way. */
export function createIdentity(options: {
  connector: Connector;
  places: Places;
  directory: Directory;
  tenantId: string;
}): Identity {
  const { connector, places, directory, tenantId } = options;
  const cache = new Map<string, { member: RosterMember; until: number }>();

  function findCached(memberId: string) {
    const cached = cache.get(memberId);
    return cached && cached.until > Date.now() ? cached : undefined;
  }

  async function look(where: Address, memberId: string): Promise<RosterMember | undefined> {
    const cached = findCached(memberId);
    if (cached) return cached.member;
    const member = await connector.findMember(where, memberId);
    // Who is not in one conversation may well be in another: only those who were found are kept.
    if (!member) return undefined;
    if (cache.size >= mostCached) cache.clear();
    cache.set(memberId, { member, until: Date.now() + trustedForMs });
    return member;
  }

  return {
    async identify(inbound) {
      const { from, conversation, localTimezone } = inbound;
      const isNews = inbound.type !== 'message' || !findCached(from.id);
      const member = await look(addressOf(inbound), from.id);
      // The signed envelope and the roster have to speak of the same person.
      if (!member?.isOwn || member.userId !== from.aadObjectId) return undefined;
      const timeZone = localTimezone && isTimeZone(localTimezone) ? localTimezone : 'UTC';
      const { userId, email, fullName } = member;
      if (isNews && conversation.conversationType === 'personal') {
        await places.rememberChat(addressOf(inbound), { userId, email, fullName, timeZone });
      }
      return {
        ...{ platform: 'teams', workspaceId: tenantId, userId, email, fullName, timeZone },
        isWorkspaceAdmin: false,
      };
    },
    async findMentioned(where, memberId) {
      if (memberId.startsWith('28:')) return { why: 'bot' };
      // In their own chat with usher people mention others, whom only the rosters of rooms know.
      const member = (await look(where, memberId)) ?? (await directory.find({ id: memberId }))?.member;
      if (member?.isOwn && member.email) return { email: member.email };
      const isGuest = member ? !member.isOwn : await directory.isGuest(memberId);
      return { why: isGuest ? 'guest' : 'hidden' };
    },
  };
}
