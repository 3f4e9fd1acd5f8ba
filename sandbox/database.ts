import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { type EmbeddedServer, startEmbedded } from '../db/embedded/embedded.ts';

/** Starts a PostgreSQL server of the sandbox's own, under `.usher/`, with an empty database. */
export async function startEmptyDatabase(name: string): Promise<EmbeddedServer> {
  const directory = fileURLToPath(new URL(join('../.usher', name), import.meta.url));
  const server = await startEmbedded(directory, { durable: false });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  await sql`drop database if exists sandbox with (force)`;
  await sql`create database sandbox`;
  await sql.end();
  const url = new URL(server.url);
  url.pathname = 'sandbox';
  return { url: url.href, stop: server.stop };
}
