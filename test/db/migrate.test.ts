import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LATEST_SCHEMA_VERSION } from 'bullmq';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

const first = { tag: '0000_first', when: 1_000, text: 'create table one (id int)' };
const second = { tag: '0001_second', when: 2_000, text: 'create table two (id int)' };

let database: TestDatabase;
let url: string;
let folder: string;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database?.drop());

beforeEach(async () => {
  // Beside the migrated copy an empty database, with which these tests begin.
  const name = `${new URL(database.url).pathname.slice(1)}_empty`;
  await inDatabase(database.url, `create database ${name}`);
  url = Object.assign(new URL(database.url), { pathname: name }).href;
  folder = await mkdtemp(join(tmpdir(), 'usher-migrations-'));
  sql = postgres(url, { max: 2, onnotice: () => {} });
});

afterEach(async () => {
  await sql.end();
  await inDatabase(database.url, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
  await rm(folder, { recursive: true });
});

test('the template of all tests has the tables of usher and of the queue', async () => {
  const migrated = postgres(database.url, { max: 1 });
  const [row] = await migrated`select to_regclass('invitation') as ours, to_regclass('bullmq.job') as queues`;
  await migrated.end();
  expect(row).toEqual({ ours: 'invitation', queues: 'bullmq.job' });
});

test('usher and the queue get their tables once, however often it is asked', async () => {
  await writeMigrations(first, second);
  await migrate(url, { folder });
  await migrate(url, { folder });
  expect(await tables()).toEqual(['one', 'two']);
  expect(await appliedCount()).toBe(2);
  expect(await queueVersion()).toBe(LATEST_SCHEMA_VERSION);
});

test('a later migration is added to the ones before it', async () => {
  await writeMigrations(first);
  await migrate(url, { folder });
  await writeMigrations(first, second);
  await migrate(url, { folder });
  expect(await tables()).toEqual(['one', 'two']);
});

test('eight who start at once on an empty database all find it ready', async () => {
  await Promise.all(Array.from({ length: 8 }, () => migrate(url)));
  const journal = JSON.parse(await readFile('db/migrations/meta/_journal.json', 'utf8'));
  expect(await appliedCount()).toBe(journal.entries.length);
  expect(await queueVersion()).toBe(LATEST_SCHEMA_VERSION);
});

test('a process that comes second says that it waits, and for how long it will not', async () => {
  await writeMigrations(first);
  const holder = await sql.reserve();
  await holder`select pg_advisory_lock(1970497650, 3)`;
  const lines: string[] = [];
  const late = migrate(url, { folder, waitMs: 200, log: (line) => lines.push(line) });
  await expect(late).rejects.toThrow('Another process has been migrating the database for too long');
  expect(lines).toEqual(['Another process is migrating the database; waiting for it.']);
  expect(await tables()).toEqual([]);

  const unlock = () => holder`select pg_advisory_unlock(1970497650, 3)`.execute();
  await migrate(url, { folder, log: unlock });
  holder.release();
  expect(await tables()).toEqual(['one']);
});

test('a database that a newer usher has migrated is refused', async () => {
  await writeMigrations(first, second);
  await migrate(url, { folder });
  await writeMigrations(first);
  await expect(migrate(url, { folder })).rejects.toThrow(
    'The database has 1 migration(s) that this usher does not know, the last one made on 1970-01-01T00:00:02.000Z. ' +
      'A newer usher has changed it: start that version.',
  );
});

test('a database whose queue a newer usher has migrated is refused before anything changes', async () => {
  await writeMigrations(first);
  await migrate(url, { folder });
  await writeMigrations(first, second);
  const newer = LATEST_SCHEMA_VERSION + 1;
  await sql`insert into bullmq.migration (version, name, min_client_version) values (${newer}, 'later', 6)`;
  await expect(migrate(url, { folder })).rejects.toThrow(
    `a newer usher (BullMQ schema ${newer}, and this one knows`,
  );
  await sql`update bullmq.migration set min_client_version = 99 where version = ${newer}`;
  await expect(migrate(url, { folder })).rejects.toThrow('major version 99 or newer');
  expect(await tables()).toEqual(['one']);
});

test('a migration that drizzle passes over, being older than the last one, is an error', async () => {
  await writeMigrations(second);
  await migrate(url, { folder });
  await writeMigrations(first, second);
  await expect(migrate(url, { folder })).rejects.toThrow('The migration(s) 0000_first were made before');
});

test('a migration that fails leaves the database as it was and says what PostgreSQL said', async () => {
  await writeMigrations(first, { ...second, text: 'create table one (id int)' });
  await expect(migrate(url, { folder })).rejects.toThrow(
    'The database could not be migrated and is as it was before: relation "one" already exists',
  );
  expect(await tables()).toEqual([]);
});

test('a server that is not there is named without its password', async () => {
  await writeMigrations(first);
  const error = await migrate('postgres://somebody:secret@127.0.0.1:1/nothing', { folder }).catch(String);
  expect(error).toContain('PostgreSQL (127.0.0.1:1, database nothing) cannot be used: connect ECONNREFUSED');
  expect(error).not.toContain('secret');
});

test('a folder without migrations is named', async () => {
  await expect(migrate(url, { folder })).rejects.toThrow(
    `The migrations are missing: ${folder}/meta/_journal.json`,
  );
});

async function writeMigrations(...migrations: { tag: string; when: number; text: string }[]): Promise<void> {
  await cp('db/migrations/meta', join(folder, 'meta'), { recursive: true });
  const entries = migrations.map(({ tag, when }, idx) => ({
    idx,
    version: '7',
    when,
    tag,
    breakpoints: true,
  }));
  await writeFile(
    join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
  for (const { tag, text } of migrations) await writeFile(join(folder, `${tag}.sql`), text);
}

async function tables(): Promise<string[]> {
  const rows = await sql<{ tablename: string }[]>`
    select tablename from pg_tables where schemaname = 'public' order by tablename`;
  return rows.map(({ tablename }) => tablename);
}

async function appliedCount(): Promise<number | undefined> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int from drizzle.__drizzle_migrations`;
  return row?.count;
}

async function queueVersion(): Promise<number | undefined> {
  const [row] = await sql<{ version: number }[]>`select max(version) as version from bullmq.migration`;
  return row?.version;
}

async function inDatabase(target: string, statement: string): Promise<void> {
  const admin = postgres(target, { max: 1, onnotice: () => {} });
  await admin.unsafe(statement).finally(() => admin.end());
}
