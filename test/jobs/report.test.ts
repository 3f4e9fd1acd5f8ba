import { afterEach, beforeEach, expect, test } from 'vitest';
import { everythingSaid } from '../adapters/slack/state.ts';
import { buttonsOf } from '../commands/forms.ts';
import { brisk, createWorld, type TestWorld, textOf } from '../world.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createWorld(brisk);
  await world.setUp();
});
afterEach(() => world?.stop());

const reports = (who = 'olivia') =>
  world.messages(who).filter((message) => /^Your invitations? to Payments/.test(textOf(message)));

test('one batch is one message to the inviter, and it is updated as answers come', async () => {
  const { slack, sees, invite, join, passTime } = world;
  await invite('olivia', 'ana@acme.test ben@gmail.com cleo@acme.test zoe@example.com');
  const first = await sees('olivia', 'Could not be reached: zoe@example.com');
  expect(textOf(first)).toContain('0 of 4 joined');
  await join('ana');
  await sees('olivia', '1 of 4 joined');
  await slack.press('ben', await sees('ben', '[Join Payments]'), 'Decline');
  await sees('olivia', 'Declined: ben@gmail.com');
  await passTime(24.1);
  const last = await sees('olivia', 'Ran out: cleo@acme.test and zoe@example.com');
  expect(last.ts).toBe(first.ts);
  expect(last.edited).toBe(true);
  expect(textOf(last)).toContain('Joined: ana@acme.test');
  expect(textOf(last)).not.toContain('No answer yet');
  expect(buttonsOf(last)).toEqual(['See pending']);
  await everythingSaid(world.db);
  expect(reports()).toHaveLength(1);
});

test('every batch has a message of its own, to whoever invited it', async () => {
  const { invite, join, sees } = world;
  await invite('olivia', 'adam@acme.test as admin');
  await join('adam');
  await sees('olivia', 'Joined: adam@acme.test');
  await invite('olivia', 'ana@acme.test');
  await invite('adam', 'cleo@acme.test');
  await join('ana');
  await join('cleo');
  await sees('olivia', 'Joined: ana@acme.test');
  await sees('adam', 'Joined: cleo@acme.test');
  expect([reports('olivia').length, reports('adam').length]).toEqual([2, 1]);
  expect(reports('adam').map(textOf).join()).not.toContain('ana@acme.test');
});

test('an inviter who deleted the message gets a new one', async () => {
  const { slack, invite, join, sees } = world;
  await invite('olivia', 'ana@acme.test cleo@acme.test');
  await join('ana');
  const first = await sees('olivia', '1 of 2 joined');
  await everythingSaid(world.db);
  const { token, apiUrl } = { token: slack.botToken, apiUrl: slack.apiUrl };
  await fetch(`${apiUrl}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: first.channel, ts: first.ts }),
  });
  expect(reports()).toEqual([]);
  await join('cleo');
  const second = await sees('olivia', '2 of 2 joined');
  expect(second.ts).not.toBe(first.ts);
});

test('a batch of hundreds is reported in one message with the first names and a number', async () => {
  const absent = Array.from({ length: 30 }, (_, at) => `p${at + 10}@example.com`);
  await world.invite('olivia', absent.join(' '));
  const report = await world.slack.until(
    () => reports().find((message) => /p19@example\.com and 20 others/.test(textOf(message))),
    'everybody is counted',
    20_000,
  );
  expect(textOf(report)).toContain('0 of 30 joined');
  expect(textOf(report)).not.toContain('p20@');
  expect(reports()).toHaveLength(1);
});
