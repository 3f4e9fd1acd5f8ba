import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createWorld, type TestWorld } from '../../world.ts';
import { readState } from './state.ts';

let world: TestWorld;
beforeAll(async () => {
  // usher gives up on what nobody listens to after three seconds; Slack is to wait for that answer here.
  world = await createWorld({ slack: { patienceMs: 10_000 }, env: { LOG_LEVEL: 'silent' } });
  vi.spyOn(console, 'error').mockImplementation(() => {});
  await world.setUp();
});
afterAll(() => world?.stop());

const url = (path = '/slack/events') => `http://127.0.0.1:${world.usher.port}${path}`;

async function nothingChangedBy<Result>(act: () => Promise<Result>): Promise<Result> {
  const before = await readState(world.db);
  const result = await act();
  await world.told('olivia', 'What you can do', () => world.slack.command('olivia', 'help'));
  expect(await readState(world.db)).toBe(before);
  return result;
}

test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'POST'])('an unsigned %s is refused', async (method) => {
  const body = method === 'POST' || method === 'PUT' ? 'command=%2Fusher' : undefined;
  const response = await fetch(url(), { method, ...(body ? { body } : {}) });
  expect(response.status).toBe(401);
});

test.each(['/SLACK/EVENTS', '/slack/events/', '/slack/events?a=b', '/Slack/Events/'])(
  'there is no way around the gate by calling it %s',
  async (path) => {
    expect((await fetch(url(path), { method: 'POST', body: '{"type":"url_verification"}' })).status).toBe(
      401,
    );
  },
);

test('a replay has no effect under another spelling of the address either', async () => {
  const { signature, timestamp, body } = world.slack.lastRequest;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-signature': signature,
    'x-slack-request-timestamp': timestamp,
  };
  await nothingChangedBy(() => fetch(url('/SLACK/events/'), { method: 'POST', headers, body }));
});

test.each(['signed', 'unsigned'])(
  'a %s body that is too large is refused before it is read',
  async (kind) => {
    const body = 'x'.repeat(1_100_000);
    const signature = kind === 'signed' ? {} : { signature: 'v0=00' };
    const answer = await nothingChangedBy(() => world.slack.send({ body, ...signature }));
    expect(answer.status).toBe(413);
  },
);

test('a body that claims to be compressed and is not is refused', async () => {
  const headers = { 'content-encoding': 'gzip' };
  const response = await nothingChangedBy(() => fetch(url(), { method: 'POST', headers, body: 'no' }));
  expect(response.status).toBe(400);
});

test("Slack's own check of the address is answered", async () => {
  const answer = await world.slack.send({ body: '{"type":"url_verification","challenge":"abc"}' });
  expect(answer).toMatchObject({ status: 200, body: { challenge: 'abc' } });
});

const signedNonsense: [name: string, body: string, contentType?: string][] = [
  ['nothing', ''],
  ['spaces', '  '],
  ['half an object', '{'],
  ['a list', '[]', 'application/json'],
  ['null', 'null', 'application/json'],
  ['a text', '"x"', 'application/json'],
  ['an empty object', '{}'],
  ['an unknown type', '{"type":"surprise"}'],
  ['an event without an event', '{"type":"event_callback","event":null,"event_id":"Ev1"}'],
  ['a payload that is no JSON', 'payload=no'],
  ['a payload of null', 'payload=null'],
  ['a press without a button', 'payload={"type":"block_actions"}'],
  ['a press by nobody', 'payload={"type":"block_actions","actions":[{"type":"button","action_id":"x"}]}'],
  ['a form without a view', 'payload={"type":"view_submission","view":{}}'],
  ['a command by nobody', 'command=%2Fusher&text=invite+ana%40acme.test'],
  ['another content type', 'a=b', 'application/octet-stream'],
  ['no content type at all', 'a=b', ''],
  ['parts without parts', 'a=b', 'multipart/form-data; boundary=x'],
  ['markup', '<a/>', 'application/xml'],
  ['very deep JSON', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['a very deep payload', `payload=${'['.repeat(20_000)}${']'.repeat(20_000)}`],
];

test('signed nonsense of every kind is answered, changes nothing, and usher goes on', async () => {
  const answers = await nothingChangedBy(() =>
    Promise.all(
      signedNonsense.map(async ([name, body, contentType]) => {
        const asType = contentType === undefined ? {} : { contentType };
        return [name, (await world.slack.send({ body, ...asType })).status] as const;
      }),
    ),
  );
  const unanswered = answers.filter(([, status]) => ![200, 400, 404, 500].includes(status));
  expect(unanswered).toEqual([]);
});
