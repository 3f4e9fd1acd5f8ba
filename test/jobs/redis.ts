import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../sandbox/free-port.ts';

/** Whether this machine has a Redis to test with. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Says aloud which tests were left out because there is no Redis; in a run that stays silent they would seem to have passed. */
export function warnWithoutRedis(tests: string): void {
  if (!hasRedis) console.warn(`SKIPPED: ${tests}. Install redis-server to run them.`);
}

export interface TestRedis {
  url: string;
  /** Everything in it is gone, as after a loss of the machine. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis of one's own, with the settings usher asks for unless told otherwise, on a free port of this machine. */
export async function startRedis(otherSettings: Record<string, string> = {}): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'usher-redis-'));
  const port = await findFreePort();
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'yes', 'maxmemory-policy': 'noeviction' };
  const given = Object.entries({ ...settings, dir: directory, ...otherSettings });
  const child = spawn(
    'redis-server',
    given.flatMap(([name, value]) => [`--${name}`, ...String(value).split(' ')]),
  );
  await isReady(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    flush: () => send(port, 'FLUSHALL'),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code} before it was ready.`)));
    if (!child.stdout) throw new Error('redis-server says nothing.');
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve();
    });
  });
}

async function send(port: number, command: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${command}\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  if (String(answer) !== '+OK\r\n') throw new Error(`Redis answered ${command} with ${answer}.`);
}
