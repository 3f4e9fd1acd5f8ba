import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createWorld } from '../../world.ts';
import { readState } from '../slack/state.ts';
import { type Fields, freshActivity, type TeamsWorld } from './forge.ts';

const logged: string[] = [];
const seed = 20_261_122;

let world: TeamsWorld;
let genuine: Fields;
let before: string;
beforeAll(async () => {
  const log = pino({ level: 'error' }, { write: (line) => logged.push(line) });
  world = await createWorld({ in: 'teams', log });
  await world.setUp();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.told('olivia', 'What you can do', () => world.teams.command('olivia', 'help'));
  genuine = freshActivity(world.teams);
  before = await readState(world.db);
  logged.length = 0;
});

/** usher still answers, and nobody's things have changed. */
async function nothingHappened(): Promise<void> {
  await world.told('olivia', 'What you can do', () => world.teams.command('olivia', 'help'));
  expect(await readState(world.db)).toBe(before);
}

/** Sends all of them, each under an id of its own, in a token that vouches for its service, and tells who got what. */
async function statusesOf(activities: Fields[]): Promise<{ status: number; sent: Fields }[]> {
  return Promise.all(
    activities.map(async (fields) => {
      const sent: Fields = { ...fields, ...('id' in fields ? {} : { id: freshActivity(world.teams).id }) };
      const claims = typeof sent.serviceUrl === 'string' ? { serviceurl: sent.serviceUrl } : {};
      const authorization = `Bearer ${await world.teams.sign(claims)}`;
      return { status: (await world.teams.send({ body: JSON.stringify(sent), authorization })).status, sent };
    }),
  );
}

/** Where the parts of an activity stand. */
const paths = [
  ...[
    'type',
    'id',
    'channelId',
    'serviceUrl',
    'text',
    'textFormat',
    'timestamp',
    'localTimestamp',
    'localTimezone',
  ],
  ...[
    'locale',
    'from',
    'recipient',
    'conversation',
    'channelData',
    'entities',
    'attachments',
    'value',
    'name',
  ],
  ...[
    'replyToId',
    'membersAdded',
    'membersRemoved',
    'reactionsAdded',
    'reactionsRemoved',
    'action',
    'expiration',
  ],
  ...[
    'suggestedActions',
    'semanticAction',
    'relatesTo',
    'callerId',
    'deliveryMode',
    'inputHint',
    'topicName',
  ],
  ...[
    'from.id',
    'from.name',
    'from.aadObjectId',
    'from.role',
    'recipient.id',
    'conversation.conversationType',
  ],
  ...['conversation.tenantId', 'conversation.isGroup', 'channelData.tenant', 'channelData.tenant.id'],
  ...[
    'channelData.team',
    'channelData.team.id',
    'channelData.eventType',
    '__proto__',
    'constructor',
    'toString',
  ],
];

const types = [
  'message',
  'invoke',
  'conversationUpdate',
  'installationUpdate',
  'messageReaction',
  'event',
  'typing',
];

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1e308,
    true,
    [],
    {},
    [[]],
    [null],
    'constructor',
    '__proto__',
    '\u0000',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const oddActivity = fc
  .tuple(fc.constantFrom(...types), fc.constantFrom(...paths), oddValue)
  .map(([type, path, value]) => (base: Fields) => {
    const { id: _, ...copy }: Fields = structuredClone({ ...base, type });
    // The conversation's own id would only name another chat; what matters is what usher makes of the rest.
    put(copy, path.split('.'), value);
    return copy;
  });

/** Sets a property by its path, as JSON would have it: also `__proto__` is a name like any other. */
function put(into: Fields, [first = '', ...rest]: string[], value: unknown): void {
  const isParent = rest.length > 0 && typeof into[first] === 'object' && into[first] !== null;
  if (isParent) put(into[first] as Fields, rest, value);
  else Object.defineProperty(into, first, { value, enumerable: true, configurable: true, writable: true });
}

test('whatever one part of a genuine activity is, it is answered, and never with a failure', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(oddActivity, { minLength: 10, maxLength: 10 }), async (changes) => {
      const answers = await statusesOf(changes.map((change) => change(genuine)));
      // 501 is how Teams is told that usher does not know an invoke.
      const failed = answers.filter(({ status }) => status < 200 || (status >= 500 && status !== 501));
      expect(failed).toEqual([]);
    }),
    { numRuns: 60, seed, endOnFailure: true },
  );
  await nothingHappened();
});

test('whatever JSON comes in a genuine token is refused', async () => {
  const token = `Bearer ${await world.teams.sign()}`;
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 3 }), async (body) => {
      const { status } = await world.teams.send({ body, authorization: token });
      expect(status).toBe(400);
    }),
    { numRuns: 200, seed },
  );
  await nothingHappened();
});

test('whatever stands in place of the token is refused', async () => {
  const body = JSON.stringify(genuine);
  const part = fc.base64String({ maxLength: 60 });
  const header = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
    fc.tuple(part, part, part).map((parts) => `Bearer ${parts.join('.')}`),
    fc
      .tuple(
        fc.dictionary(fc.constantFrom('alg', 'kid', 'jku', 'x5u', 'jwk', 'crit', 'typ'), fc.string()),
        part,
      )
      .map(
        ([head, rest]) => `Bearer ${Buffer.from(JSON.stringify(head)).toString('base64url')}.${rest}.${rest}`,
      ),
  );
  await fc.assert(
    fc.asyncProperty(header, async (authorization) => {
      expect((await world.teams.send({ body, authorization: authorization.trim() })).status).toBe(401);
    }),
    { numRuns: 200, seed },
  );
  await nothingHappened();
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'task/other', ''])(
  'an invoke named “%s” is one usher does not know',
  async (name) => {
    const answer = await world.teams.activity('olivia', { type: 'invoke', name, value: {} });
    expect(answer.status).toBe(501);
    expect(logged).toEqual([]);
    await nothingHappened();
  },
);

test.each(['adaptiveCard/action', 'fileConsent/invoke'])(
  'an invoke named “%s” that carries nothing usher has made is taken and has no effect',
  async (name) => {
    for (const value of [{}, [], 'text', { action: { data: { action: { do: 'nuke' } } } }, { context: 7 }]) {
      expect((await world.teams.activity('olivia', { type: 'invoke', name, value })).status).toBe(200);
    }
    await nothingHappened();
  },
);

test('an activity of a type usher does not know is taken and has no effect', async () => {
  for (const type of ['messageReaction', 'typing', 'endOfConversation', 'constructor', '__proto__']) {
    expect((await world.teams.activity('olivia', { type, text: 'invite ana@acme.test' })).status).toBe(200);
  }
  await nothingHappened();
});
