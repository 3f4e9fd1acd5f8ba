import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  EmbeddedInUse,
  type EmbeddedServer,
  joinEmbedded,
  startEmbedded,
} from '../../db/embedded/embedded.ts';
import { isAlive, readServerProcess } from '../../db/embedded/process.ts';

let parent: string;
let fresh: string;
let directory: string;
const servers: EmbeddedServer[] = [];
const programs: ChildProcess[] = [];

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'usher-embedded-'));
  // As root the server runs as another user, who has to get in.
  await chmod(parent, 0o711);
  fresh = join(parent, 'fresh');
  await (await startEmbedded(fresh, { durable: false })).stop();
});

afterAll(() => rm(parent, { recursive: true }));

beforeEach(async ({ task }) => {
  directory = join(parent, `usher ${task.id}`);
  await promisify(execFile)('cp', ['-a', fresh, directory]);
});

afterEach(async () => {
  for (const program of programs.splice(0)) program.kill('SIGKILL');
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  // What a killed program left is adopted, and so can be stopped.
  if (await readServerProcess(dataDirectory())) await (await start()).stop();
  await rm(directory, { recursive: true });
});

test('the server speaks UTF-8 and UTC, listens to this machine only and asks for the password', async () => {
  const { url } = await start();
  const settings = `select current_setting('listen_addresses') as listens, current_setting('timezone') as zone,
    current_setting('unix_socket_directories') as sockets, pg_encoding_to_char(encoding) as encoding, current_database() as name
    from pg_database where datname = current_database()`;
  expect(await ask(url, settings)).toEqual([
    { listens: '127.0.0.1', zone: 'UTC', sockets: '', encoding: 'UTF8', name: 'usher' },
  ]);
  const guess = Object.assign(new URL(url), { password: 'guess' }).href;
  await expect(ask(guess, 'select 1')).rejects.toThrow('password authentication failed');
  expect((await stat(join(directory, 'postgresql', 'password'))).mode & 0o777).toBe(0o600);
});

test('stopping leaves no process, and starting again finds the data', async () => {
  const first = await start();
  await ask(first.url, 'create table kept (id int)');
  const pid = await serverPid();
  await Promise.all([first.stop(), first.stop()]);
  expect(await isAlive(pid)).toBe(false);
  const { url } = await start();
  expect(await ask(url, `select to_regclass('kept') as found`)).toEqual([{ found: 'kept' }]);
  expect(await readdir(directory)).toEqual(['postgresql']);
});

test('what a start that was killed half-way left is removed, what one is making now is not', async () => {
  const old = join(directory, 'postgresql.new-old');
  const young = join(directory, 'postgresql.new-young');
  await Promise.all([mkdir(old), mkdir(young)]);
  await utimes(old, 0, 0);
  await start();
  expect(await readdir(directory)).toEqual(['postgresql', 'postgresql.new-young']);
});

test('a second usher is told who has the directory, and the first goes on', async () => {
  const first = await start();
  const error: unknown = await start().catch((reason) => reason);
  expect(error).toBeInstanceOf(EmbeddedInUse);
  expect(String(error)).toContain(
    `The database in ${directory} is in use by another usher, process ${process.pid}. Stop that one first`,
  );
  expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('of two programs that start at once in an empty directory one wins and the other says so', async () => {
  await rm(directory, { recursive: true });
  const both = [startProgram(), startProgram()];
  const lines = await Promise.all(both.map((program) => program.line));
  const [url = ''] = lines.filter((line) => line.startsWith('postgres://'));
  const winner = both[lines.indexOf(url)]?.child.pid;
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(lines.filter((line) => line !== url)).toEqual([
    expect.stringMatching(`^EmbeddedInUse: .* is in use by another usher, process ${winner}\\.`),
  ]);
});

test('a killed usher leaves its server running, and the next one adopts it', async () => {
  const { child, line } = startProgram();
  await ask(await line, 'create table kept (id int)');
  const pid = await serverPid();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isAlive(pid)).toBe(true);
  const { url } = await start();
  expect(await serverPid()).toBe(pid);
  expect(await ask(url, `select to_regclass('kept') as found`)).toEqual([{ found: 'kept' }]);
});

test('a killed server comes back by itself at the same url, still owned', async () => {
  const lines: string[] = [];
  const { url } = await start((line) => lines.push(line));
  await ask(url, 'create table kept (id int)');
  await ask(url, 'checkpoint');
  const pid = await serverPid();
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(lines.at(-1)).toContain('PostgreSQL was gone and is there again'), 20_000);
  expect(await serverPid()).not.toBe(pid);
  expect(await ask(url, `select to_regclass('kept') as found`)).toEqual([{ found: 'kept' }]);
  await expect(start()).rejects.toThrow(EmbeddedInUse);
});

test('a server that was killed together with its usher is started again', async () => {
  const { child, line } = startProgram();
  await line;
  const pid = await serverPid();
  child.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  await once(child, 'exit');
  const { url } = await start();
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await serverPid()).not.toBe(pid);
});

test.each([
  ['whose process is another program by now', () => `${process.pid}\n${directory}\n1\n5432\n\n127.0.0.1\n`],
  ['that is empty', () => ''],
])('a pid file %s is no obstacle', async (_, text) => {
  await writeFile(pidFile(), text());
  const { url } = await start();
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a command uses the server of the usher beside it, and leaves it running', async () => {
  const owner = await start();
  const guest = await joinEmbedded(directory);
  expect(guest.url).toBe(owner.url);
  await guest.stop();
  expect(await ask(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('commands without an usher start the server, and the last of them stops it', async () => {
  const first = await visit();
  const second = await visit();
  const pid = await serverPid();
  await first.stop();
  expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
  expect(await isAlive(pid)).toBe(false);
});

test('an usher that comes while a command runs keeps the server of the command', async () => {
  const guest = await visit();
  const owner = await start();
  expect(owner.url).toBe(guest.url);
  await guest.stop();
  expect(await ask(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('data of another PostgreSQL is refused with what to do', async () => {
  await writeFile(join(dataDirectory(), 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow('was made by PostgreSQL 17; this usher brings PostgreSQL 18');
});

test('a server that does not start says so with the last lines of its log', async () => {
  await truncate(join(dataDirectory(), 'global', 'pg_control'), 10);
  const error = await start().catch(String);
  expect(error).toContain(
    `did not start\nThe last lines of ${join(directory, 'postgresql', 'server.log')}:\n`,
  );
  expect(error).toContain('could not read file "global/pg_control"');
});

test('a server that refuses the password is not left running', async () => {
  await writeFile(join(directory, 'postgresql', 'password'), 'another');
  await expect(start()).rejects.toThrow('password authentication failed for user "usher"');
  await expect(stat(pidFile())).rejects.toThrow('ENOENT');
});

async function start(log: (line: string) => void = () => {}): Promise<EmbeddedServer> {
  const server = await startEmbedded(directory, { durable: false, log });
  servers.push(server);
  return server;
}

async function visit(): Promise<EmbeddedServer> {
  const server = await joinEmbedded(directory, { durable: false });
  servers.push(server);
  return server;
}

/** Starts a program that owns the server, and tells the line in which it says its url or its error. */
function startProgram(): { child: ChildProcess; line: Promise<string> } {
  const program = fileURLToPath(new URL('./programs/own-server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  programs.push(child);
  const line = once(createInterface(child.stdout), 'line').then(([text]) => String(text));
  return { child, line };
}

function dataDirectory(): string {
  return join(directory, 'postgresql', 'data');
}

function pidFile(): string {
  return join(dataDirectory(), 'postmaster.pid');
}

async function serverPid(): Promise<number> {
  return Number.parseInt(await readFile(pidFile(), 'utf8'), 10);
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  return sql
    .unsafe(statement)
    .then((rows) => [...rows])
    .finally(() => sql.end());
}
