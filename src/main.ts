import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createBackend, findQueueName } from '../adapters/queue/queue.ts';
import { createRelay } from '../adapters/queue/relay.ts';
import { startWorkers, type Workers } from '../adapters/queue/worker.ts';
import type { Slack, SlackOptions } from '../adapters/slack/app.ts';
import type { Teams } from '../adapters/teams/app.ts';
import { createWeb } from '../adapters/web/server.ts';
import { connect } from '../db/connect.ts';
import { type EmbeddedServer, startEmbedded } from '../db/embedded/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { type Config, readConfig } from './config.ts';
import type { JobContext } from './jobs/outbox.ts';
import { createLog, type Logger } from './log.ts';
import { createJoinLinks } from './membership/invitations/join-link.ts';

/** Which parts of usher a process is: the web server, the worker, or both. */
export type Part = 'web' | 'worker';

export interface Usher {
  /** Where it listens, or undefined without the web part. */
  port: number | undefined;
  databaseUrl: string;
  /** Takes no new work, finishes what was begun (20 s at most), closes everything. */
  stop(): Promise<void>;
}

export interface StartOptions {
  parts?: readonly Part[];
  log?: Logger;
  sweepEveryMs?: number;
  clockEveryMs?: number;
  /** How long a chat platform may take to answer one request before it is taken for lost; 10 s. */
  patienceMs?: number;
}

/** What is to be closed, the last first; parts in one row are closed together. */
type Closing = (() => Promise<unknown>)[][];

/** Starts usher with this configuration; rejects, with everything closed again, when a part cannot start. */
export async function startUsher(config: Config, options: StartOptions = {}): Promise<Usher> {
  const { parts = ['web', 'worker'], log = createLog(config.logLevel) } = options;
  const closing: Closing = [];
  const stop = async () => {
    for (const together of closing.splice(0).reverse()) {
      for (const closed of await Promise.allSettled(together.map((close) => close()))) {
        if (closed.status === 'rejected') log.error({ err: closed.reason }, 'could not close a part');
      }
    }
  };
  try {
    return { ...(await startParts(config, { ...options, parts, log }, closing)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  config: Config,
  {
    parts,
    log,
    sweepEveryMs = 2_000,
    clockEveryMs = 5_000,
    patienceMs = 10_000,
  }: Required<Pick<StartOptions, 'parts' | 'log'>> & StartOptions,
  closing: Closing,
): Promise<Omit<Usher, 'stop'>> {
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, log, closing)).url;
  await migrate(databaseUrl, { log: (line) => log.info(line) });
  const connection = connect(databaseUrl);
  closing.push([connection.close]);
  const { db } = connection;

  const report = (error: unknown, where: string) => log.error({ err: error, where }, 'a fault');
  const backend = createBackend({ redisUrl: config.redisUrl, databaseUrl });
  closing.push([backend.close]);
  for (const warning of await backend.warnings()) log.warn(warning);
  const name = await findQueueName(db);
  const relay = createRelay(backend, { db, name, report });
  closing.push([relay.close]);
  // What takes work stops first, all of it at once, so that a stop is bounded by the slowest.
  const working: (() => Promise<unknown>)[] = [];
  closing.push(working);

  const joinLinks = createJoinLinks({ baseUrl: config.baseUrl, ...(await readSecrets(config)) });
  const forChats = {
    ...{ db, patienceMs },
    context: { founders: config.founders, announce: relay.nudge, joinLinks },
    report: (error: unknown, reference: string) => log.error({ err: error, reference }, 'a fault'),
  };
  const chats = await openChats(config, forChats);

  if (parts.includes('worker')) {
    const messengers = chats.map((chat) => chat.messenger);
    const context: JobContext = { db, messengers, announce: relay.nudge, report };
    const timing = { sweepEveryMs, clockEveryMs };
    const workers: Workers = await startWorkers(backend, { name, context, relay, ...timing });
    working.push(workers.close);
  }

  let port: number | undefined;
  if (parts.includes('web')) {
    const state = { stopping: false };
    const isStopping = () => state.stopping;
    const web = createWeb({
      db,
      joinLinks,
      isStopping,
      mount: (on) => {
        for (const chat of chats) chat.mount(on);
      },
      report,
    });
    const server = createServer(web);
    port = await listen(server, config);
    working.push(async () => {
      state.stopping = true;
      await closeServer(server);
      await Promise.all(chats.map((chat) => chat.idle()));
    });
  }
  return { port, databaseUrl };
}

/** The chats that are configured. Either SDK takes a second and 80 MB to load, so only what is used is loaded. */
async function openChats(
  { slack, teams }: Config,
  forChats: Pick<SlackOptions, 'db' | 'context' | 'report' | 'patienceMs'>,
): Promise<(Slack | Teams)[]> {
  const chats: (Slack | Teams)[] = [];
  if (slack) {
    const { createSlack } = await import('../adapters/slack/app.ts');
    chats.push(createSlack({ ...slack, ...forChats }));
  }
  if (teams) {
    const { createTeams } = await import('../adapters/teams/app.ts');
    chats.push(createTeams({ ...teams, ...forChats }));
  }
  return chats;
}

async function startDatabase(config: Config, log: Logger, closing: Closing): Promise<EmbeddedServer> {
  const server = await startEmbedded(config.dataDirectory, { log: (line) => log.info(line) });
  closing.push([server.stop]);
  return server;
}

/** The key join links are derived from; outside production one is made once and kept beside the embedded database. */
async function readSecrets(config: Config): Promise<{ key: string; previousKey?: string }> {
  const previous = config.previousSecret ? { previousKey: config.previousSecret } : {};
  if (config.secret) return { key: config.secret, ...previous };
  const file = join(config.dataDirectory, 'secret');
  await mkdir(config.dataDirectory, { recursive: true });
  // Whoever is first writes it; everybody else reads it.
  await writeFile(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 }).catch(() => {});
  return { key: await readFile(file, 'utf8'), ...previous };
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** A client that has begun a request gets some seconds to end it, and is cut off then. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), 5_000);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** `usher`, `usher web` or `usher worker` on the command line. */
async function main(): Promise<void> {
  const asked = process.argv[2];
  if (asked !== undefined && asked !== 'web' && asked !== 'worker') {
    throw new Error(`There is no part "${asked}". Say web, worker, or nothing for both.`);
  }
  const config = readConfig(process.env);
  if (!config.slack && !config.teams) {
    throw new Error(
      'No chat is configured: set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, or TEAMS_APP_ID, TEAMS_APP_SECRET and TEAMS_TENANT_ID (see the README), or try usher out with: npm run sandbox',
    );
  }
  const log = createLog(config.logLevel);
  const usher = await startUsher(config, { log, ...(asked ? { parts: [asked] } : {}) });
  log.info(usher.port === undefined ? 'usher works' : `usher listens on port ${usher.port}`);
  const stop = (signal: string) => {
    log.info(`${signal}: usher finishes what it has begun`);
    usher.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
