import { expect, test } from 'vitest';
import { cardOf, createTinyTenant, messageWith, refusal } from './tiny-tenant.ts';

test('routes fail when asked to, so many times, and the log says what usher got', async () => {
  const { teams, bot, sendCard, messagesOf } = await createTinyTenant();
  const chat = await sendCard('ana', cardOf());
  const post = () =>
    refusal(bot.client.conversations.sendToConversation(chat, messageWith(cardOf()), { timeout: 300 }));
  teams.fail('activities.send', { status: 429, retryAfter: 7 });
  teams.fail('activities.send', { status: 403, error: 'MessageWritesBlocked' });
  teams.fail('*', { status: 502 }, 2);
  expect(await post()).toBe('429 Throttled');
  expect(await post()).toMatch(/^403/);
  expect([await post(), await post()]).toEqual(['502 ServiceError', '502 ServiceError']);
  expect(messagesOf('ana')).toHaveLength(1);
  teams.fail('activities.send', 'cut-before');
  expect(await post()).not.toBe('not refused');
  expect(messagesOf('ana')).toHaveLength(1);
  teams.fail('activities.send', 'cut-after');
  expect(await post()).not.toBe('not refused');
  expect(messagesOf('ana')).toHaveLength(2);
  teams.fail('activities.send', 'hang');
  expect(await post()).not.toBe('not refused');
  teams.fail('*', { status: 500 }, 9);
  teams.heal();
  expect(await post()).toBe('not refused');
  const sent = teams.calls.filter(({ method }) => method === 'activities.send');
  expect(sent.map(({ status }) => status)).toEqual([201, 429, 403, 502, 502, 0, 0, 0, 201]);
  expect(sent.at(-1)?.body).toMatchObject({ type: 'message' });
  const tokens = teams.calls.filter(({ method }) => method === 'token');
  expect(JSON.stringify(tokens)).not.toContain(teams.appSecret);
});

test('a bot that does not answer in time is complained of where people typed', async () => {
  const { teams, bot, lastOf } = await createTinyTenant({ patienceMs: 50 });
  let release = () => {};
  bot.on(() => new Promise((resolve) => (release = resolve)));
  expect(await teams.command('ana', 'hello?')).toMatchObject({ status: 0, body: 'operation_timeout' });
  expect(lastOf('ana')).toMatchObject({ text: 'hello?', notice: 'Unable to reach app. Please try again.' });
  release();
});
