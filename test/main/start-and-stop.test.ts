import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, type TestContext, test } from 'vitest';
import { createPeople } from '../../sandbox/people.ts';
import { eventually } from '../jobs/eventually.ts';
import { hasRedis, startRedis, warnWithoutRedis } from '../jobs/redis.ts';
import { createGround } from './process.ts';

const people = [
  { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true },
  { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test' },
];

warnWithoutRedis('stopping without a Redis that was there');

/** Tests of this file wait more than they work, and so run side by side. */
const prepare = ({ onTestFinished }: TestContext) => createGround(people, onTestFinished);

async function statusOf(port: number, path: string): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).status;
}

/** A client that sends the beginning of a request and takes its time with the rest. */
async function beginRequest(port: number, path: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n`);
  socket.on('error', () => {});
  return socket;
}

test.concurrent('it says that it lives and that it is ready, and no more after SIGTERM; a client that never ends its request does not keep it from ending with 0', async (context) => {
  const { start } = await prepare(context);
  const usher = start();
  const port = await usher.listening;
  expect([await statusOf(port, '/healthz'), await statusOf(port, '/readyz')]).toEqual([200, 200]);
  const [late, endless] = [await beginRequest(port, '/readyz'), await beginRequest(port, '/readyz')];
  await statusOf(port, '/healthz');
  const askedAt = performance.now();
  usher.child.kill('SIGTERM');
  await eventually('it says that it stops', () => usher.output().includes('SIGTERM'));
  const answer = once(late, 'data');
  late.write('\r\n');
  expect(String((await answer)[0])).toMatch(/^HTTP\/1\.1 503 [\s\S]*"problem":"stopping"/);
  expect(await usher.exited).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(20_000);
  await expect(statusOf(port, '/healthz')).rejects.toThrow('fetch failed');
  endless.destroy();
});

test.concurrent('without its database it lives and is not ready', async (context) => {
  const { start, database, slack } = await prepare(context);
  const usher = start();
  const port = await usher.listening;
  await database.drop();
  await eventually('it notices', async () => (await statusOf(port, '/readyz')) === 503);
  expect(await statusOf(port, '/healthz')).toBe(200);
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(await answer.json()).toEqual({ ready: false, problem: 'the database does not answer' });
  slack.connect(`http://127.0.0.1:${port}/slack/events`);
  expect((await slack.command('olivia', 'help')).status).toBe(500);
  expect(await statusOf(port, '/healthz')).toBe(200);
  usher.child.kill('SIGTERM');
  expect(await usher.exited).toBe(0);
});

test.skipIf(!hasRedis).concurrent('a Redis that has died does not keep it from stopping', async (context) => {
  const { start } = await prepare(context);
  const redis = await startRedis();
  const usher = start({ REDIS_URL: redis.url });
  const port = await usher.listening;
  await redis.stop();
  expect(await statusOf(port, '/readyz')).toBe(200);
  const askedAt = performance.now();
  usher.child.kill('SIGTERM');
  expect(await usher.exited).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(20_000);
});

test.concurrent('what was acknowledged before SIGTERM is answered after it', async (context) => {
  const { start, slack } = await prepare(context);
  const usher = start();
  slack.connect(`http://127.0.0.1:${await usher.listening}/slack/events`);
  const seen = createPeople(slack);
  await slack.command('olivia', 'help');
  usher.child.kill('SIGTERM');
  await seen.sees('olivia', 'usher is not set up here yet');
  expect(await usher.exited).toBe(0);
});

test.concurrent('web and worker run apart, what one takes the other delivers, and no log tells addresses or secrets', async (context) => {
  const { start, slack } = await prepare(context);
  const [web, worker] = [start({}, 'web'), start({}, 'worker')];
  slack.connect(`http://127.0.0.1:${await web.listening}/slack/events`);
  await eventually('the worker has started', () => worker.output().includes('usher works'));
  const { setUp, invite, join, sees } = createPeople(slack);
  await setUp();
  slack.fail('chat.postMessage', { status: 500 });
  await invite('olivia', 'ana@acme.test');
  await join('ana');
  await sees('olivia', '1 of 1 joined');
  expect(worker.output()).toContain('a fault');
  for (const part of [web, worker]) {
    expect(part.output()).not.toMatch(/@acme\.test|xoxb-|\/join\//);
    expect(part.output()).not.toContain(slack.signingSecret);
    part.child.kill('SIGTERM');
  }
  expect([await web.exited, await worker.exited]).toEqual([0, 0]);
});

test.concurrent('when its port is taken it says so and ends, and leaves nothing running', async (context) => {
  const { start } = await prepare(context);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const usher = start({ PORT: String(port) });
  expect(await usher.exited).toBe(1);
  expect(usher.output()).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
  other.close();
});

test.concurrent('when its database cannot be reached it says so and ends', async (context) => {
  const { start } = await prepare(context);
  const usher = start({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' });
  expect(await usher.exited).toBe(1);
  expect(usher.output()).toMatch(/ECONNREFUSED|database/);
  expect(usher.output()).not.toContain('secret');
});
