import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './binaries.ts';
import { type Cluster, openCluster, removeUnfinished } from './cluster.ts';
import { findPlace } from './place.ts';
import { ensureRunning, failureOf, stopServer } from './server.ts';
import {
  EmbeddedInUse,
  ensureDatabase,
  isPassing,
  leaveLast,
  openSession,
  type Session,
  takeOwnership,
  visit,
} from './session.ts';
import { watchSession } from './watch.ts';

export { EmbeddedInUse } from './session.ts';

export interface EmbeddedServer {
  /** Of the database `usher`, password included: not for logs. */
  url: string;
  /** Ends what was begun, once, and leaves no process behind. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  log?: (line: string) => void;
  /** False for tests: faster, and a power failure loses the data. */
  durable?: boolean;
  maxConnections?: number;
}

/**
 * Starts the PostgreSQL server of `directory`, or adopts the one a killed usher left running, and owns it until
 * `stop()`, which stops it. A server that dies meanwhile is started again at the same url. Rejects with
 * `EmbeddedInUse` while another usher owns it.
 */
export async function startEmbedded(
  directory: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> {
  const log = options.log ?? (() => {});
  const cluster = await prepare(directory, options);
  const settings = settingsOf(options, 'owner');
  const first = await enter(cluster, takeOwnership, settings);
  const { port } = first;
  const reenter = (signal: AbortSignal) => enter(cluster, takeOwnership, settings, port, signal);
  const watch = watchSession(first, reenter, log);
  await removeUnfinished(cluster).catch((error) => log(textOf(error)));
  const how = first.started ? 'was started' : 'was found running';
  const { binaries, place } = cluster;
  log(`PostgreSQL ${binaries.version} ${how} on 127.0.0.1:${port}, its data is in ${place.path}`);

  async function stop(): Promise<void> {
    const { session, owned } = await watch.end();
    // The ownership is kept to the end, so that nobody adopts a server that is about to stop.
    try {
      if (owned) await stopServer(cluster);
    } finally {
      await session.close();
    }
  }
  return { url: urlOf(cluster, port), stop: once(stop) };
}

/**
 * Uses the server of `directory` beside the usher that owns it, for commands that run to their end. When there is none
 * it is started, and stopped by whoever of such commands leaves last, unless an usher has come to own it.
 */
export async function joinEmbedded(
  directory: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> {
  const cluster = await prepare(directory, options);
  const session = await enter(cluster, visit, settingsOf(options, 'visitor'));
  async function stop(): Promise<void> {
    try {
      if (await leaveLast(session)) await stopServer(cluster);
    } finally {
      await session.close();
    }
  }
  return { url: urlOf(cluster, session.port), stop: once(stop) };
}

async function prepare(directory: string, options: EmbeddedOptions): Promise<Cluster> {
  const place = await findPlace(directory);
  return openCluster(place, await findBinaries(place), options.durable ?? true);
}

/** Gets a session in the server with `claim` made in it, starting the server if need be, on `port` if given. */
async function enter(
  cluster: Cluster,
  claim: (session: Session, directory: string) => Promise<void>,
  settings: readonly string[],
  port?: number,
  signal?: AbortSignal,
): Promise<Session> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const server = await ensureRunning(cluster, settings, port);
    let session: Session | undefined;
    try {
      session = await openSession(server, cluster.password);
      await claim(session, cluster.place.directory);
      if (port === undefined || port === session.port) {
        await ensureDatabase(session);
        return session;
      }
      await stopServer(cluster);
    } catch (error) {
      await session?.close();
      if (error instanceof EmbeddedInUse) throw error;
      const passing = isPassing(error) && Date.now() < deadline && !signal?.aborted;
      if (!passing) throw await giveUp(cluster, server.started, error);
    }
    await sleep(50);
  }
}

async function giveUp(cluster: Cluster, started: boolean, cause: unknown): Promise<Error> {
  const failure = await failureOf(cluster, `cannot be used: ${textOf(cause)}`);
  if (started) await stopServer(cluster);
  return failure;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function settingsOf(options: EmbeddedOptions, startedBy: 'owner' | 'visitor'): string[] {
  return [
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC'],
    // Refused statements are usher's daily bread, and would put people's addresses into the log.
    ...['log_min_messages=log', 'log_error_verbosity=terse', 'log_checkpoints=off'],
    ...[`max_connections=${options.maxConnections ?? 100}`, `usher.started_by=${startedBy}`],
    ...(options.durable === false ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ];
}

function urlOf({ password }: Cluster, port: number): string {
  return `postgres://usher:${password}@127.0.0.1:${port}/usher`;
}

function once(stop: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= stop();
    return stopped;
  };
}
