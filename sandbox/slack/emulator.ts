import { randomBytes } from 'node:crypto';
import { createEmulator } from 'emulate';

/** A Web API answer. */
export type ApiAnswer = { ok: boolean; error?: string } & Record<string, unknown>;

/** The emulate server behind the gateway: it owns conversations, messages, views and triggers. */
export interface Emulator {
  botUserId: string;
  botId: string;
  /** User ids by seeded name. */
  userIds: Map<string, string>;
  /** Channel ids by name. */
  channelIds: Map<string, string>;
  /** Ids of users that are nobody yet: emulate has no way to add a user later. */
  spareUserIds: string[];
  /** Calls a Web API method as the bot, past the gateway. Throws when emulate refuses. */
  call(method: string, body: Record<string, unknown>): Promise<ApiAnswer>;
  /** Hands a request on as it is, with the bot's token; files are read with a token that may read them. */
  forward(path: string, init: Forwarded): Promise<{ status: number; contentType: string; body: Buffer }>;
  stop(): Promise<void>;
}
interface Forwarded {
  method: string;
  contentType?: string | undefined;
  body?: Buffer;
}

const spareUsers = 50;
const emulatesTeamId = 'T000000001';
/** emulate's first user is a member of emulate's own two channels and may bring others in. */
const keeper = { user: 'admin', scopes: ['users:read', 'channels:read', 'channels:manage'] };

/** Starts emulate with these people and channels on a free port; ids are random per start. */
export async function createEmulated(options: {
  names: string[];
  channels: string[];
  scopes: string[];
  teamId: string;
  botToken: string;
  appId: string;
  gatewayUrl: string;
}): Promise<Emulator> {
  const bot = { bot_id: randomSlackId('B'), bot_user_id: randomSlackId('U') };
  const keeperToken = randomToken();
  const readerToken = randomToken();
  const spareNames = Array.from({ length: spareUsers }, (_, at) => `spare.${at}`);
  const seed = seedOf(
    { ...options, names: [...options.names, ...spareNames] },
    bot,
    keeperToken,
    readerToken,
  );
  const emulate = await createEmulator({ service: 'slack', port: 0, seed: { slack: seed } });
  // emulate.url says localhost, which may mean ::1; it listens on IPv4 only.
  const origin = `http://127.0.0.1:${new URL(emulate.url).port}`;

  async function forward(path: string, { method, contentType, body }: Forwarded, token = options.botToken) {
    const response = await fetch(origin + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(contentType && { 'content-type': contentType }) },
      ...(body && { body: new Uint8Array(body) }),
    });
    const answered = response.headers.get('content-type') ?? 'text/plain';
    const raw = Buffer.from(await response.arrayBuffer());
    const answer =
      answered.includes('json') && path.startsWith('/api/') ? Buffer.from(localized(raw.toString())) : raw;
    return { status: response.status, contentType: answered, body: answer };
  }
  function localized(json: string): string {
    return json.replaceAll(emulatesTeamId, options.teamId).replaceAll(emulate.url, options.gatewayUrl);
  }
  async function call(method: string, body: Record<string, unknown>, token?: string): Promise<ApiAnswer> {
    const request = {
      method: 'POST',
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify(body)),
    };
    const answer = JSON.parse((await forward(`/api/${method}`, request, token)).body.toString()) as ApiAnswer;
    if (!answer.ok) throw new Error(`The emulated Slack refused ${method}: ${answer.error}.`);
    return answer;
  }

  const asKeeper = (method: string, body: Record<string, unknown>) => call(method, body, keeperToken);
  const userIds = await idsByName(asKeeper, 'users.list', 'members');
  const channelIds = await idsByName(asKeeper, 'conversations.list', 'channels');
  await fillEmulatesOwnChannels(asKeeper, options.channels, channelIds, [...userIds.values()]);
  return {
    botUserId: bot.bot_user_id,
    botId: bot.bot_id,
    userIds,
    channelIds,
    spareUserIds: spareNames.flatMap((name) => userIds.get(name) ?? []),
    call: (method, body) => call(method, body),
    forward: (path, init) => forward(path, init, path.startsWith('/files-pri/') ? readerToken : undefined),
    stop: () => emulate.close(),
  };
}

/** An id in Slack's style: a letter and nine characters. */
export function randomSlackId(letter: string): string {
  return letter + randomBytes(5).toString('hex').toUpperCase().slice(0, 9);
}

/** A bot token nobody can guess. */
export function randomToken(): string {
  return `xoxb-${randomBytes(16).toString('hex')}`;
}

function seedOf(
  { names, channels, scopes, botToken, appId }: Parameters<typeof createEmulated>[0],
  bot: { bot_id: string; bot_user_id: string },
  keeperToken: string,
  readerToken: string,
) {
  return {
    team: { name: 'Acme', domain: 'acme' },
    users: names.map((name) => ({ name })),
    channels: channels.map((name) => ({ name })),
    oauth_apps: [
      {
        ...bot,
        app_id: appId,
        client_id: 'usher',
        client_secret: '',
        name: 'usher',
        redirect_uris: [],
        scopes,
      },
    ],
    tokens: [
      { ...bot, token: botToken, type: 'bot', user_id: bot.bot_user_id, scopes, app_id: appId },
      { token: keeperToken, ...keeper },
      { token: readerToken, user_id: bot.bot_user_id, scopes: ['files:read'] },
    ],
    strict_scopes: true,
  };
}

async function idsByName(
  call: (method: string, body: Record<string, unknown>) => Promise<ApiAnswer>,
  method: string,
  list: string,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let cursor = '';
  do {
    const answer = await call(method, { limit: 1000, cursor });
    for (const { name, id } of answer[list] as { name: string; id: string }[]) {
      if (!ids.has(name)) ids.set(name, id);
    }
    cursor = (answer.response_metadata as { next_cursor: string }).next_cursor;
  } while (cursor);
  return ids;
}

/** emulate makes #general and #random itself, with its first user alone in them; seeded channels have everybody. */
async function fillEmulatesOwnChannels(
  call: (method: string, body: Record<string, unknown>) => Promise<ApiAnswer>,
  channels: string[],
  channelIds: Map<string, string>,
  userIds: string[],
): Promise<void> {
  const { user_id: first } = await call('auth.test', {});
  const others = userIds.filter((id) => id !== first);
  for (const name of ['general', 'random'].filter((one) => channels.includes(one))) {
    for (let from = 0; from < others.length; from += 100) {
      const users = others.slice(from, from + 100).join(',');
      await call('conversations.invite', { channel: channelIds.get(name), users });
    }
  }
}
