import type { webApi } from '@slack/bolt';
import type { EmailAddress } from '../../src/membership/email-address.ts';
import type { ChatPerson } from '../../src/messages/messenger.ts';
import { call, platformError } from './client.ts';
import { fullNameOf, isFullMember, verifiedAddress } from './identity.ts';

/** Above so many single look-ups within the time below, the whole directory is read instead. */
const fewLookUps = 20;
const keptForMs = 10 * 60_000;

type SlackUser = NonNullable<webApi.UsersInfoResponse['user']>;

/**
 * Finds people of a workspace by address. Slack allows some fifty look-ups a minute, but a thousand people a page of
 * the directory: for a big batch that is read once and kept for ten minutes.
 */
export function createDirectory(
  client: webApi.WebClient,
  workspaceId: string,
): (email: EmailAddress) => Promise<ChatPerson | undefined> {
  let lookUps: number[] = [];
  let everybody: { people: Promise<Map<string, ChatPerson>>; until: number } | undefined;

  return async (email) => {
    const now = Date.now();
    if (everybody && everybody.until > now) {
      const person = (await everybody.people).get(email);
      if (person) return person;
    }
    lookUps = [...lookUps.filter((at) => at > now - keptForMs), now];
    if (lookUps.length <= fewLookUps) return lookUp(client, workspaceId, email);
    if (!everybody || everybody.until <= now) {
      const reading = { people: readEverybody(client, workspaceId), until: now + keptForMs };
      everybody = reading;
      reading.people.catch(() => {
        if (everybody === reading) everybody = undefined;
      });
    }
    return (await everybody.people).get(email);
  };
}

async function lookUp(
  client: webApi.WebClient,
  workspaceId: string,
  email: EmailAddress,
): Promise<ChatPerson | undefined> {
  try {
    const { user } = await call(() => client.users.lookupByEmail({ email }));
    return user && isFullMember(user, workspaceId) ? personOf(user, workspaceId) : undefined;
  } catch (error) {
    if (platformError(error) === 'users_not_found') return undefined;
    throw error;
  }
}

async function readEverybody(
  client: webApi.WebClient,
  workspaceId: string,
): Promise<Map<string, ChatPerson>> {
  const people = new Map<string, ChatPerson>();
  let cursor: string | undefined;
  do {
    const page = await call(() => client.users.list({ limit: 1000, ...(cursor ? { cursor } : {}) }));
    for (const user of page.members ?? []) {
      const email = verifiedAddress(user);
      if (email && isFullMember(user, workspaceId)) people.set(email, personOf(user, workspaceId));
    }
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return people;
}

function personOf(user: SlackUser, workspaceId: string): ChatPerson {
  return {
    platform: 'slack',
    workspaceId,
    userId: user.id ?? '',
    fullName: fullNameOf(user),
    timeZone: user.tz ?? 'UTC',
  };
}
