import { open, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { ignore, type Place } from './place.ts';
import { readServerProcess, waitForEnd } from './process.ts';
import { run } from './user.ts';

/**
 * Finds the server of this data directory, or starts it with these settings on `wantedPort` or else any free one. The
 * server is a process of its own that outlives usher; it may still be recovering when this returns.
 */
export async function ensureRunning(
  cluster: Cluster,
  settings: readonly string[],
  wantedPort?: number,
): Promise<{ port: number; started: boolean }> {
  for (let attempt = 1; ; attempt++) {
    const found = await readServerProcess(join(cluster.place.path, 'data'));
    if (found) return { port: found.port, started: false };
    const port = wantedPort ?? (await freePort());
    const failure = await launch(cluster, [...settings, `port=${port}`]);
    if (!failure) return { port, started: true };
    // Somebody else started it or took the port meanwhile, or processes of a killed server are still ending.
    if (attempt === 5) throw new Error(failure);
    await sleep(attempt * 100);
  }
}

async function launch(
  { place, binaries }: Cluster,
  settings: readonly string[],
): Promise<string | undefined> {
  const log = join(place.path, 'server.log');
  const before = (await stat(log).catch(ignore('ENOENT')))?.size ?? 0;
  const outcome = await run(
    binaries.pgCtl,
    [
      ...['start', '-D', join(place.path, 'data'), '-l', log, '-w', '-t', '120'],
      ...['-o', settings.map((setting) => `-c ${setting}`).join(' ')],
    ],
    { user: place.user, timeoutMs: 130_000 },
  );
  return outcome.ok
    ? undefined
    : withLog(place, 'did not start', (await lastLines(log, before)) || outcome.output);
}

/** Stops the server and ends every session in it, at the latest after 30 s; nothing happens when there is none. */
export async function stopServer({ place, binaries }: Cluster): Promise<void> {
  const data = join(place.path, 'data');
  let output = '';
  for (const [mode, seconds] of [['fast', 20] as const, ['immediate', 10] as const]) {
    const server = await readServerProcess(data);
    if (!server) return;
    const parameters = ['stop', '-D', data, '-m', mode, '-w', '-t', String(seconds)];
    const outcome = await run(binaries.pgCtl, parameters, {
      user: place.user,
      timeoutMs: (seconds + 5) * 1_000,
    });
    if (outcome.ok) return waitForEnd(server);
    output = outcome.output;
  }
  throw await failureOf({ place }, `did not stop: ${output}`);
}

/** The error for what the server of this data directory did, with the last lines of its log. */
export async function failureOf({ place }: Pick<Cluster, 'place'>, what: string): Promise<Error> {
  return new Error(withLog(place, what, await lastLines(join(place.path, 'server.log'), 0)));
}

function withLog(place: Place, what: string, lines: string): string {
  return `PostgreSQL in ${place.path} ${what}\nThe last lines of ${join(place.path, 'server.log')}:\n${lines}`;
}

async function lastLines(log: string, from: number): Promise<string> {
  const file = await open(log).catch(ignore('ENOENT', 'EACCES'));
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - 4_096);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4_096), 0, 4_096, start);
    return buffer.toString('utf8', 0, bytesRead).trim().split('\n').slice(-15).join('\n');
  } finally {
    await file.close();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
