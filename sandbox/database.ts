import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { EmbeddedInUse, type EmbeddedServer, startEmbedded } from '../db/embedded/embedded.ts';

/** Starts a PostgreSQL server of the sandbox's own, under `.usher/`, with an empty database. */
export async function startEmptyDatabase(name: string): Promise<EmbeddedServer> {
  const directory = fileURLToPath(new URL(join('../.usher', name), import.meta.url));
  const server = await startEmbedded(directory, { durable: false }).catch((error) => {
    if (!(error instanceof EmbeddedInUse)) throw error;
    throw new Error(
      `The ${name} is running already, as process ${error.pid}: use that one, or stop it first.`,
    );
  });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  await sql`drop database if exists sandbox with (force)`;
  await sql`create database sandbox`;
  await sql.end();
  const url = new URL(server.url);
  url.pathname = 'sandbox';
  return { url: url.href, stop: server.stop };
}
