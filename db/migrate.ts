import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  assertSchemaCompatibility,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
  SchemaVersionMismatchError,
} from 'bullmq';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** The advisory lock of whoever migrates: "ushr", and 3; 1 and 2 are the embedded server's. */
const LOCK = [0x75736872, 3];

interface Migration {
  tag: string;
  /** When it was generated, in milliseconds: how the database knows it. */
  when: number;
}

export interface MigrateOptions {
  /** Where drizzle-kit wrote the migrations; usher's own when not given. */
  folder?: string;
  log?: (line: string) => void;
  /** How long to wait for another process that is migrating. */
  waitMs?: number;
}

/**
 * Brings the database to the schema of this program, usher's tables first and then BullMQ's. Any number of processes may
 * do so at once: one works, the others wait and find it done. Changes nothing and rejects when the database is newer.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<void> {
  const folder = options.folder ?? fileURLToPath(new URL('./migrations', import.meta.url));
  const known = await readJournal(folder);
  const client = await connect(url);
  try {
    await takeTurn(client, options.waitMs ?? 600_000, options.log ?? (() => {}));
    await assertNotNewer(client, known);
    await assertQueueNotNewer(client);
    await apply(client, folder);
    await assertComplete(client, known);
    await runMigrations(client);
  } finally {
    // The end of the session gives the lock back.
    await client.end().catch(() => {});
  }
}

async function readJournal(folder: string): Promise<Migration[]> {
  const file = join(folder, 'meta', '_journal.json');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new Error(`The migrations are missing: ${file}. Make them with "npx drizzle-kit generate".`, {
      cause,
    });
  });
  return JSON.parse(text).entries;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'usher migrate',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener a cut connection would end the process; the next statement tells it.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
    return client;
  } catch (cause) {
    await client.end().catch(() => {});
    const what = `${client.host}:${client.port}, database ${client.database}`;
    throw new Error(`PostgreSQL (${what}) cannot be used: ${reason(cause)}. Is DATABASE_URL right?`, {
      cause,
    });
  }
}

async function takeTurn(client: pg.Client, waitMs: number, log: (line: string) => void): Promise<void> {
  const { rows } = await client.query('select pg_try_advisory_lock($1, $2) as won', LOCK);
  if (rows[0]?.won !== true) {
    log('Another process is migrating the database; waiting for it.');
    await client.query(`set lock_timeout = ${Math.ceil(waitMs)}`);
    await client.query('select pg_advisory_lock($1, $2)', LOCK).catch((cause) => {
      const advice = `Look for it in pg_stat_activity, where its application_name is 'usher migrate'.`;
      throw new Error(`Another process has been migrating the database for too long. ${advice}`, { cause });
    });
  }
  // A change that waits for a busy table holds up everybody who comes after it.
  await client.query(`set lock_timeout = '30s'`);
}

async function assertNotNewer(client: pg.Client, known: Migration[]): Promise<void> {
  const moments = new Set(known.map(({ when }) => when));
  const strange = (await readApplied(client)).filter((when) => !moments.has(when));
  if (strange.length === 0) return;
  throw new Error(
    `The database has ${strange.length} migration(s) that this usher does not know, the last one made on ` +
      `${new Date(Math.max(...strange)).toISOString()}. A newer usher has changed it: start that version.`,
  );
}

async function assertQueueNotNewer(client: pg.Client): Promise<void> {
  const refusal = (what: string) =>
    new Error(`The queue's tables in the database were made by a newer usher (${what}): start that version.`);
  const version = await assertSchemaCompatibility(client).catch((error) => {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error instanceof SchemaVersionMismatchError ? refusal(error.message) : error;
  });
  if (version <= LATEST_SCHEMA_VERSION) return;
  throw refusal(`BullMQ schema ${version}, and this one knows ${LATEST_SCHEMA_VERSION}`);
}

async function apply(client: pg.Client, folder: string): Promise<void> {
  await applyMigrations(drizzle({ client }), { migrationsFolder: folder }).catch((cause) => {
    throw new Error(`The database could not be migrated and is as it was before: ${reason(cause)}`, {
      cause,
    });
  });
}

/** drizzle passes over a migration that is older than the last one applied, without a word. */
async function assertComplete(client: pg.Client, known: Migration[]): Promise<void> {
  const applied = new Set(await readApplied(client));
  const missing = known.filter(({ when }) => !applied.has(when)).map(({ tag }) => tag);
  if (missing.length === 0) return;
  throw new Error(
    `The migration(s) ${missing.join(', ')} were made before one that the database already has, and so were passed ` +
      'over. Make them again with "npx drizzle-kit generate".',
  );
}

async function readApplied(client: pg.Client): Promise<number[]> {
  const table = await client.query(`select to_regclass('drizzle.__drizzle_migrations') is not null as there`);
  if (table.rows[0]?.there !== true) return [];
  const { rows } = await client.query('select created_at from drizzle.__drizzle_migrations');
  return rows.map(({ created_at }) => Number(created_at));
}

/** drizzle hides what PostgreSQL said behind the statement, and Node the error of each address behind an empty text. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  if (!(error instanceof Error)) return String(error);
  return error.cause ? reason(error.cause) : error.message;
}
