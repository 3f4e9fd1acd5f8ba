import type { webApi } from '@slack/bolt';
import type { Mentioned, Unaddressed } from '../../src/membership/address-list.ts';
import { cleanLine } from '../../src/membership/clean-text.ts';
import type { Actor } from '../../src/membership/context.ts';
import { type EmailAddress, parseEmailAddress } from '../../src/membership/email-address.ts';
import { call, platformError } from './client.ts';
import type { AskedIn } from './here.ts';

/** Who signed an envelope names: nothing of it comes from a button or a form. */
export interface Envelope {
  teamId: string | undefined;
  userId: string;
  /** Where it was asked. */
  place?: AskedIn;
}

/** A full member, or why somebody is none. */
type Seen = Actor | { why: Unaddressed };

type SlackUser = NonNullable<webApi.UsersInfoResponse['user']>;

/** A profile is trusted for this long, so that somebody made a guest loses their rights within it. */
const trustedForMs = 60_000;
const mostCached = 10_000;

export interface Identity {
  /** The actor behind a signed envelope; undefined for guests, bots, deleted users and people of other workspaces. */
  identify(envelope: Envelope): Promise<Actor | undefined>;
  /** The verified address of a full member of this workspace, or why somebody mentioned has none to use. */
  findMentioned(userId: string): Promise<Mentioned>;
}

/** Knows the people of one workspace by Slack's own word. */
export function createIdentity(client: webApi.WebClient, teamId: () => Promise<string>): Identity {
  const cache = new Map<string, { seen: Seen; until: number }>();

  async function look(userId: string): Promise<Seen> {
    const cached = cache.get(userId);
    if (cached && cached.until > Date.now()) return cached.seen;
    const user = await findUser(client, userId);
    const why = whyNot(user, await teamId());
    const seen: Seen = user && !why ? actorOf(user, userId, await teamId()) : { why: why ?? 'gone' };
    if (cache.size >= mostCached) cache.clear();
    cache.set(userId, { seen, until: Date.now() + trustedForMs });
    return seen;
  }

  return {
    async identify({ teamId: envelopeTeam, userId }) {
      const seen = envelopeTeam === (await teamId()) ? await look(userId) : undefined;
      return seen && 'why' in seen ? undefined : seen;
    },
    async findMentioned(userId) {
      const seen = await look(userId);
      if ('why' in seen) return seen;
      return seen.email ? { email: seen.email } : { why: 'hidden' };
    },
  };
}

async function findUser(client: webApi.WebClient, userId: string): Promise<SlackUser | undefined> {
  try {
    const { user } = await call(() => client.users.info({ user: userId }));
    return user;
  } catch (error) {
    if (platformError(error) === 'user_not_found') return undefined;
    if (error instanceof Error && error.name === 'Undeliverable') return undefined;
    throw error;
  }
}

/** Whether Slack counts somebody as a full member of this workspace: no guest, bot, stranger or deleted user. */
export function isFullMember(user: SlackUser, teamId: string): boolean {
  return whyNot(user, teamId) === undefined;
}

function whyNot(user: SlackUser | undefined, teamId: string): Unaddressed | undefined {
  if (!user || user.deleted) return 'gone';
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot';
  if ((user.team_id !== undefined && user.team_id !== teamId) || user.is_stranger) return 'elsewhere';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : undefined;
}

function actorOf(user: SlackUser, userId: string, workspaceId: string): Actor {
  return {
    platform: 'slack',
    workspaceId,
    userId,
    email: verifiedAddress(user),
    fullName: fullNameOf(user),
    timeZone: user.tz ?? 'UTC',
    ...pictureOf(user),
    isWorkspaceAdmin: user.is_admin === true || user.is_owner === true,
  };
}

function pictureOf(user: SlackUser): Pick<Actor, 'pictureUrl'> {
  const url = user.profile?.image_192 ?? user.profile?.image_72 ?? '';
  return url.startsWith('https://') && URL.canParse(url) && url.length <= 1_000 ? { pictureUrl: url } : {};
}

/** The address of a profile, unless Slack says that it was never confirmed. */
export function verifiedAddress(user: SlackUser): EmailAddress | undefined {
  if (user.is_email_confirmed === false) return undefined;
  return parseEmailAddress(user.profile?.email ?? '');
}

/** The name to show: never empty, one line, at most 100 characters. */
export function fullNameOf(user: SlackUser): string {
  return cleanLine(user.profile?.real_name || user.real_name || user.name || '', 100) || 'Somebody';
}
