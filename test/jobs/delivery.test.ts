import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import type { Call } from '../../sandbox/slack/types.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { createWorld as createAnotherWorld, type TestWorld, textOf } from '../world.ts';
import { describeBackends } from './backends.ts';
import { eventually } from './eventually.ts';
import { createGuests } from './guests.ts';
import { outboxOf } from './outbox.ts';

describeBackends('deliveries', (backend) => {
  /** In one workspace for all tests: each invites somebody else. */
  const { guests, nextGuest } = createGuests(20);
  let world: TestWorld;
  beforeAll(async () => {
    world = await backend.createWorld({ people: [...createCast(), ...guests] });
    await world.setUp();
  });
  // What one test has left to be said would meet the faults of the next.
  afterEach(() => everythingSaid(world.db));
  afterAll(() => world?.stop());

  const idOf = (who: string) => world.slack.person(who).id;
  const postsTo = (who: string): Call[] =>
    world.slack.calls.filter(
      ({ method, body }) => method === 'chat.postMessage' && body.channel === idOf(who),
    );
  const invitationsSeenBy = (who: string) =>
    world.messages(who).filter((message) => textOf(message).includes('invites you')).length;

  test('an invitation is sent, answered, and reported to the inviter', async () => {
    const { name, email } = nextGuest();
    await world.invite('olivia', email);
    await world.join(name);
    await world.sees('olivia', '1 of 1 joined');
    await everythingSaid(world.db);
    expect(postsTo(name)).toHaveLength(1);
  });

  test('an invitation that runs out is noticed by the clock', async () => {
    const { name, email } = nextGuest();
    await world.invite('olivia', email);
    await world.sees(name, '[Join Payments]');
    await world.passTime(24.1);
    await world.sees(name, 'no longer valid');
    await world.sees('olivia', `Ran out: ${email}`);
  });

  test('a message usher cannot change any more is left as it is, and nothing waits for it', async () => {
    const { name, email } = nextGuest();
    await world.invite('olivia', email);
    await world.sees(name, '[Join Payments]');
    // Nobody else waits for an answer yet whose message would meet this.
    world.slack.fail('chat.update', { error: 'message_not_found' });
    await world.passTime(24.1);
    await world.sees('olivia', `Ran out: ${email}`);
    await everythingSaid(world.db);
    expect(await outboxOf(world.db, email, 'redraw')).toMatchObject([{ status: 'sent' }]);
  });

  test('when Slack asks to wait, the whole workspace waits, and each message comes after it exactly once', async () => {
    world.slack.fail('chat.postMessage', { status: 429, retryAfter: 2 });
    await world.invite('olivia', 'ana@acme.test');
    await eventually('the workspace is paused', async () => {
      const rows = await world.db.execute(sql`select 1 from workspace where paused_until > now()`);
      return rows.length === 1;
    });
    await world.invite('olivia', 'cleo@acme.test ben@gmail.com');
    const everybody = ['ana', 'cleo', 'ben'];
    for (const who of everybody) await world.sees(who, 'invites you');
    await everythingSaid(world.db);
    expect(everybody.map(invitationsSeenBy)).toEqual([1, 1, 1]);
    const [refused, ...sent] = everybody.flatMap(postsTo).sort((a, b) => a.at - b.at);
    expect([refused, ...sent].map((call) => call?.status)).toEqual([429, 200, 200, 200]);
    expect((sent[0]?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
  });

  test.each([{ status: 500 as const }, 'cut-before' as const, { error: 'fatal_error' }])(
    'a fault of Slack (%o) is tried again, and the message comes once',
    async (fault) => {
      const { name, email } = nextGuest();
      world.slack.fail('chat.postMessage', fault, 1);
      await world.invite('olivia', email);
      await world.sees(name, 'invites you');
      await everythingSaid(world.db);
      expect(postsTo(name)).toHaveLength(2);
      expect(invitationsSeenBy(name)).toBe(1);
      expect(await outboxOf(world.db, email)).toMatchObject([{ status: 'sent', attempt: 2 }]);
    },
  );

  test('an answer of Slack that is lost makes at most one duplicate, and both copies tell their delivery', async () => {
    const { name, email } = nextGuest();
    world.slack.fail('chat.postMessage', 'cut-after', 1);
    await world.invite('olivia', email);
    await world.slack.until(() => postsTo(name).length === 2, 'it is tried again');
    await everythingSaid(world.db);
    expect(invitationsSeenBy(name)).toBe(2);
    const [row] = await outboxOf(world.db, email, 'invite');
    const ids = postsTo(name).map(
      ({ body }) => (body.metadata as { event_payload: { id: string } }).event_payload.id,
    );
    expect(ids).toEqual([`d-${row?.id}-1`, `d-${row?.id}-2`]);
    expect(row).toMatchObject({ status: 'sent', attempt: 2 });
  });

  test.each(['channel_not_found', 'user_disabled', 'cannot_dm_bot', 'restricted_action'])(
    'a person Slack will never take a message for (%s) is unreachable at once, and the inviter is told',
    async (error) => {
      const { name, email } = nextGuest();
      world.slack.fail('chat.postMessage', { error });
      await world.invite('olivia', email);
      await world.sees('olivia', `Could not be reached: ${email}`);
      expect(postsTo(name)).toHaveLength(1);
      expect(await outboxOf(world.db, email)).toMatchObject([
        { status: 'dropped', note: expect.stringContaining(error) },
      ]);
      const list = await world.told('olivia', email, () => world.slack.command('olivia', 'pending'));
      expect(textOf(list)).toContain('may not write to them');
    },
  );

  test('faults while looking somebody up delay the message and lose nothing', async () => {
    const { name, email } = nextGuest();
    world.slack.fail('users.lookupByEmail', { status: 500 });
    world.slack.fail('users.lookupByEmail', { status: 429, retryAfter: 1 });
    world.slack.fail('users.lookupByEmail', 'cut-after');
    await world.invite('olivia', email);
    await world.slack.until(() => invitationsSeenBy(name) === 1, 'the message comes');
  });

  test('two processes on one database send each message once', async () => {
    const second = await createAnotherWorld({
      env: { DATABASE_URL: world.usher.databaseUrl, LOG_LEVEL: 'silent', ...backend.env() },
      slack: { teamId: world.slack.teamId },
      people: world.slack.people.map((person) => ({ ...person })),
      parts: ['worker'],
    });
    try {
      const everybody = [nextGuest(), nextGuest(), nextGuest(), nextGuest(), nextGuest()];
      const emails = everybody.map(({ email }) => email);
      const ids = new Set(
        [world, second].flatMap(({ slack }) => everybody.map(({ name }) => slack.person(name).id)),
      );
      await world.invite('olivia', emails.join(' '));
      await eventually('everything was delivered', async () => {
        const rows = await world.db.execute(sql`
          select 1 from outbox o join invitation i on i.id = o.topic
          where o.kind = 'invite' and o.status = 'sent' and i.email = any(${sql.param(emails)}::text[])`);
        return rows.length === everybody.length;
      });
      const sent = [world, second].flatMap(({ slack }) =>
        slack.calls.filter(
          ({ method, body }) => method === 'chat.postMessage' && ids.has(String(body.channel)),
        ),
      );
      expect(sent).toHaveLength(everybody.length);
      expect(new Set(sent.map(({ body }) => JSON.stringify(body.metadata))).size).toBe(everybody.length);
    } finally {
      await second.stop();
    }
  });
});
