import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RawRequest } from '../../../sandbox/teams/types.ts';
import { createWorld } from '../../world.ts';
import { countOf } from '../slack/state.ts';
import { freshActivity, readAll, type TeamsWorld } from './forge.ts';
import { forgeries } from './forgeries.ts';

let world: TeamsWorld;
let genuine: RawRequest;
let before: string;

beforeAll(async () => {
  world = await createWorld({ in: 'teams', env: { LOG_LEVEL: 'silent' } });
  await world.setUp();
});
afterAll(() => world?.stop());

beforeEach(async () => {
  await world.told('olivia', 'Invite 1 person', () => world.teams.command('olivia', 'invite ana@acme.test'));
  genuine = world.teams.lastRequest;
  before = await readAll(world.db);
});

const draftCount = () => countOf(world.db, 'draft');

/** usher still works, and whatever was sent before this has had no effect. */
async function nothingHappened(): Promise<void> {
  await world.told('olivia', 'What you can do', () => world.teams.command('olivia', 'help'));
  expect(await readAll(world.db)).toBe(before);
}

test('the genuine activity the forgeries are made of gets through', async () => {
  const drafts = await draftCount();
  await world.told('olivia', 'Invite 1 person', async () => {
    const answer = await world.teams.send({ body: JSON.stringify(freshActivity(world.teams)) });
    expect(answer.status).toBe(200);
  });
  expect(await draftCount()).toBe(drafts + 1);
});

test.each(Object.entries(forgeries))('%s: every one is refused', async (_, group) => {
  const wrong: unknown[] = [];
  for (const { name, status, forge } of group) {
    const answer = await world.teams.send(await forge(world.teams));
    const { error } = (answer.body ?? {}) as { error?: unknown };
    if (answer.status !== status || typeof error !== 'string') wrong.push([name, answer.status, answer.body]);
  }
  expect(wrong).toEqual([]);
  await nothingHappened();
});

test('an activity is refused when it is replayed byte for byte, and when it comes in a new token', async () => {
  const drafts = await draftCount();
  const again = await world.teams.send(genuine);
  expect(again).toMatchObject({ status: 409, body: { error: expect.stringContaining('before') } });
  const anew = await world.teams.send({ body: genuine.body });
  expect(anew.status).toBe(409);
  const elsewhere = await world.teams.send({
    body: JSON.stringify({ ...JSON.parse(genuine.body), text: 'help' }),
  });
  expect(elsewhere.status).toBe(409);
  await nothingHappened();
  expect(await draftCount()).toBe(drafts);
});

test('of twenty copies that arrive at once, one takes effect and the others are refused', async () => {
  const drafts = await draftCount();
  const body = JSON.stringify(freshActivity(world.teams));
  await world.told('olivia', 'Invite 1 person', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.teams.send({ body })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
  });
  before = await readAll(world.db);
  await nothingHappened();
  expect(await draftCount()).toBe(drafts + 1);
});

test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('there is nothing to %s', async (method) => {
  const { body, authorization, contentType } = genuine;
  const headers = { authorization: authorization ?? '', 'content-type': contentType };
  const withBody = method === 'GET' || method === 'HEAD' ? {} : { body };
  const response = await fetch(`http://127.0.0.1:${world.usher.port}/api/messages`, {
    ...{ method, headers },
    ...withBody,
  });
  expect(response.status).toBe(404);
  await nothingHappened();
});

test.each(['/API/messages', '/api/messages/', '/api/messages?a=b', '/Api/Messages/'])(
  'there is no way around the gate by calling it %s',
  async (path) => {
    const unsigned = JSON.stringify(freshActivity(world.teams));
    for (const [body, authorization, status] of [
      [unsigned, '', 401],
      [genuine.body, genuine.authorization ?? '', 409],
    ] as const) {
      const headers = { 'content-type': 'application/json', authorization };
      const url = `http://127.0.0.1:${world.usher.port}${path}`;
      expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(status);
    }
    await nothingHappened();
  },
);

test('a body that claims to be compressed and is not is refused', async () => {
  const headers = { 'content-encoding': 'gzip', authorization: genuine.authorization ?? '' };
  const url = `http://127.0.0.1:${world.usher.port}/api/messages`;
  expect((await fetch(url, { method: 'POST', headers, body: 'no' })).status).toBe(400);
  await nothingHappened();
});
