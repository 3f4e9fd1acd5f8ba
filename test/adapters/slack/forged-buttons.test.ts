import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { createWorld, type TestWorld } from '../../world.ts';
import { pressForged } from './forge.ts';
import { everythingSaid, readState } from './state.ts';

let world: TestWorld;
let elsewhere: TestWorld;

beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('ana', 'Join Payments');
  elsewhere = await createWorld({ env: { DATABASE_URL: world.usher.databaseUrl }, parts: ['web'], people });
  await setUpElsewhere();
  await everythingSaid(world.db);
});
afterAll(async () => {
  await elsewhere?.stop();
  await world?.stop();
});

const people = [
  { name: 'olga', realName: 'Olga Orlova', email: 'olga@other.test', isAdmin: true },
  { name: 'eve', realName: 'Eve Adams', email: 'eve@other.test' },
];

/** Another customer in the same database. */
async function setUpElsewhere(): Promise<void> {
  const { slack, sees, invite } = elsewhere;
  await slack.command('olga', '');
  await slack.press('olga', await sees('olga', 'not set up'), 'Set up usher');
  await slack.until(() => slack.screen('olga').modal, 'the form opens');
  await slack.submit('olga', { organization: 'Other' });
  await sees('olga', 'Other is set up');
  await invite('olga', 'eve@other.test');
}

async function invitationOf(email: string): Promise<`inv_${string}`> {
  const [row] = await world.db.execute<{ id: `inv_${string}` }>(sql`
    select id from invitation where email = ${email} and status = 'pending'`);
  if (!row) throw new Error(`Nobody has invited ${email}.`);
  return row.id;
}

/** A review or a revocation that Olivia has prepared. */
async function draftOf(kind: 'emails' | 'revoke'): Promise<string> {
  const { slack, told } = world;
  if (kind === 'emails') {
    await told('olivia', 'Invite 1 person', () => slack.command('olivia', 'invite cleo@acme.test'));
  } else {
    const list = await told('olivia', 'ana@acme.test', () => slack.command('olivia', 'pending ana@'));
    await told('olivia', 'Revoke this invitation?', () => slack.press('olivia', list, 'Revoke'));
  }
  const [row] = await world.db.execute<{ id: string }>(sql`
    select id from draft where input ? ${kind} order by id desc limit 1`);
  return row?.id ?? '';
}

async function pressChangesNothing(who: string, value: unknown, words: string): Promise<void> {
  const before = await readState(world.db);
  await world.told(who, words, () => pressForged(world, who, value));
  await everythingSaid(world.db);
  expect(await readState(world.db)).toBe(before);
}

const someInvitation = newId('inv');
test.each([
  ['without a value', undefined],
  ['with an empty value', ''],
  ['with a word', 'join'],
  ['with null', 'null'],
  ['with a list', '[]'],
  ['with an empty object', '{}'],
  ['that does what nothing does', { do: 'nuke' }],
  ['that does what every object has', { do: 'constructor' }],
  ['that does something twice', { do: ['help', 'invite'] }],
  ['that joins nothing', { do: 'join' }],
  ['that joins with a number for an id', { do: 'join', invitationId: 7, generation: 1 }],
  ['that joins with SQL for an id', { do: 'join', invitationId: "inv_' or 1=1 --", generation: 1 }],
  ['that joins below zero', { do: 'join', invitationId: someInvitation, generation: -1 }],
  ['that joins between numbers', { do: 'join', invitationId: someInvitation, generation: 1.5 }],
  ['that joins as a member', { do: 'join', invitationId: newId('mem'), generation: 1 }],
  ['that sends no draft', { do: 'invite.send', draftId: 'dra_1' }],
  ['with a search without end', { do: 'members', search: 'x'.repeat(300) }],
])('a button %s is refused in words', async (_, value) => {
  await pressChangesNothing('olivia', value, 'This button does not work any more');
});

test.each([
  ['a page key that is none', { do: 'members', after: 'no key' }, 'Something went wrong'],
  ['a zero byte in the search', { do: 'pending', search: 'a\u0000b' }, 'No pending invitations'],
  ['an invitation nobody made', { do: 'pending.resend', invitationId: someInvitation }, 'no such invitation'],
  ['a draft nobody made', { do: 'invite.send', draftId: newId('dra') }, 'too old, or not yours'],
  [
    'a link that was never sent',
    { do: 'join', invitationId: someInvitation, generation: 1 },
    'no longer valid',
  ],
])('a button with %s is refused in words', (_, value, words) => pressChangesNothing('olivia', value, words));

test.each(['pending.resend', 'pending.copy-link', 'pending.revoke', 'request.resend'])(
  'the admin of one account cannot %s in another',
  async (action) => {
    const invitationId = await invitationOf('eve@other.test');
    await pressChangesNothing('olivia', { do: action, invitationId }, 'There is no such invitation');
  },
);

test.each([
  ['ana', 'join'],
  ['ben', 'decline'],
])('%s cannot %s with an invitation of another account', async (who, answer) => {
  const value = { do: answer, invitationId: await invitationOf('eve@other.test'), generation: 1 };
  await pressChangesNothing(who, value, 'This invitation is no longer valid');
});

test.each(['join', 'decline'])('nobody can %s with the invitation of somebody else', async (answer) => {
  const value = { do: answer, invitationId: await invitationOf('ana@acme.test'), generation: 1 };
  await pressChangesNothing('cleo', value, 'This invitation is for somebody else');
  await pressChangesNothing('mia', value, 'This invitation is for somebody else');
});

test.each([
  ['invite', {}],
  ['pending', {}],
  ['pending.revoke-several', {}],
  ['members', {}],
])('a plain user who presses %s is told who may', async (action, more) => {
  await pressChangesNothing('mia', { do: action, ...more }, 'Olivia Okafor or Adam Berg can do it');
});

test.each(['pending.resend', 'pending.copy-link', 'pending.revoke', 'request.resend'])(
  'a plain user who presses %s of an invitation is told who may',
  async (action) => {
    const invitationId = await invitationOf('ana@acme.test');
    await pressChangesNothing('mia', { do: action, invitationId }, 'Olivia Okafor or Adam Berg can do it');
  },
);

test.each(['mia', 'adam'])('%s cannot send what Olivia has prepared', async (who) => {
  const draftId = await draftOf('emails');
  await pressChangesNothing(who, { do: 'invite.send', draftId }, 'too old, or not yours');
  const change = { do: 'invite.change', draftId, from: 'cleo@acme.test', to: 'eve@evil.test' };
  await pressChangesNothing(who, change, 'too old, or not yours');
});

test.each(['mia', 'adam'])('%s cannot revoke what Olivia is about to', async (who) => {
  const draftId = await draftOf('revoke');
  await pressChangesNothing(who, { do: 'revoke.confirm', draftId }, 'too old, or not yours');
});

test('one draft cannot be used as another', async () => {
  const revoke = await draftOf('revoke');
  await pressChangesNothing('olivia', { do: 'invite.send', draftId: revoke }, 'too old, or not yours');
  const review = await draftOf('emails');
  await pressChangesNothing('olivia', { do: 'revoke.confirm', draftId: review }, 'too old, or not yours');
});

test('nothing in a button says who presses it', async () => {
  const olivia = world.slack.person('olivia').id;
  const value = { do: 'pending', actor: olivia, userId: olivia, email: 'olivia@acme.test' };
  await pressChangesNothing('mia', value, 'does not let you see and manage pending invitations');
});

test('nobody can set usher up or connect the workspace a second time', async () => {
  const { slack } = world;
  const before = await readState(world.db);
  await pressForged(world, 'mia', { do: 'set-up' });
  await slack.until(() => slack.screen('mia').modal, 'the form opens');
  await world.told('mia', 'already set up here', () => slack.submit('mia', { organization: 'Mine' }));
  await world.told('mia', 'already set up here', () =>
    pressForged(world, 'mia', { do: 'connect-workspace' }),
  );
  expect(await readState(world.db)).toBe(before);
});
