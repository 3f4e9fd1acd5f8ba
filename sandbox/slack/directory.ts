import type { ApiAnswer } from './emulator.ts';
import type { PersonSeed, PretendPerson } from './types.ts';

/** The people of the workspace, and what users.* say about them; emulate keeps too little to answer those itself. */
export interface Directory {
  people: PretendPerson[];
  add(id: string, seed: PersonSeed): PretendPerson;
  /** By id, name or e-mail. Throws, listing the names, when there is nobody. */
  person(wanted: string): PretendPerson;
  find(id: string): PretendPerson | undefined;
  /** Answers users.info, users.list and users.lookupByEmail; undefined for other methods. */
  answer(method: string, body: Record<string, unknown>): ApiAnswer | undefined;
}

interface Workspace {
  teamId: string;
  scopes: string[];
  botUserId: string;
  gatewayUrl: string;
}

const scopeOf: Record<string, string> = {
  'users.info': 'users:read',
  'users.list': 'users:read',
  'users.lookupByEmail': 'users:read.email',
};
const largestPage = 1000;

export function createDirectory(workspace: Workspace): Directory {
  const people: PretendPerson[] = [];
  const byId = new Map<string, PretendPerson>();
  const { scopes, botUserId } = workspace;

  const user = (person: PretendPerson) => userOf(person, workspace);
  const ownBot = () =>
    user({ id: botUserId, name: 'usher', realName: 'usher', email: '', timeZone: 'UTC', isBot: true });
  // The real Slackbot is no bot according to its own flag.
  const slackbot = () => ({
    ...user({
      id: 'USLACKBOT',
      name: 'slackbot',
      realName: 'Slackbot',
      email: '',
      timeZone: 'UTC',
      isBot: true,
    }),
    is_bot: false,
  });

  function list(body: Record<string, unknown>): ApiAnswer {
    const all = [slackbot(), ownBot(), ...people.map(user)];
    const limit = Math.min(Number(body.limit) || all.length, largestPage);
    const from = Number(Buffer.from(String(body.cursor ?? ''), 'base64url').toString() || 0);
    if (!Number.isInteger(from)) return { ok: false, error: 'invalid_cursor' };
    const next = from + limit < all.length ? Buffer.from(String(from + limit)).toString('base64url') : '';
    return { ok: true, members: all.slice(from, from + limit), response_metadata: { next_cursor: next } };
  }

  function info(id: string): ApiAnswer {
    if (id === 'USLACKBOT') return { ok: true, user: slackbot() };
    if (id === botUserId) return { ok: true, user: ownBot() };
    const found = byId.get(id);
    return found ? { ok: true, user: user(found) } : { ok: false, error: 'user_not_found' };
  }

  function lookup(email: unknown): ApiAnswer {
    const wanted = String(email).toLowerCase();
    const listed = people.filter((one) => !one.deleted && !one.isBot && !one.teamId);
    const found = listed.find((one) => one.email.toLowerCase() === wanted);
    return found ? { ok: true, user: user(found) } : { ok: false, error: 'users_not_found' };
  }

  return {
    people,
    find: (id) => byId.get(id),
    add: (id, seed) => {
      if (people.some((one) => one.name === seed.name))
        throw new Error(`There is already somebody named "${seed.name}".`);
      const person: PretendPerson = { timeZone: 'Europe/Madrid', ...seed, id };
      people.push(person);
      byId.set(id, person);
      return person;
    },
    person: (wanted) => {
      const found = byId.get(wanted) ?? people.find((one) => one.name === wanted || one.email === wanted);
      if (found) return found;
      throw new Error(
        `Nobody is called "${wanted}" here; there are: ${people.map((one) => one.name).join(', ')}.`,
      );
    },
    answer: (method, body) => {
      const needed = scopeOf[method];
      if (!needed) return undefined;
      if (!scopes.includes(needed))
        return { ok: false, error: 'missing_scope', needed, provided: scopes.join(',') };
      if (method === 'users.list') return list(body);
      if (method === 'users.lookupByEmail') return lookup(body.email);
      return info(String(body.user));
    },
  };
}

/** A user object with the fields Slack has. */
function userOf(person: PretendPerson, workspace: Workspace): Record<string, unknown> & { id: string } {
  const { id, name, realName } = person;
  const { teamId, scopes, gatewayUrl } = workspace;
  const picture = `${gatewayUrl}/avatars/${id}.svg`;
  const profile = {
    real_name: realName,
    real_name_normalized: realName,
    display_name: name,
    image_48: picture,
    image_72: picture,
    image_192: picture,
    team: person.teamId ?? teamId,
    ...(scopes.includes('users:read.email') && !person.isBot && { email: person.email }),
  };
  const base = { id, team_id: person.teamId ?? teamId, name, deleted: person.deleted === true, profile };
  const isBot = person.isBot === true;
  // Slack tells hardly anything about a deactivated user, not even whether they were an admin.
  if (person.deleted) return { ...base, is_bot: isBot, is_app_user: false, updated: 0 };
  const owner = person.isOwner === true;
  return {
    ...base,
    real_name: realName,
    tz: person.timeZone,
    tz_label: person.timeZone,
    is_admin: person.isAdmin === true || owner,
    is_owner: owner,
    is_primary_owner: false,
    is_restricted: person.isGuest === true || person.isSingleChannelGuest === true,
    is_ultra_restricted: person.isSingleChannelGuest === true,
    is_bot: isBot,
    is_app_user: false,
    is_email_confirmed: true,
    updated: 0,
  };
}
