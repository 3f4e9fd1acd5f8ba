import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createCast } from '../../../sandbox/cast.ts';
import type { Call, Fault } from '../../../sandbox/teams/types.ts';
import { eventually } from '../../jobs/eventually.ts';
import { createGuests } from '../../jobs/guests.ts';
import { outboxOf } from '../../jobs/outbox.ts';
import { brisk, createWorld, textOf } from '../../world.ts';
import { everythingSaid } from '../slack/state.ts';
import type { TeamsWorld } from './forge.ts';

/** In one tenant for all tests: each invites somebody else. */
const { guests, nextGuest } = createGuests(22);
/** Far shorter than people wait, and far longer than the pretend Teams takes to answer. */
const patienceMs = 3_000;

async function start(): Promise<TeamsWorld> {
  const people = [...createCast(), ...guests];
  const started = await createWorld({
    ...brisk,
    in: 'teams',
    people,
    patienceMs,
    env: { LOG_LEVEL: 'silent' },
  });
  await started.setUp();
  return started;
}

let world: TeamsWorld;
let calledBefore = 0;
beforeAll(async () => {
  world = await start();
});
beforeEach(() => {
  calledBefore = world.teams.calls.length;
});
// What one test has left to be said would meet the faults of the next.
afterEach(() => everythingSaid(world.db));
afterAll(() => world?.stop());

/** What usher has called in this test. */
const calls = (): Call[] => world.teams.calls.slice(calledBefore);
const callsTo = (method: string): Call[] => calls().filter((call) => call.method === method);

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
async function inviteWith(faults: Fault[], emails: string): Promise<void> {
  const { teams, told, chat } = world;
  const review = await told('olivia', 'Nothing is sent before', () =>
    chat.command('olivia', `invite ${emails}`),
  );
  // The result is drawn in place of the review, so the next message that is sent is an invitation.
  for (const fault of faults) teams.fail('activities.send', fault);
  await chat.press('olivia', review, /\[(Send [^\]]+)\]/.exec(textOf(review))?.[1] ?? 'Send');
}

test('a message usher cannot change any more is left as it is, and nothing waits for it', async () => {
  const { name, email } = nextGuest();
  await world.invite('olivia', email);
  await world.sees(name, '[Join Payments]');
  // Nobody else waits for an answer yet whose message would meet this.
  world.teams.fail('activities.update', { status: 404, error: 'ActivityNotFoundInConversation' });
  await world.passTime(24.1);
  await world.sees('olivia', `Ran out: ${email}`);
  await everythingSaid(world.db);
  expect(await outboxOf(world.db, email, 'redraw')).toMatchObject([{ status: 'sent' }]);
  expect(callsTo('activities.update').filter(({ status }) => status === 404)).toHaveLength(1);
});

test('when Teams asks to wait, the whole tenant waits, and each message comes after it exactly once', async () => {
  const [first, second, third] = [nextGuest(), nextGuest(), nextGuest()];
  await inviteWith([{ status: 429, retryAfter: 2 }], first.email);
  await eventually('the tenant is paused', async () => {
    const rows = await world.db.execute(sql`select 1 from workspace where paused_until > now()`);
    return rows.length === 1;
  });
  await world.invite('olivia', `${second.email} ${third.email}`);
  const everybody = [first, second, third].map(({ name }) => name);
  for (const who of everybody) await world.sees(who, 'invites you');
  await everythingSaid(world.db);
  expect(everybody.map(invitationsSeenBy)).toEqual([1, 1, 1]);
  const [refused, ...sent] = everybody.flatMap(invitationsSentTo).sort((a, b) => a.at - b.at);
  expect([refused, ...sent].map((call) => call?.status)).toEqual([429, 201, 201, 201]);
  expect((sent[0]?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
});

test('faults of Teams are tried again by the outbox alone, and each message comes once', async () => {
  const everybody = Array.from({ length: 6 }, () => nextGuest().name);
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
  const { name, email } = nextGuest();
  await inviteWith(['cut-after'], email);
  await world.teams.until(() => invitationsSentTo(name).length === 2, 'it is tried again');
  await everythingSaid(world.db);
  expect(invitationsSentTo(name)).toHaveLength(2);
  expect(invitationsSeenBy(name)).toBe(2);
  expect(await outboxOf(world.db, email)).toMatchObject([{ status: 'sent', attempt: 2 }]);
});

test('an answer of Teams that never comes is waited for with patience, and then the message is sent anew', async () => {
  const { name, email } = nextGuest();
  await inviteWith(['hang'], email);
  const [hanging] = await world.teams.until(
    () => invitationsSentTo(name).length === 2 && invitationsSentTo(name),
    'it is tried again',
  );
  await world.sees(name, 'invites you');
  await everythingSaid(world.db);
  const [, again] = invitationsSentTo(name);
  expect((again?.at ?? 0) - (hanging?.at ?? 0)).toBeGreaterThanOrEqual(patienceMs - 100);
  expect(invitationsSeenBy(name)).toBe(1);
});

test.each<Fault>([
  { status: 403 },
  { status: 403, error: 'MessageWritesBlocked' },
  { status: 403, error: 'BotNotInConversationRoster' },
  { status: 404 },
])(
  'a person Teams will never take a message for (%o) is unreachable at once, and the inviter is told',
  async (fault) => {
    const { name, email } = nextGuest();
    await inviteWith([fault], email);
    await world.sees('olivia', `Could not be reached: ${email}`);
    await everythingSaid(world.db);
    expect(callsTo('activities.send').filter(({ status }) => status >= 400)).toHaveLength(1);
    expect(invitationsSeenBy(name)).toBe(0);
    expect(await outboxOf(world.db, email)).toMatchObject([{ status: 'dropped', attempt: 1 }]);
    const list = await world.told('olivia', email, () => world.teams.command('olivia', `pending ${email}`));
    expect(textOf(list)).toContain('usher may not write to them in chat');
  },
);

test.each<Fault>([{ status: 429, retryAfter: 1 }, 'cut-after'])(
  'a fault while the roster is read or the chat is opened (%o) delays the message and doubles nothing',
  async (fault) => {
    // A roster that was read is kept for a minute, so this takes an usher that has read none.
    const { teams, db, invite, messages, stop } = await start();
    onTestFinished(stop);
    const invitations = () => messages('ana').filter((message) => textOf(message).includes('invites you'));
    teams.fail('members.page', fault);
    teams.fail('conversations.create', fault);
    await invite('olivia', 'ana@acme.test');
    await teams.until(() => invitations().length === 1, 'the message comes');
    await everythingSaid(db);
    expect(invitations()).toHaveLength(1);
    expect(teams.calls.filter(({ method }) => method === 'conversations.create')).toHaveLength(2);
  },
);

test('a token that ended early is replaced, and neither answer nor invitation is lost or doubled', async () => {
  const { teams, told, chat } = world;
  teams.expireTokens();
  const { name, email } = nextGuest();
  await told('olivia', 'What you can do', () => chat.command('olivia', 'help'));
  await world.invite('olivia', email);
  await world.sees(name, 'invites you');
  await everythingSaid(world.db);
  expect(invitationsSeenBy(name)).toBe(1);
  expect(callsTo('token')).toHaveLength(1);
  expect(calls().filter(({ status }) => status === 401)).toHaveLength(1);
});

// A login that answers with a failure is left alone for a minute by its library, and the outbox with it.
test.each<Fault>(['cut-before', 'hang'])(
  'while the login is down (%o) messages wait, and come once when it is up again',
  async (fault) => {
    const { teams } = world;
    const { name, email } = nextGuest();
    const review = await world.told('olivia', 'Nothing is sent', () =>
      teams.command('olivia', `invite ${email}`),
    );
    await world.db.execute(sql`update workspace set paused_until = now() + interval '1 hour'`);
    await world.told('olivia', 'usher tells you here', () =>
      teams.press('olivia', review, 'Send 1 invitation'),
    );
    teams.expireTokens();
    teams.fail('token', fault);
    await world.db.execute(sql`update workspace set paused_until = null`);
    await world.db.execute(sql`update outbox set due_at = now() where status = 'waiting'`);
    await teams.until(() => invitationsSeenBy(name) === 1, 'the message comes');
    await everythingSaid(world.db);
    expect(invitationsSeenBy(name)).toBe(1);
    expect(
      callsTo('token')
        .map(({ status }) => status)
        .slice(-2),
    ).not.toEqual([200, 200]);
  },
);
