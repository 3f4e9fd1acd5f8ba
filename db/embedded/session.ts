import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { codeOf } from './place.ts';
import { isAlive } from './process.ts';

// Who uses the server is kept in session-level advisory locks, which end with a process however it dies. The owner has
// OWNER alone; everybody, the owner too, shares IN_USE.
const USHER = 0x75736872;
const OWNER = 1;
const IN_USE = 2;

/** One connection, kept open for as long as its process uses the server. */
export interface Session {
  client: pg.Client;
  port: number;
  /** Whether the server was started for this session. */
  started: boolean;
  /** Settles when the connection is over, for whatever reason. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Another usher owns the server of this directory. */
export class EmbeddedInUse extends Error {
  override readonly name = 'EmbeddedInUse';
  readonly directory: string;
  readonly pid: number | undefined;

  constructor(directory: string, pid: number | undefined) {
    super(
      `The database in ${directory} is in use by another usher, ${pid ? `process ${pid}` : 'whose process is unknown'}. ` +
        'Stop that one first, or give this one its own: set USHER_DATA to another directory, or DATABASE_URL to a ' +
        'PostgreSQL server.',
    );
    this.directory = directory;
    this.pid = pid;
  }
}

/** Connects to the server; rejects when it does not answer within 10 s. */
export async function openSession(
  server: { port: number; started: boolean },
  password: string,
): Promise<Session> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: server.port,
    user: 'usher',
    password,
    database: 'postgres',
    ssl: false,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener the end of an idle connection would end the process; `ended` tells it.
  client.on('error', () => {});
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return { client, ...server, ended, close: () => client.end().catch(() => {}) };
}

/** Makes this process the owner; rejects with `EmbeddedInUse` when a living one is. */
export async function takeOwnership({ client }: Session, directory: string): Promise<void> {
  await client.query(`set application_name = 'usher owner ${process.pid}'`);
  const asked = Date.now();
  while (!(await tryLock(client, OWNER))) {
    const holder = await findOwner(client);
    // The server, and the system too, need a moment to see that a killed owner is gone.
    const patienceMs = holder && (await isAlive(holder)) ? 250 : 10_000;
    if (Date.now() - asked > patienceMs) throw new EmbeddedInUse(directory, holder);
    await sleep(25);
  }
  await client.query('select pg_advisory_lock_shared($1, $2)', [USHER, IN_USE]);
}

/** Marks the server as used by this process, beside whoever else uses it. */
export async function visit({ client }: Session): Promise<void> {
  await client.query(`set application_name = 'usher visitor ${process.pid}'`);
  await client.query('select pg_advisory_lock_shared($1, $2)', [USHER, IN_USE]);
}

/** Ends a visit; true when the server was started for a visitor and nobody uses it any more. */
export async function leaveLast({ client }: Session): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1, $2)', [USHER, IN_USE]);
    const { rows } = await client.query(`select current_setting('usher.started_by', true) as who`);
    return rows[0]?.who === 'visitor' && (await tryLock(client, IN_USE));
  } catch (error) {
    // Its owner stopped the server meanwhile.
    if (isPassing(error)) return false;
    throw error;
  }
}

/** Makes the database `usher` where it is missing. */
export async function ensureDatabase({ client }: Session): Promise<void> {
  const { rowCount } = await client.query(`select from pg_database where datname = 'usher'`);
  if (rowCount) return;
  await client.query('create database usher').catch((error) => {
    // Somebody else made it at the same moment: duplicate_database, unique_violation.
    if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error;
  });
}

/** Whether the server was only starting, stopping or out of reach: its class 57, or no answer from it at all. */
export function isPassing(error: unknown): boolean {
  if (error instanceof EmbeddedInUse) return false;
  if (error instanceof pg.DatabaseError) return error.code?.startsWith('57') ?? false;
  return ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(codeOf(error) ?? '') || isCutOff(error);
}

/** pg reports a connection that ended with a message only. */
function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Connection terminated|Client has encountered|timeout expired)/.test(error.message)
  );
}

async function tryLock(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock($1, $2) as won', [USHER, lock]);
  return rows[0]?.won === true;
}

async function findOwner(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query(
    `select substring(application_name from '^usher owner ([0-9]+)$')::int as pid
     from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = $1 and objid = $2 and objsubid = 2 and granted
       and pg_locks.database = (select oid from pg_database where datname = current_database())`,
    [USHER, OWNER],
  );
  return rows[0]?.pid ?? undefined;
}
