import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Shown } from '../../sandbox/slack/types.ts';
import { countOf, everythingSaid } from '../adapters/slack/state.ts';
import { buttonsOf } from '../commands/forms.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';

let world: TestWorld;
let invitation: Shown;
beforeEach(async () => {
  world = await createWorld();
  await world.setUp();
  await world.invite('olivia', 'ana@acme.test as billing manager');
  invitation = await world.sees('ana', '[Join Payments]');
});
afterEach(() => world?.stop());

/** Every message the person has now, and that no message is left with a button that answers. */
function onlyMessage(who: string): string {
  const messages = world.messages(who);
  expect(messages).toHaveLength(1);
  expect(buttonsOf(messages[0] ?? { blocks: [] })).not.toContain('Join Payments');
  return textOf(messages[0] ?? { text: '', blocks: [] });
}

test('Join makes a member with the role of the invitation, and its message becomes the welcome', async () => {
  const { slack, told, db } = world;
  await told('ana', 'Welcome to Payments!', () => slack.press('ana', invitation, 'Join Payments'));
  await everythingSaid(db);
  expect(onlyMessage('ana')).toMatch(/Your role: Billing Manager[\s\S]*Admins: Olivia Okafor/);
  const members = await db.execute(sql`
    select role, status, full_name from member where email = 'ana@acme.test'`);
  expect(members).toEqual([{ role: 'billing-manager', status: 'active', full_name: 'Ana Ruiz' }]);
});

test('Join pressed five times at once makes one member, and the welcome stays', async () => {
  const { slack, messages, db } = world;
  const answered = slack.calls.length;
  await Promise.all(Array.from({ length: 5 }, () => slack.press('ana', invitation, 'Join Payments')));
  const answers = () => slack.calls.slice(answered).filter(({ method }) => method === 'response_url');
  await slack.until(() => answers().filter(({ status }) => status === 200).length === 5, 'all are answered');
  await everythingSaid(db);
  const message = messages('ana').find(({ ts }) => ts === invitation.ts);
  expect(textOf(message ?? invitation)).toContain('Welcome to Payments!');
  expect(await countOf(db, 'member')).toBe(2);
});

test('Join pressed again later is answered beside the welcome, which stays', async () => {
  const { slack, told, db, sees } = world;
  await told('ana', 'Welcome to Payments!', () => slack.press('ana', invitation, 'Join Payments'));
  await everythingSaid(db);
  const again = await told('ana', 'accepted already', () => slack.press('ana', invitation, 'Join Payments'));
  expect(again.ts).not.toBe(invitation.ts);
  expect((await sees('ana', 'Welcome to Payments!')).ts).toBe(invitation.ts);
  expect(await countOf(db, 'member')).toBe(2);
});

test('Decline is final: the message says so, and an old button does nothing more', async () => {
  const { slack, told, db, sees } = world;
  const declined = await told('ana', 'You declined the invitation to Payments', () =>
    slack.press('ana', invitation, 'Decline'),
  );
  expect(declined.ts).toBe(invitation.ts);
  expect(buttonsOf(declined)).toEqual([]);
  await sees('olivia', 'Declined: ana@acme.test');
  const dead = await told('ana', 'no longer valid', () => slack.press('ana', invitation, 'Join Payments'));
  expect(textOf(dead)).toContain('It has been declined');
  expect(await countOf(db, 'member')).toBe(1);
});

test('an invitation that ran out loses its buttons by itself, and the inviter is told', async () => {
  const { passTime, sees } = world;
  await passTime(24.1);
  const dead = await sees('ana', 'This invitation is no longer valid');
  expect(dead.ts).toBe(invitation.ts);
  expect(buttonsOf(dead)).toEqual(['Ask for a new one']);
  expect(textOf(dead)).toContain('Olivia Okafor');
  await sees('olivia', 'Ran out: ana@acme.test');
});

test('Join on a copy of a message that ran out is refused, with a way on', async () => {
  const { slack, told, passTime, sees, db } = world;
  await passTime(24.1);
  await sees('ana', 'no longer valid');
  await slack.press('ana', await sees('ana', 'no longer valid'), 'Ask for a new one');
  await sees('ana', 'have been asked for a new invitation');
  const refused = await told('ana', 'no longer valid', () => slack.press('ana', invitation, 'Join Payments'));
  expect(textOf(refused)).toContain('Its time is up');
  expect(await countOf(db, 'member')).toBe(1);
});

test('whoever joined somewhere else in the account is told that joining moves nobody', async () => {
  const { slack, told, db } = world;
  await told('ana', 'Welcome', () => slack.press('ana', invitation, 'Join Payments'));
  await db.execute(sql`update invitation set status = 'pending', decided_at = null, member_id = null`);
  const refused = await told('ana', 'You are a member of Payments already', () =>
    slack.press('ana', invitation, 'Join Payments'),
  );
  expect(buttonsOf(refused)).toEqual([]);
});

test('an invitation for an address that is not in Slack is unreachable, and the inviter is told how to go on', async () => {
  const { slack, told, sees } = world;
  await world.invite('olivia', 'zoe@example.com');
  const report = await sees('olivia', 'Could not be reached: zoe@example.com');
  expect(textOf(report)).toContain('copy the link');
  const list = await told('olivia', 'zoe@example.com', () => slack.press('olivia', report, 'See pending'));
  expect(textOf(list)).toMatch(/zoe@example\.com\n.*not found in chat/);
});

test('somebody who comes to Slack later gets the invitation when it is sent again', async () => {
  const { slack, told, sees } = world;
  await world.invite('olivia', 'late@acme.test');
  await sees('olivia', 'Could not be reached: late@acme.test');
  await slack.addPerson({ name: 'late', realName: 'Late Comer', email: 'late@acme.test' });
  const list = await told('olivia', 'Pending', () => slack.command('olivia', 'pending late'));
  await slack.press('olivia', list, 'Resend');
  await world.join('late');
  await sees('olivia', '1 of 1 joined');
});

test('every message carries the id of its delivery, and says the same without blocks', async () => {
  const { slack, db } = world;
  const [row] = await db.execute<{ id: number }>(sql`select id::int from outbox where kind = 'invite'`);
  const [posted] = slack.calls.filter(({ method }) => method === 'chat.postMessage');
  expect(posted?.body.metadata).toEqual({
    event_type: 'usher_delivery',
    event_payload: { id: `d-${row?.id}-1` },
  });
  expect(posted?.body).toMatchObject({
    text: 'Olivia Okafor invites you to Payments.',
    channel: slack.person('ana').id,
  });
  expect([posted?.body.unfurl_links, posted?.body.unfurl_media].map(String)).toEqual(['false', 'false']);
});
