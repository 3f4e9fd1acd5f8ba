import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../db/embedded/embedded.ts';
import { isAlive, readServerProcess } from '../db/embedded/process.ts';
import { migrate } from '../db/migrate.ts';
import { makeCertificate } from '../sandbox/teams/certificate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The url of a server that test databases may be made on and dropped from, and the migrated one to copy. */
    testServer: { url: string; template: string };
  }
}

interface TestServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts the one server of a test run, or takes USHER_TEST_DATABASE_URL, and migrates the template of its databases. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Whom a process trusts is settled when it starts, and the workers have not been started yet.
  process.env.NODE_EXTRA_CA_CERTS = await makeCertificate();
  const given = process.env.USHER_TEST_DATABASE_URL;
  const server: TestServer = given ? { url: given, stop: async () => {} } : await startTemporary();
  const template = `usher_template_${randomBytes(6).toString('hex')}`;
  const teardown = async () => {
    await dropTemplate(server.url, template).finally(server.stop);
  };
  try {
    await makeTemplate(server.url, template);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('testServer', { url: server.url, template });
  return teardown;
}

async function startTemporary(): Promise<TestServer> {
  await removeAbandoned();
  const directory = await mkdtemp(join(tmpdir(), `usher-test-${process.pid}-`));
  // As root the server runs as another user, who has to get in.
  await chmod(directory, 0o711);
  const server = await startEmbedded(directory, { durable: false, maxConnections: 200 });
  await easePassword(server.url);
  const data = join(directory, 'postgresql', 'data');
  // Ctrl-C ends vitest without its teardown; SIGINT to PostgreSQL's first process is a fast stop.
  const interrupt = () =>
    process.kill(Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10), 'SIGINT');
  process.once('exit', interrupt);
  const stop = async () => {
    process.off('exit', interrupt);
    await server.stop().finally(() => removeWithData(directory));
  };
  return { url: server.url, stop };
}

/** Proving the password takes either side milliseconds by design, and tests open thousands of connections. */
function easePassword(url: string): Promise<void> {
  const { username, password } = new URL(url);
  return onServer(url, ['set scram_iterations = 1', `alter role ${username} password '${password}'`]);
}

/** A run that was killed leaves its directory, or even its server; the process number in the name tells. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^usher-test-(\d+)-/.exec(name)?.[1];
    if (!pid || (await isAlive(Number(pid)))) continue;
    const directory = join(tmpdir(), name);
    const remove = async () => {
      if (await readServerProcess(join(directory, 'postgresql', 'data'))) {
        await (await startEmbedded(directory, { durable: false })).stop();
      }
      await removeWithData(directory);
    };
    await remove().catch((error) => console.warn(`${directory} was left by a killed run: ${error}`));
  }
}

async function removeWithData(directory: string): Promise<void> {
  const data = await realpath(join(directory, 'postgresql')).catch(() => undefined);
  if (data) await rm(data, { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
}

async function makeTemplate(serverUrl: string, template: string): Promise<void> {
  await onServer(serverUrl, [`create database ${template}`]);
  const url = new URL(serverUrl);
  url.pathname = template;
  await migrate(url.href);
  // A database with a connection cannot be copied.
  await onServer(serverUrl, [`alter database ${template} allow_connections false is_template true`]);
}

async function dropTemplate(serverUrl: string, template: string): Promise<void> {
  await onServer(serverUrl, [
    `alter database ${template} is_template false`,
    `drop database ${template} with (force)`,
  ]);
}

async function onServer(url: string, statements: string[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
