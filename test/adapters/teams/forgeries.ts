import { createPublicKey } from 'node:crypto';
import { SignJWT } from 'jose';
import type { PretendTeams } from '../../../sandbox/teams/pretend-teams.ts';
import { type Fields, freshActivity } from './forge.ts';

type Forge = (teams: PretendTeams) => Promise<{ body: string; authorization: string | null }>;

const someTenant = '11111111-2222-4333-8444-555555555555';

/** A genuine activity with another token. */
function withToken(token: (teams: PretendTeams) => Promise<string | null> | string | null): Forge {
  return async (teams) => ({
    body: JSON.stringify(freshActivity(teams)),
    authorization: await token(teams),
  });
}

const signed = (claims: Fields, options = {}) =>
  withToken(async (teams) => `Bearer ${await teams.sign(claims, options)}`);

const hourAgo = () => Math.floor(Date.now() / 1000) - 3600;

/** The channel's published key, taken for a shared secret. */
async function signedWithThePublicKey(teams: PretendTeams): Promise<string> {
  const read = async (url: string) => (await fetch(url)).json();
  const { jwks_uri } = await read(teams.env.TEAMS_OPENID_URL ?? '');
  const [key] = (await read(jwks_uri)).keys;
  const pem = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const claims = { iss: 'https://api.botframework.com', aud: teams.appId, serviceurl: teams.serviceUrl };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: key.kid })
    .setExpirationTime('1h')
    .sign(Buffer.from(pem));
  return `Bearer ${token}`;
}

const badTokens: [name: string, forge: Forge][] = [
  ['no token', withToken(() => null)],
  ['an empty token', withToken(() => 'Bearer ')],
  ['a token that is none', withToken(() => 'Bearer a.b.c')],
  ['another scheme', withToken(async (teams) => `Basic ${await teams.sign()}`)],
  ['two tokens', withToken(async (teams) => `Bearer ${await teams.sign()} ${await teams.sign()}`)],
  ['a token with its signature cut off', withToken(async (teams) => cut(`Bearer ${await teams.sign()}`))],
  ['an unsigned token', signed({}, { key: 'none' })],
  ['a token a stranger signed', signed({}, { key: 'stranger' })],
  ['a token a stranger signed with another key id', signed({}, { key: 'stranger', kid: 'another' })],
  ['a token signed with the public key', withToken(signedWithThePublicKey)],
  ['a token of another issuer', signed({ iss: `https://sts.windows.net/${someTenant}/` })],
  ['a token of no issuer', signed({ iss: undefined })],
  ['a token for another bot', signed({ aud: someTenant })],
  ['a token for nobody', signed({ aud: undefined })],
  ['an expired token', signed({ exp: hourAgo() })],
  ['a token that never expires', signed({ exp: undefined })],
  ['a token for later', signed({ nbf: hourAgo() + 7200 })],
  ['a token without a service URL', signed({ serviceurl: undefined })],
  ['a token for another service URL', signed({ serviceurl: 'https://evil.test/' })],
  ['a token for two service URLs', signed({ serviceurl: ['https://evil.test/'] })],
  [
    'a token of an own user',
    withToken(async (teams) => `Bearer ${await teams.sign({ tid: teams.tenantId })}`),
  ],
  ['a token of a foreign user', signed({ tid: someTenant })],
  ['a token with an empty tenant', signed({ tid: '' })],
];

function cut(header: string): string {
  return header.slice(0, header.lastIndexOf('.') + 1);
}

/** An activity with other fields, in a token that vouches for its service URL. */
function activity(change: (teams: PretendTeams) => Fields): Forge {
  return async (teams) => {
    const fields = freshActivity(teams, change(teams));
    const claims = typeof fields.serviceUrl === 'string' ? { serviceurl: fields.serviceUrl } : {};
    return { body: JSON.stringify(fields), authorization: `Bearer ${await teams.sign(claims)}` };
  };
}

const service = (change: (url: URL) => string) =>
  activity((teams) => ({ serviceUrl: change(new URL(teams.serviceUrl)) }));

const foreign: [name: string, forge: Forge][] = [
  ['a service on another host', service(() => 'https://evil.test/emea/')],
  ['a service on another port', service((url) => url.href.replace(url.port, String(Number(url.port) - 1)))],
  ['a service without its port', service((url) => `https://${url.hostname}/emea/`)],
  ['a service below another domain', service((url) => `https://${url.hostname}.evil.test:${url.port}/`)],
  ['a service hidden behind a backslash', service((url) => `https://evil.test\\@${url.host}/`)],
  [
    'a foreign tenant in the conversation',
    activity((teams) => ({ conversation: foreignConversation(teams) })),
  ],
  ['a foreign tenant in the channel data', activity(() => ({ channelData: { tenant: { id: someTenant } } }))],
  [
    'a foreign tenant in both',
    activity((teams) => ({
      conversation: foreignConversation(teams),
      channelData: { tenant: { id: someTenant } },
    })),
  ],
];

const withUsers: typeof foreign = [
  ['a service whose user is our host', service((url) => `https://${url.host}@evil.test/`)],
  ['a service URL with a user in it', service((url) => `https://evil.test@${url.host}/`)],
  ['a service URL with a password in it', service((url) => `https://a:b@${url.host}/`)],
];

function foreignConversation(teams: PretendTeams): Fields {
  return { ...(freshActivity(teams).conversation as Fields), tenantId: someTenant };
}

/** Fields of a wrong type, by where they stand. */
const nonsense: Fields[] = [
  { type: 1 },
  { type: undefined },
  { type: '' },
  { type: 'x'.repeat(200) },
  { id: undefined },
  { id: 7 },
  { id: '' },
  { id: { toString: 'f:1' } },
  { channelId: undefined },
  { channelId: 'emulator' },
  { channelId: 'webchat' },
  { channelId: 'MSTEAMS' },
  { channelId: ['msteams'] },
  { serviceUrl: undefined },
  { serviceUrl: 5 },
  { serviceUrl: 'http://127.0.0.1/' },
  { serviceUrl: 'javascript:alert(1)' },
  { serviceUrl: 'nowhere' },
  { text: 5 },
  { text: { x: 1 } },
  { name: { first: 'task/fetch' } },
  { from: undefined },
  { from: null },
  { from: 'olivia' },
  { from: { id: 5 } },
  { from: { id: '29:x', aadObjectId: 'olivia' } },
  { recipient: undefined },
  { conversation: undefined },
  { conversation: 'a:1' },
  { conversation: { id: 'a:1' } },
  { channelData: undefined },
  { channelData: null },
  { channelData: { tenant: 'mine' } },
  { replyToId: 12 },
  { localTimezone: 3 },
  { entities: 'mention' },
  { entities: [null] },
  { entities: [{ type: 5 }] },
  { membersAdded: { id: 'x' } },
  { membersAdded: ['x'] },
  { membersRemoved: 'everybody' },
  { action: {} },
];

const malformed: [name: string, status: number, body: string][] = [
  ['nothing', 400, ''],
  ['spaces', 400, '  '],
  ['half an object', 400, '{"type":'],
  ['a list', 400, '[]'],
  ['a list of activities', 400, '[{"type":"message"}]'],
  ['null', 400, 'null'],
  ['a text', 400, '"message"'],
  ['a number', 400, '1'],
  ['an empty object', 400, '{}'],
  ['the body that ends the process of the SDK', 400, '{"type":1}'],
  ['markup', 400, '<activity/>'],
  ['very deep JSON', 400, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  [
    'a name every object has',
    400,
    '{"__proto__":{"type":"message"},"constructor":{"prototype":{"type":"message"}}}',
  ],
  ['more than Teams ever sends', 413, JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) })],
];

const named = (list: [name: string, forge: Forge][], status: number) =>
  list.map(([name, forge]) => ({ name, status, forge }));

/**
 * Every kind of request that must not get through, and the status it is to get. They are made of the last genuine one at
 * the moment they are to be sent.
 */
export const forgeries: Record<string, { name: string; status: number; forge: Forge }[]> = {
  'a token that is not the channel’s': named(badTokens, 401),
  'a service or tenant that is not ours': [...named(foreign, 403), ...named(withUsers, 400)],
  'a field of another type': named(
    nonsense.map((fields) => [JSON.stringify(fields).slice(0, 60), activity(() => fields)]),
    400,
  ),
  'a body that is no activity': malformed.map(([name, status, body]) => ({
    ...{ name, status },
    forge: async (teams) => ({ body, authorization: `Bearer ${await teams.sign()}` }),
  })),
};
