import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../../../db/id.ts';
import { createWorld, textOf } from '../../world.ts';
import { everythingSaid } from '../slack/state.ts';
import { invoke, pressForged, readAll, saidBy, type TeamsWorld } from './forge.ts';

const foreignTenant = '99999999-8888-4777-8666-555555555555';
const people = [
  { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true },
  { name: 'adam', realName: 'Adam Berg', email: 'adam@acme.test' },
  { name: 'mia', realName: 'Mia Chen', email: 'mia@acme.test' },
  { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test' },
  { name: 'gus', realName: 'Gus Guest', email: 'gus@acme.test', isGuest: true },
  // A guest may have an address of ours at home, and share it with somebody who has every right.
  { name: 'double', realName: 'Olivia Okafor', email: 'olivia@acme.test', isGuest: true },
  {
    name: 'connie',
    realName: 'Connie Connect',
    email: 'adam@acme.test',
    tenantId: foreignTenant,
    onTeam: true,
  },
  { name: 'gone', realName: 'Gone Girl', email: 'gone@acme.test' },
];
const refused = 'usher is only for';

let world: TeamsWorld;
beforeAll(async () => {
  world = await createWorld({ in: 'teams', people, env: { LOG_LEVEL: 'silent' } });
  await world.setUp();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
  await world.invite('olivia', 'gus@acme.test, ana@acme.test');
  await world.sees('ana', '[Join Payments]');
  await everythingSaid(world.db);
});
afterAll(() => world?.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

async function changesNothing<Result>(act: () => Promise<Result>): Promise<Result> {
  const before = await readAll(world.db);
  const result = await act();
  await world.told('olivia', 'What you can do', () => world.teams.command('olivia', 'help'));
  await everythingSaid(world.db);
  expect(await readAll(world.db)).toBe(before);
  return result;
}

async function invitationOf(email: string): Promise<`inv_${string}`> {
  const [row] = await world.db.execute<{ id: `inv_${string}` }>(sql`
    select id from invitation where email = ${email} and status = 'pending'`);
  if (!row) throw new Error(`Nobody has invited ${email}.`);
  return row.id;
}

test.each(['gus', 'double'])('the guest %s gets nowhere with commands, buttons and dialogs', async (who) => {
  const { told, teams } = world;
  const claim = { invitationId: await invitationOf('gus@acme.test'), generation: 1 };
  for (const words of ['usher', 'help', 'invite eve@acme.test', 'pending', 'members', 'who', 'nonsense']) {
    await changesNothing(() => told(who, refused, () => teams.command(who, words)));
  }
  for (const action of [
    { do: 'join', ...claim },
    { do: 'decline', ...claim },
    { do: 'pending' },
    { do: 'set-up' },
  ]) {
    await changesNothing(() => told(who, refused, () => pressForged(world, who, { action })));
  }
  const open = { action: { do: 'invite' } };
  expect(saidBy(await changesNothing(() => invoke(world, who, 'task/fetch', { open })))).toContain(refused);
  const data = { form: 'invite', open, addresses: 'eve@acme.test', role: 'user' };
  await changesNothing(() => told(who, refused, () => invoke(world, who, 'task/submit', data)));
});

test('a guest is not written to, and the admin reads that they cannot be reached', async () => {
  const list = await world.told('olivia', 'gus@', () => world.teams.command('olivia', 'pending gus'));
  expect(textOf(list)).toContain('not found in chat');
  expect(world.messages('gus').map(textOf).join()).not.toContain('invites you');
});

test('an activity of another tenant is refused, whoever it says it is from', async () => {
  const answer = await changesNothing(() => world.teams.command('connie', 'pending', { in: 'General' }));
  expect(answer.status).toBe(403);
});

test('somebody of another tenant in a shared channel has no rights, even if their envelope hides it', async () => {
  const { teams } = world;
  await changesNothing(async () => {
    const channelData = { tenant: { id: teams.tenantId } };
    await teams.activity('connie', { text: 'pending', channelData }, { in: 'General' });
    const ask = {
      type: 'invoke',
      name: 'task/fetch',
      value: { data: { open: { action: { do: 'invite' } } } },
    };
    const answer = await teams.activity('connie', { ...ask, channelData }, { in: 'General' });
    expect(saidBy(answer)).toContain(refused);
  });
  expect(world.messages('connie').map(textOf).join()).not.toContain('@acme.test');
});

test('an envelope that names another person than the roster is nobody’s', async () => {
  const { teams, told } = world;
  const { id, realName: name } = teams.person('mia');
  const { aadObjectId } = teams.person('olivia');
  for (const from of [
    { id, name, aadObjectId },
    { id, name },
    { id: `${id}x`, name, aadObjectId },
    { id: teams.person('olivia').id, name, aadObjectId: teams.person('mia').aadObjectId },
  ]) {
    await changesNothing(() =>
      told('mia', refused, () => teams.activity('mia', { text: 'invite eve@acme.test', from })),
    );
  }
});

test('a mention of somebody without rights reveals no address', async () => {
  const { told, teams } = world;
  const review = await told('olivia', 'nobody new', () =>
    teams.command('olivia', 'invite @gus @double @connie', { in: 'General' }),
  );
  expect(textOf(review).match(/cannot be invited|usher cannot see the address/g)).toHaveLength(3);
  expect(textOf(review)).not.toContain('@acme.test');
});

test('somebody who has left the tenant gets nothing any more', async () => {
  const { told, teams } = world;
  await told('gone', 'You are not a member', () => teams.command('gone', 'help'));
  const clock = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + 61_000);
  teams.person('gone').deleted = true;
  const seen = world.messages('gone').length;
  await changesNothing(() => teams.command('gone', 'members'));
  expect(world.messages('gone')).toHaveLength(seen);
});

const someInvitation = newId('inv');
const stale = 'This button does not work any more';
test.each<[what: string, value: unknown, words: string]>([
  ['null', null, stale],
  ['a text', 'join', stale],
  ['a list', [], stale],
  ['an empty object', {}, stale],
  ['nothing to do', { action: {} }, stale],
  ['what nothing does', { action: { do: 'nuke' } }, stale],
  ['what every object has', { action: { do: 'constructor' } }, stale],
  ['what every object inherits', { action: JSON.parse('{"__proto__":{"do":"help"}}') }, stale],
  ['two things', { action: { do: ['help', 'invite'] } }, stale],
  ['no invitation', { action: { do: 'join' } }, stale],
  ['SQL for an id', { action: { do: 'join', invitationId: "inv_' or 1=1 --", generation: 1 } }, stale],
  [
    'a generation below zero',
    { action: { do: 'join', invitationId: someInvitation, generation: -1 } },
    stale,
  ],
  [
    'a member for an invitation',
    { action: { do: 'join', invitationId: newId('mem'), generation: 1 } },
    stale,
  ],
  ['a search without end', { action: { do: 'members', search: 'x'.repeat(300) } }, stale],
  ['a zero byte in the search', { action: { do: 'pending', search: 'a\u0000b' } }, 'No pending invitations'],
  [
    'an invitation nobody made',
    { action: { do: 'pending.resend', invitationId: someInvitation } },
    'no such invitation',
  ],
  ['a draft nobody made', { action: { do: 'invite.send', draftId: newId('dra') } }, 'too old, or not yours'],
  [
    'a link never sent',
    { action: { do: 'join', invitationId: someInvitation, generation: 1 } },
    'no longer valid',
  ],
])('a button with %s in it is refused in words', async (_, value, words) => {
  await changesNothing(() => world.told('olivia', words, () => pressForged(world, 'olivia', value)));
});

test.each(['pending.resend', 'pending.copy-link', 'pending.revoke', 'request.resend'])(
  'a plain user who presses %s of an invitation is told who may',
  async (what) => {
    const action = { do: what, invitationId: await invitationOf('ana@acme.test') };
    const words = 'Olivia Okafor or Adam Berg can do it';
    await changesNothing(() => world.told('mia', words, () => pressForged(world, 'mia', { action })));
  },
);

test('nobody can answer the invitation of somebody else', async () => {
  const claim = { invitationId: await invitationOf('ana@acme.test'), generation: 1 };
  for (const what of ['join', 'decline']) {
    const press = () => pressForged(world, 'mia', { action: { do: what, ...claim } });
    await changesNothing(() => world.told('mia', 'for somebody else', press));
  }
});

test('nothing in a button says who presses it', async () => {
  const { aadObjectId, id } = world.teams.person('olivia');
  const value = { action: { do: 'pending', actor: id, userId: aadObjectId }, from: { id, aadObjectId } };
  await changesNothing(() =>
    world.told('mia', 'does not let you see and manage pending', () => pressForged(world, 'mia', value)),
  );
});

test('what Olivia has prepared, nobody else can send', async () => {
  const { told, teams, db } = world;
  await told('olivia', 'Invite 1 person', () => teams.command('olivia', 'invite eve@example.com'));
  const [draft] = await db.execute<{ id: string }>(
    sql`select id from draft order by created_at desc limit 1`,
  );
  for (const who of ['mia', 'adam']) {
    const press = () => pressForged(world, who, { action: { do: 'invite.send', draftId: draft?.id } });
    await changesNothing(() => told(who, 'too old, or not yours', press));
  }
});

test('a member who is made a guest has no rights a minute later', async () => {
  const { told, teams } = world;
  await told('adam', 'Members of Payments', () => teams.command('adam', 'members'));
  const clock = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + 61_000);
  teams.person('adam').isGuest = true;
  await told('adam', refused, () => teams.command('adam', 'members'));
});
