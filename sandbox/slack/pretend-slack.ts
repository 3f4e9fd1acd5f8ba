import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Changes, createChanges } from '../changes.ts';
import type { Acting } from './acting.ts';
import { createActs } from './acts.ts';
import { createCallLog } from './call-log.ts';
import { createDirectory } from './directory.ts';
import { createEmulated, type Emulator, randomSlackId, randomToken } from './emulator.ts';
import { createFiles } from './files.ts';
import { createSandboxApi, onlyLocal } from './http.ts';
import { createPayloads } from './payloads.ts';
import type { PretendSlack, PretendSlackOptions } from './pretend-slack-api.ts';
import { createRequests } from './requests.ts';
import { createResponseUrls } from './response-urls.ts';
import { createScreens } from './screens.ts';
import type { Call, PersonSeed, PretendPerson, Screen } from './types.ts';
import { createViews } from './views.ts';
import { createWebApi } from './web-api.ts';

export type { PretendSlack, PretendSlackOptions };

const manifestScopes = [
  ...['commands', 'chat:write', 'files:read', 'files:write', 'im:write', 'users:read', 'users:read.email'],
];
const appId = 'A0PRETEND1';

/** Starts the workspace. */
export async function createPretendSlack(options: PretendSlackOptions): Promise<PretendSlack> {
  const { scopes = manifestScopes, teamId = randomSlackId('T'), patienceMs = 3000 } = options;
  const app = express().disable('x-powered-by').use(onlyLocal);
  const server = createServer(app);
  const gatewayUrl = await listen(server, options.port ?? 0);
  const botToken = randomToken();
  const signingSecret = randomBytes(16).toString('hex');
  const names = options.people.map((one) => one.name);
  const channels = options.channels.map((one) => (typeof one === 'string' ? one : one.name));
  const workspace = { scopes, teamId, botToken, appId, gatewayUrl };
  const emulator = await createEmulated({ names, channels, ...workspace });

  const changes: Changes = createChanges(() => describe(acting, log.calls));
  const log = createCallLog(changes.changed);
  const acting = assemble(emulator, { ...workspace, signingSecret, patienceMs }, options, changes.changed);
  const { directory, requests, responseUrls } = acting;
  const slack: PretendSlack = {
    ...changes,
    ...createActs(acting),
    ...{ url: gatewayUrl, apiUrl: `${gatewayUrl}/api/`, botToken, signingSecret, teamId },
    botUserId: emulator.botUserId,
    people: directory.people,
    person: directory.person,
    addPerson: async (seed) => join(acting, seed, changes.changed),
    get lastRequest() {
      return requests.last();
    },
    screen: (as) => screenOf(acting, as),
    ...{ calls: log.calls, fail: log.fail, heal: log.heal },
    expireResponseUrls: responseUrls.expire,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.stop();
    },
  };
  app.use(
    createWebApi({ emulator, known: acting, files: acting.files, responseUrls, log, botToken, scopes }),
    createSandboxApi(slack),
  );
  if (options.page) app.use(options.page);
  return slack;
}

function screenOf({ directory, screens, views }: Acting, as: string): Screen {
  const { id } = directory.person(as);
  const modal = views.top(id);
  const home = views.home(id);
  return { conversations: screens.conversationsOf(id), ...(modal && { modal }), ...(home && { home }) };
}

function join({ directory, emulator }: Acting, seed: PersonSeed, changed: () => void): PretendPerson {
  const [id] = emulator.spareUserIds;
  if (!id) throw new Error('Nobody else can join: seed them in `people` at the start.');
  const person = directory.add(id, seed);
  emulator.spareUserIds.shift();
  changed();
  return person;
}

function assemble(
  emulator: Emulator,
  workspace: {
    scopes: string[];
    teamId: string;
    gatewayUrl: string;
    signingSecret: string;
    patienceMs: number;
  },
  { people, channels }: PretendSlackOptions,
  changed: () => void,
): Acting {
  const { botUserId, botId, channelIds } = emulator;
  const directory = createDirectory({ ...workspace, botUserId });
  for (const seed of people) directory.add(idIn(emulator.userIds, seed.name), seed);
  const own = channels.map((one) => (typeof one === 'string' ? { name: one } : one));
  const ids = new Map(own.map(({ name }) => [name, idIn(channelIds, name)]));
  const screens = createScreens({ directory, channels: ids, botUserId, changed });
  return {
    directory,
    screens,
    emulator,
    files: createFiles(workspace.gatewayUrl),
    views: createViews(changed),
    triggers: new Map(),
    withoutBot: new Set(
      own.flatMap((one) => ('withoutBot' in one ? [one.name, idIn(channelIds, one.name)] : [])),
    ),
    requests: createRequests(workspace.signingSecret, workspace.patienceMs),
    responseUrls: createResponseUrls({ ...workspace, emulator, screens }),
    payloads: createPayloads({ teamId: workspace.teamId, appId, botId, botUserId }),
  };
}

function idIn(ids: Map<string, string>, name: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`The emulated Slack did not take "${name}".`);
  return id;
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

/** The last calls and what people see, for the error of a wait that failed. */
function describe(acting: Acting, calls: Call[]): string {
  const lines = calls.slice(-10).map((call) => `call ${call.method} -> ${call.status} ${call.error ?? ''}`);
  for (const { name } of acting.directory.people.slice(0, 50)) {
    const { conversations, modal } = screenOf(acting, name);
    for (const { name: place, messages } of conversations) {
      for (const { text } of messages.slice(-3)) lines.push(`${name} sees ${place}: ${text}`);
    }
    if (modal) lines.push(`${name} sees modal: ${modal.title?.text}`);
  }
  return lines.map((line) => `  ${line}`).join('\n');
}
