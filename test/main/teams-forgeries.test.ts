import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createPeople } from '../../sandbox/people.ts';
import { createPretendTeams, type PretendTeams } from '../../sandbox/teams/pretend-teams.ts';
import { freshActivity } from '../adapters/teams/forge.ts';
import { forgeries } from '../adapters/teams/forgeries.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { eventually } from '../jobs/eventually.ts';
import { killProcess, startProcess, type UsherProcess } from './process.ts';

const people = [
  { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test' },
  { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test' },
];

let database: TestDatabase;
let teams: PretendTeams;
beforeEach(async () => {
  database = await createTestDatabase();
  teams = await createPretendTeams({ people });
});
afterEach(async () => {
  await teams?.stop();
  await database?.drop();
});

/** usher in a process of its own that Olivia may set up. */
async function start(env: Record<string, string> = {}): Promise<UsherProcess & { port: number }> {
  const usher = startProcess({
    ...{ PORT: '0', DATABASE_URL: database.url, USHER_SECRET: 'x'.repeat(32) },
    ...{ USHER_FOUNDERS: 'olivia@acme.test', ...teams.env, ...env },
  });
  onTestFinished(() => killProcess(usher));
  const port = await usher.listening;
  teams.connect(`http://127.0.0.1:${port}/api/messages`);
  return { ...usher, port };
}

test('no forged, malformed or oversized activity ends the process, and it answers afterwards', async () => {
  const usher = await start();
  const { pid } = usher.child;
  await teams.command('olivia', 'help');
  const { sees, setUp } = createPeople(teams);
  await sees('olivia', 'usher is not set up');
  for (const { name, status, forge } of Object.values(forgeries).flat()) {
    expect([name, (await teams.send(await forge(teams))).status]).toEqual([name, status]);
  }
  await setUp();
  expect(usher.child.exitCode).toBeNull();
  expect(usher.child.pid).toBe(pid);
  expect(usher.output()).not.toMatch(/unhandled|a fault/i);
});

/** USHER_TEST_JUNK_TOKENS asks for another number: a hundred thousand took 80 s on a machine with much else to do. */
const junkTokens = Number(process.env.USHER_TEST_JUNK_TOKENS || 20_000);
const warmUp = 4_000;
/** They are sent over this many connections, so many at a time. */
const connections = 4;
const together = 100;

test(`${junkTokens.toLocaleString('en')} junk tokens leave the memory flat, and the channel is not asked for its keys each time`, async () => {
  const usher = await start({ NODE_OPTIONS: `--import=${heapTeller}` });
  await teams.command('olivia', 'help');
  await createPeople(teams).sees('olivia', 'usher is not set up');
  const { pid } = usher.child;
  const template = freshActivity(teams);

  const send = async (from: number, count: number) => {
    const each = count / connections;
    await Promise.all(
      Array.from({ length: connections }, (_, at) => sendJunk(usher.port, template, from + at * each, each)),
    );
  };
  // The first ones fill caches of the engine itself.
  await send(0, warmUp);
  const before = await heapOf(usher);
  await send(warmUp, junkTokens - warmUp);
  const grown = (await heapOf(usher)) - before;

  // One has about 200 bytes, and whoever kept a part of each would keep an entry of a list or map beside it.
  expect(grown / (junkTokens - warmUp)).toBeLessThan(60);
  expect(usher.child.pid).toBe(pid);
  const asked = teams.calls.filter(({ method }) => method === 'openid' || method === 'keys');
  expect(asked.length).toBeLessThan(20);
  await createPeople(teams).setUp();
}, 180_000);

/** Lets a process tell on SIGUSR2 how much of its heap is in use after everything unused was collected. */
const heapTeller = `data:text/javascript,${encodeURIComponent(`
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    collect();
    process.stderr.write('heap ' + process.memoryUsage().heapUsed + ' bytes\\n');
  });
`)}`;

async function heapOf({ child, output }: UsherProcess): Promise<number> {
  const told = () => output().match(/heap \d+ bytes/g) ?? [];
  const before = told().length;
  child.kill('SIGUSR2');
  const [, bytes] = await eventually('it tells its heap', () => {
    const last = told().length > before && told().at(-1);
    return last && /heap (\d+)/.exec(last);
  });
  return Number(bytes);
}

/** Sends activities with tokens nobody signed, each of another issuer and with another key, and waits for every refusal. */
async function sendJunk(port: number, template: object, from: number, count: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    for (let at = from; at < from + count; at += together) {
      const requests = Array.from({ length: together }, (_, one) => junkRequest(template, at + one));
      const answered = refusals(socket, together);
      socket.write(requests.join(''));
      await answered;
    }
  } finally {
    socket.destroy();
  }
}

function junkRequest(template: object, at: number): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  // Every other one pretends to be signed, so that the channel's keys have to be looked at.
  const head = at % 2 === 0 ? { alg: 'none' } : { alg: 'RS256', typ: 'JWT', kid: `key-${at}` };
  const claims = { iss: `https://sts.windows.net/${at}/`, aud: `bot-${at}`, exp: 4_000_000_000, jti: at };
  const token = `${encode(head)}.${encode(claims)}.${at % 2 === 0 ? '' : 'c2lnbmF0dXJl'}`;
  const body = JSON.stringify({ ...template, id: `f:${at}` });
  return `POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Resolves when so many refusals have come; rejects when anything else comes, or the connection ends. */
function refusals(socket: Socket, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    let rest = '';
    const read = (chunk: Buffer) => {
      const text = rest + chunk.toString('latin1');
      const statuses = text.match(/HTTP\/1\.1 \d{3}/g) ?? [];
      // A status may be cut in two.
      const at = text.lastIndexOf('HTTP/1.1 ');
      rest =
        at >= 0 && text.length - at < 12 ? text.slice(at) : text.slice(-8).replace(/HTTP\/1\.1 \d{3}/, '');
      seen += statuses.length;
      const other = statuses.find((status) => !status.endsWith(' 401'));
      if (other) done(new Error(`usher answers ${other}`));
      else if (seen === count) done();
    };
    const ended = () => done(new Error('usher closed the connection'));
    const done = (error?: Error) => {
      socket.off('data', read).off('close', ended);
      if (error) reject(error);
      else resolve();
    };
    socket.on('data', read).on('close', ended);
  });
}
