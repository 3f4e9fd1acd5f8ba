import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCast } from '../../../sandbox/cast.ts';
import type { Call, Fault } from '../../../sandbox/teams/types.ts';
import { eventually } from '../../jobs/eventually.ts';
import { outboxOf } from '../../jobs/outbox.ts';
import { createWorld, textOf } from '../../world.ts';
import { everythingSaid } from '../slack/state.ts';
import type { TeamsWorld } from './forge.ts';

let world: TeamsWorld;
beforeEach(async () => {
  const eve = { name: 'eve', realName: 'Eve Adams', email: 'eve@acme.test' };
  world = await createWorld({ in: 'teams', people: [...createCast(), eve], env: { LOG_LEVEL: 'silent' } });
  await world.setUp();
});
afterEach(() => world?.stop());

const callsTo = (method: string): Call[] => world.teams.calls.filter((call) => call.method === method);

/** Every attempt to send somebody an invitation, the ones that failed too. */
const invitationsSentTo = (who: string): Call[] =>
  callsTo('activities.send').filter(({ path }) => path.includes(encodeURIComponent(chatOf(who))));

function chatOf(who: string): string {
  const own = world.teams.screen(who).conversations.find(({ kind }) => kind === 'personal');
  return own?.id ?? 'none';
}

const invitationsSeenBy = (who: string) =>
  world.messages(who).filter((message) => textOf(message).includes('invites you')).length;

/** Lets the first sendings of invitations fail, and not the answers to the one who invites. */
async function inviteWith(faults: Fault[], emails = 'ana@acme.test'): Promise<void> {
  const { teams, told, chat } = world;
  const review = await told('olivia', 'Nothing is sent before', () =>
    chat.command('olivia', `invite ${emails}`),
  );
  // The result is drawn in place of the review, so the next message that is sent is an invitation.
  for (const fault of faults) teams.fail('activities.send', fault);
  await chat.press('olivia', review, /\[(Send [^\]]+)\]/.exec(textOf(review))?.[1] ?? 'Send');
}

test('when Teams asks to wait, the whole tenant waits, and each message comes after it exactly once', async () => {
  await inviteWith([{ status: 429, retryAfter: 2 }]);
  await eventually('the tenant is paused', async () => {
    const rows = await world.db.execute(sql`select 1 from workspace where paused_until > now()`);
    return rows.length === 1;
  });
  await world.invite('olivia', 'cleo@acme.test ben@gmail.com');
  const everybody = ['ana', 'cleo', 'ben'];
  for (const who of everybody) await world.sees(who, 'invites you');
  await everythingSaid(world.db);
  expect(everybody.map(invitationsSeenBy)).toEqual([1, 1, 1]);
  const [refused, ...sent] = everybody.flatMap(invitationsSentTo).sort((a, b) => a.at - b.at);
  expect([refused, ...sent].map((call) => call?.status)).toEqual([429, 201, 201, 201]);
  expect((sent[0]?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
});

test('faults of Teams are tried again by the outbox alone, and each message comes once', async () => {
  const everybody = ['ana', 'ben', 'cleo', 'adam', 'mia', 'eve'];
  const faults = ([412, 500, 502, 503, 504] as const).map((status) => ({ status }));
  const emails = everybody.map((who) => world.teams.person(who).email);
  await inviteWith(['cut-before', ...faults], emails.join(' '));
  for (const who of everybody) await world.sees(who, 'invites you');
  await everythingSaid(world.db);
  expect(everybody.map((who) => invitationsSentTo(who).length)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(everybody.map(invitationsSeenBy)).toEqual([1, 1, 1, 1, 1, 1]);
  const statuses = callsTo('activities.send').map(({ status }) => status);
  expect(statuses.filter((status) => status !== 201).sort()).toEqual([0, 412, 500, 502, 503, 504]);
  for (const email of emails) {
    expect(await outboxOf(world.db, email)).toMatchObject([{ status: 'sent', attempt: 2 }]);
  }
});

test('an answer of Teams that is lost makes at most one duplicate', async () => {
  await inviteWith(['cut-after']);
  await world.teams.until(() => invitationsSentTo('ana').length === 2, 'it is tried again');
  await everythingSaid(world.db);
  expect(invitationsSentTo('ana')).toHaveLength(2);
  expect(invitationsSeenBy('ana')).toBe(2);
  expect(await outboxOf(world.db, 'ana@acme.test')).toMatchObject([{ status: 'sent', attempt: 2 }]);
});

test('an answer of Teams that never comes is waited for ten seconds, and then the message is sent anew', async () => {
  await inviteWith(['hang']);
  const [hanging] = await world.teams.until(
    () => invitationsSentTo('ana').length === 2 && invitationsSentTo('ana'),
    'it is tried again',
    20_000,
  );
  await world.sees('ana', 'invites you');
  await everythingSaid(world.db);
  const [, again] = invitationsSentTo('ana');
  expect((again?.at ?? 0) - (hanging?.at ?? 0)).toBeGreaterThanOrEqual(9_900);
  expect(invitationsSeenBy('ana')).toBe(1);
});

test.each<Fault>([
  { status: 403 },
  { status: 403, error: 'MessageWritesBlocked' },
  { status: 403, error: 'BotNotInConversationRoster' },
  { status: 404 },
])(
  'a person Teams will never take a message for (%o) is unreachable at once, and the inviter is told',
  async (fault) => {
    await inviteWith([fault]);
    await world.sees('olivia', 'Could not be reached: ana@acme.test');
    await everythingSaid(world.db);
    expect(callsTo('activities.send').filter(({ status }) => status >= 400)).toHaveLength(1);
    expect(invitationsSeenBy('ana')).toBe(0);
    expect(await outboxOf(world.db, 'ana@acme.test')).toMatchObject([{ status: 'dropped', attempt: 1 }]);
    const list = await world.told('olivia', 'ana@', () => world.teams.command('olivia', 'pending'));
    expect(textOf(list)).toContain('usher may not write to them in chat');
  },
);

test.each<Fault>([{ status: 429, retryAfter: 1 }, 'cut-after'])(
  'a fault while the roster is read or the chat is opened (%o) delays the message and doubles nothing',
  async (fault) => {
    world.teams.fail('members.page', fault);
    world.teams.fail('conversations.create', fault);
    await world.invite('olivia', 'ana@acme.test');
    await world.teams.until(() => invitationsSeenBy('ana') === 1, 'the message comes');
    await everythingSaid(world.db);
    expect(invitationsSeenBy('ana')).toBe(1);
    expect(callsTo('conversations.create')).toHaveLength(2);
  },
);

test('a token that ended early is replaced, and neither answer nor invitation is lost or doubled', async () => {
  const { teams, told, chat } = world;
  teams.expireTokens();
  const before = callsTo('token').length;
  await told('olivia', 'What you can do', () => chat.command('olivia', 'help'));
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('ana', 'invites you');
  await everythingSaid(world.db);
  expect(invitationsSeenBy('ana')).toBe(1);
  expect(callsTo('token').length).toBe(before + 1);
  expect(teams.calls.filter(({ status }) => status === 401)).toHaveLength(1);
});

// A login that answers with a failure is left alone for a minute by its library, and the outbox with it.
test.each<Fault>(['cut-before', 'hang'])(
  'while the login is down (%o) messages wait, and come once when it is up again',
  async (fault) => {
    const { teams } = world;
    const review = await world.told('olivia', 'Nothing is sent', () =>
      teams.command('olivia', 'invite ana@acme.test'),
    );
    await world.db.execute(sql`update workspace set paused_until = now() + interval '1 hour'`);
    await world.told('olivia', 'usher tells you here', () =>
      teams.press('olivia', review, 'Send 1 invitation'),
    );
    teams.expireTokens();
    teams.fail('token', fault);
    await world.db.execute(sql`update workspace set paused_until = null`);
    await world.db.execute(sql`update outbox set due_at = now() where status = 'waiting'`);
    await teams.until(() => invitationsSeenBy('ana') === 1, 'the message comes');
    await everythingSaid(world.db);
    expect(invitationsSeenBy('ana')).toBe(1);
    expect(
      callsTo('token')
        .map(({ status }) => status)
        .slice(-2),
    ).not.toEqual([200, 200]);
  },
  40_000,
);

test('a message usher cannot change any more is left as it is, and nothing waits for it', async () => {
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('ana', '[Join Payments]');
  world.teams.fail('activities.update', { status: 404, error: 'ActivityNotFoundInConversation' });
  await world.passTime(24.1);
  await world.sees('olivia', 'Ran out: ana@acme.test');
  await everythingSaid(world.db);
  expect(await outboxOf(world.db, 'ana@acme.test', 'redraw')).toMatchObject([{ status: 'sent' }]);
  expect(callsTo('activities.update').filter(({ status }) => status === 404)).toHaveLength(1);
});
