import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RawRequest } from '../../../sandbox/slack/types.ts';
import { eventually } from '../../jobs/eventually.ts';
import { createWorld, type TestWorld } from '../../world.ts';
import { countOf, readState } from './state.ts';

let world: TestWorld;
let genuine: RawRequest;
let before: string;

beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
});
afterAll(() => world?.stop());

beforeEach(async () => {
  await world.told('olivia', 'Invite 1 person', () => world.slack.command('olivia', 'invite ana@acme.test'));
  genuine = world.slack.lastRequest;
  before = await readState(world.db);
});

const now = () => Math.floor(Date.now() / 1000);
const draftCount = () => countOf(world.db, 'draft');

/** A command nobody has sent yet, so that no replay protection stands in the way. */
function freshBody(text = 'invite cleo@acme.test'): string {
  const body = new URLSearchParams(genuine.body);
  body.set('text', text);
  body.set('trigger_id', String(Math.random()));
  return body.toString();
}

/** usher still works, and whatever was sent before this has had no effect. */
async function nothingHappened(): Promise<void> {
  await world.told('olivia', 'What you can do', () => world.slack.command('olivia', 'help'));
  expect(await readState(world.db)).toBe(before);
}

test.each([
  ['made with another secret', () => ({ signature: `v0=${'0'.repeat(64)}` })],
  ['of another length', () => ({ signature: 'v0=00' })],
  ['that is empty', () => ({ signature: '' })],
  ['of another version', () => ({ signature: genuine.signature.replace('v0=', 'v1=') })],
  ['of another body', () => ({ signature: genuine.signature, timestamp: genuine.timestamp })],
])('a signature %s is refused', async (_, given) => {
  const answer = await world.slack.send({ body: freshBody(), ...given() });
  expect(answer).toMatchObject({
    status: 401,
    body: { error: expect.stringContaining('not signed by Slack') },
  });
  await nothingHappened();
});

test.each([
  ['six minutes ago', () => now() - 360, 401],
  ['two minutes ahead', () => now() + 120, 401],
  ['at no time at all', () => Number.NaN, 401],
  ['four minutes ago', () => now() - 240, 200],
  ['thirty seconds ahead', () => now() + 30, 200],
])('a request signed %s is answered as it deserves', async (_, at, status) => {
  const answer = await world.slack.send({ body: freshBody('help'), timestamp: String(at()) });
  expect(answer.status).toBe(status);
  await nothingHappened();
});

test.each(['x-slack-signature', 'x-slack-request-timestamp'])(
  'a request without %s is refused',
  async (name) => {
    const headers: Record<string, string> = {
      'content-type': genuine.contentType,
      'x-slack-signature': genuine.signature,
      'x-slack-request-timestamp': genuine.timestamp,
    };
    delete headers[name];
    const response = await fetch(eventsUrl(), { method: 'POST', headers, body: genuine.body });
    expect(response.status).toBe(401);
    await nothingHappened();
  },
);

test.each([
  ['another text', (body: string) => body.replace('ana%40', 'eve%40')],
  [
    'another person',
    (body: string) => body.replace(/user_id=\w+/, `user_id=${world.slack.person('mia').id}`),
  ],
  ['one byte more', (body: string) => `${body}&`],
])('a genuine request that was changed to %s on the way is refused', async (_, tamper) => {
  const body = tamper(genuine.body);
  expect(body).not.toBe(genuine.body);
  expect((await world.slack.send({ ...genuine, body })).status).toBe(401);
  await nothingHappened();
});

test('a request that is replayed byte for byte takes effect once and gets the same answer', async () => {
  const first = await world.slack.command('olivia', 'invite ben@gmail.com');
  const once = world.slack.lastRequest;
  await world.sees('olivia', 'ben@gmail.com');
  const drafts = await draftCount();
  const again = await world.slack.send(once);
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  before = await readState(world.db);
  await nothingHappened();
  expect(await draftCount()).toBe(drafts);
});

test('of ten copies that arrive at once, one takes effect, and all get the same answer', async () => {
  const drafts = await draftCount();
  const body = freshBody();
  const timestamp = String(now());
  await world.told('olivia', 'cleo@acme.test', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => world.slack.send({ body, timestamp })),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set([JSON.stringify([200, ''])]),
    );
  });
  before = await readState(world.db);
  await nothingHappened();
  expect(await draftCount()).toBe(drafts + 1);
});

test('a form that was refused with problems is refused with the same problems when it is replayed', async () => {
  const { slack, db } = world;
  await slack.command('olivia', 'invite');
  await slack.until(() => slack.screen('olivia').modal, 'the form opens');
  const first = await slack.submit('olivia', { addresses: 'nobody' });
  expect(first.body).toMatchObject({ response_action: 'errors' });
  const again = await eventually('the answer is known', async () => {
    const answer = await slack.send(slack.lastRequest);
    return answer.body === '' ? undefined : answer;
  });
  expect(again.body).toEqual(first.body);
  await slack.closeModal('olivia');
  expect(await readState(db)).toBe(before);
});

test('an event that is delivered again, signed anew, takes effect once', async () => {
  const { slack } = world;
  const event = () => ({ type: 'app_home_opened', user: slack.person('mia').id, tab: 'home' });
  const published = () => slack.calls.filter(({ method }) => method === 'views.publish').length;
  expect((await slack.event(event(), { eventId: 'Ev0REDELIVERED' })).status).toBe(200);
  await slack.until(() => published() === 1, 'the home is published');
  const again = await slack.event({ ...event(), event_ts: '1.5' }, { eventId: 'Ev0REDELIVERED' });
  expect(again.status).toBe(200);
  expect((await slack.event(event(), { eventId: 'Ev0ANOTHER' })).status).toBe(200);
  await slack.until(() => published() === 2, 'the home is published for another event');
  await nothingHappened();
  expect(published()).toBe(2);
});

function eventsUrl(): string {
  return `http://127.0.0.1:${world.usher.port}/slack/events`;
}
