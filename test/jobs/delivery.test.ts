import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Call } from '../../sandbox/slack/types.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { createWorld as createAnotherWorld, type TestWorld, textOf } from '../world.ts';
import { describeBackends } from './backends.ts';
import { eventually } from './eventually.ts';
import { outboxOf } from './outbox.ts';

describeBackends('deliveries', (backend) => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await backend.createWorld();
    await world.setUp();
  });
  afterEach(() => world?.stop());

  const idOf = (who: string) => world.slack.person(who).id;
  const postsTo = (who: string): Call[] =>
    world.slack.calls.filter(
      ({ method, body }) => method === 'chat.postMessage' && body.channel === idOf(who),
    );
  const invitationsSeenBy = (who: string) =>
    world.messages(who).filter((message) => textOf(message).includes('invites you')).length;

  test('an invitation is sent, answered, and reported to the inviter', async () => {
    await world.invite('olivia', 'ana@acme.test');
    await world.join('ana');
    await world.sees('olivia', '1 of 1 joined');
    await everythingSaid(world.db);
    expect(postsTo('ana')).toHaveLength(1);
  });

  test('an invitation that runs out is noticed by the clock', async () => {
    await world.invite('olivia', 'ana@acme.test');
    await world.sees('ana', '[Join Payments]');
    await world.passTime(24.1);
    await world.sees('ana', 'no longer valid');
    await world.sees('olivia', 'Ran out: ana@acme.test');
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
      world.slack.fail('chat.postMessage', fault, 1);
      await world.invite('olivia', 'ana@acme.test');
      await world.sees('ana', 'invites you');
      await everythingSaid(world.db);
      expect(postsTo('ana')).toHaveLength(2);
      expect(invitationsSeenBy('ana')).toBe(1);
      expect(await outboxOf(world.db, 'ana@acme.test')).toMatchObject([{ status: 'sent', attempt: 2 }]);
    },
  );

  test('an answer of Slack that is lost makes at most one duplicate, and both copies tell their delivery', async () => {
    world.slack.fail('chat.postMessage', 'cut-after', 1);
    await world.invite('olivia', 'ana@acme.test');
    await world.slack.until(() => postsTo('ana').length === 2, 'it is tried again');
    await everythingSaid(world.db);
    expect(invitationsSeenBy('ana')).toBe(2);
    const [row] = await outboxOf(world.db, 'ana@acme.test', 'invite');
    const ids = postsTo('ana').map(
      ({ body }) => (body.metadata as { event_payload: { id: string } }).event_payload.id,
    );
    expect(ids).toEqual([`d-${row?.id}-1`, `d-${row?.id}-2`]);
    expect(row).toMatchObject({ status: 'sent', attempt: 2 });
  });

  test.each(['channel_not_found', 'user_disabled', 'cannot_dm_bot', 'restricted_action'])(
    'a person Slack will never take a message for (%s) is unreachable at once, and the inviter is told',
    async (error) => {
      world.slack.fail('chat.postMessage', { error });
      await world.invite('olivia', 'ana@acme.test');
      await world.sees('olivia', 'Could not be reached: ana@acme.test');
      expect(postsTo('ana')).toHaveLength(1);
      expect(await outboxOf(world.db, 'ana@acme.test')).toMatchObject([
        { status: 'dropped', note: expect.stringContaining(error) },
      ]);
      const list = await world.told('olivia', 'ana@', () => world.slack.command('olivia', 'pending'));
      expect(textOf(list)).toContain('may not write to them');
    },
  );

  test('faults while looking somebody up delay the message and lose nothing', async () => {
    world.slack.fail('users.lookupByEmail', { status: 500 });
    world.slack.fail('users.lookupByEmail', { status: 429, retryAfter: 1 });
    world.slack.fail('users.lookupByEmail', 'cut-after');
    await world.invite('olivia', 'ana@acme.test');
    await world.slack.until(() => invitationsSeenBy('ana') === 1, 'the message comes');
  });

  test('a message usher cannot change any more is left as it is, and nothing waits for it', async () => {
    await world.invite('olivia', 'ana@acme.test');
    await world.sees('ana', '[Join Payments]');
    world.slack.fail('chat.update', { error: 'message_not_found' });
    await world.passTime(24.1);
    await world.sees('olivia', 'Ran out: ana@acme.test');
    await everythingSaid(world.db);
    expect(await outboxOf(world.db, 'ana@acme.test', 'redraw')).toMatchObject([{ status: 'sent' }]);
  });

  test('two processes on one database send each message once', async () => {
    const second = await createAnotherWorld({
      env: { DATABASE_URL: world.usher.databaseUrl, LOG_LEVEL: 'silent', ...backend.env() },
      slack: { teamId: world.slack.teamId },
      people: world.slack.people.map((person) => ({ ...person })),
      parts: ['worker'],
    });
    try {
      const everybody = ['ana', 'ben', 'cleo', 'mia', 'adam'];
      const emails = everybody.map((who) => world.slack.person(who).email);
      await world.invite('olivia', emails.join(' '));
      await eventually('everything was delivered', async () => {
        const rows = await world.db.execute(
          sql`select 1 from outbox where kind = 'invite' and status = 'sent'`,
        );
        return rows.length === everybody.length;
      });
      const sent = [world, second].flatMap(({ slack }) =>
        slack.calls.filter(({ method }) => method === 'chat.postMessage'),
      );
      expect(sent).toHaveLength(everybody.length);
      expect(new Set(sent.map(({ body }) => JSON.stringify(body.metadata))).size).toBe(everybody.length);
    } finally {
      await second.stop();
    }
  });
});
