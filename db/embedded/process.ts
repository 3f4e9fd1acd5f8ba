import { readFile, realpath, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, ignore } from './place.ts';
import { run } from './user.ts';

export interface ServerProcess {
  pid: number;
  port: number;
}

/**
 * Reads which process serves a data directory, also while it is starting or stopping. A pid file that a dead server
 * left is no process. PostgreSQL itself clears it away where its number is nobody's; where it is some other program's by
 * now, or a dead process's that nobody buried, or where the file is empty, this removes it.
 */
export async function readServerProcess(data: string): Promise<ServerProcess | undefined> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(ignore('ENOENT'));
  if (text === undefined) return undefined;
  const [pid, directory, , port] = text.split('\n');
  if (!pid || !port) {
    if (await isOlderThan(file, 1_000)) await rm(file, { force: true });
    else await sleep(100);
    return readServerProcess(data);
  }
  const server = { pid: Number(pid), port: Number(port) };
  if ((await isAlive(server.pid)) && (await isServer(server.pid)) && (await isSame(directory, data)))
    return server;
  if (exists(server.pid)) await rm(file, { force: true });
  return undefined;
}

/** Waits until a server process is gone, which it is a moment after it removed its pid file; at most 5 s. */
export async function waitForEnd({ pid }: ServerProcess): Promise<void> {
  const deadline = Date.now() + 5_000;
  while ((await isAlive(pid)) && Date.now() < deadline) await sleep(10);
}

/** Whether a process with this number runs, whoever it belongs to; one that only waits to be buried does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!exists(pid)) return false;
  if (platform() !== 'linux') return true;
  // Containers often have no init that buries.
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(ignore('ENOENT', 'EACCES', 'ESRCH'));
  return !status || !/\) [ZX] /.test(status);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether the process is PostgreSQL's first one; where that cannot be told, it is taken to be. */
async function isServer(pid: number): Promise<boolean> {
  if (platform() === 'win32') return true;
  if (platform() === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(ignore('ENOENT', 'EACCES', 'ESRCH'));
    return command === undefined || isServerCommand(command);
  }
  const command = await run('ps', ['-o', 'args=', '-p', String(pid)]);
  return !command.ok || isServerCommand(command.output);
}

function isServerCommand(command: string): boolean {
  return /\/postgres[\0 ]-D[\0 ]/.test(command);
}

/** A directory that is gone was moved with its running server, which still calls it by the old name. */
async function isSame(directory: string | undefined, data: string): Promise<boolean> {
  const real = directory && (await realpath(directory).catch(ignore('ENOENT')));
  return !real || real === (await realpath(data));
}

async function isOlderThan(file: string, milliseconds: number): Promise<boolean> {
  const found = await stat(file).catch(ignore('ENOENT'));
  return found !== undefined && Date.now() - found.mtimeMs > milliseconds;
}
