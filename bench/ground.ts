import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { type Connection, connect } from '../db/connect.ts';
import { startEmbedded } from '../db/embedded/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { connectByHand } from './floor.ts';

export interface Sizes {
  rounds: number;
  /** How many addresses the invitation of many has, and the one of very many. */
  many: number;
  veryMany: number;
  /** How many wait in the organization with a full pending list. */
  pending: number;
  /** How many members the small and the big organization have. */
  small: number;
  big: number;
}

/** Where the measuring happens: one migrated database, and a pool of each side with the same settings. */
export interface Ground {
  sizes: Sizes;
  usher: Connection['db'];
  floor: postgres.Sql;
  close(): Promise<void>;
}

/** Makes a database for this run on the given server, or on an embedded one of its own that is as durable as usher's. */
export async function openGround(serverUrl: string | undefined, sizes: Sizes): Promise<Ground> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const server = serverUrl ?? (await startServer(closing));
    const url = await createDatabase(server, closing);
    await migrate(url);
    const usher = connect(url);
    const floor = connectByHand(url);
    closing.push(usher.close, () => floor.end({ timeout: 5 }));
    return { sizes, usher: usher.db, floor, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startServer(closing: (() => Promise<unknown>)[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  // As root the server runs as another user, who has to get in.
  await chmod(directory, 0o711);
  const server = await startEmbedded(directory);
  closing.push(async () => {
    const data = await realpath(join(directory, 'postgresql'));
    await server.stop();
    await rm(data, { recursive: true, force: true });
    await rm(directory, { recursive: true, force: true });
  });
  return server.url;
}

async function createDatabase(server: string, closing: (() => Promise<unknown>)[]): Promise<string> {
  const name = `usher_bench_${process.pid}_${randomBytes(4).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  closing.push(() => onServer(server, `drop database ${name} with (force)`));
  return Object.assign(new URL(server), { pathname: name }).href;
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement).finally(() => sql.end());
}
