import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import type { Shown } from '../../sandbox/slack/types.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { buttonsOf } from '../commands/forms.ts';
import { brisk, createWorld, type TestWorld, textOf } from '../world.ts';
import { createGuests } from './guests.ts';
import { outboxOf } from './outbox.ts';

/** In one workspace for all tests: each is about somebody else. */
const { guests, nextGuest } = createGuests(10);

let world: TestWorld;
let who: string;
let email: string;
let invitation: Shown;
beforeAll(async () => {
  world = await createWorld({ ...brisk, people: [...createCast(), ...guests] });
  await world.setUp();
});
beforeEach(async () => {
  ({ name: who, email } = nextGuest());
  await world.invite('olivia', `${email} as billing manager`);
  invitation = await world.sees(who, '[Join Payments]');
});
// What one test has left to be said is not for the next.
afterEach(() => everythingSaid(world.db));
afterAll(() => world?.stop());

/** How many members have the address of whoever this test is about. */
async function members(): Promise<number> {
  return (await world.db.execute(sql`select 1 from member where email = ${email}`)).length;
}

/** Every message the person has now, and that no message is left with a button that answers. */
function onlyMessage(): string {
  const messages = world.messages(who);
  expect(messages).toHaveLength(1);
  expect(buttonsOf(messages[0] ?? { blocks: [] })).not.toContain('Join Payments');
  return textOf(messages[0] ?? { text: '', blocks: [] });
}

// The first, while people are looked up one by one: of many the whole directory is read, and kept.
test('somebody who comes to Slack later gets the invitation when it is sent again', async () => {
  const { slack, told, sees } = world;
  await world.invite('olivia', 'late@acme.test');
  await sees('olivia', 'Could not be reached: late@acme.test');
  await slack.addPerson({ name: 'late', realName: 'Late Comer', email: 'late@acme.test' });
  const list = await told('olivia', 'Pending', () => slack.command('olivia', 'pending late'));
  await slack.press('olivia', list, 'Resend');
  await world.join('late');
  await sees('olivia', 'Joined: late@acme.test');
});

test('Join makes a member with the role of the invitation, and its message becomes the welcome', async () => {
  const { slack, told, db } = world;
  await told(who, 'Welcome to Payments!', () => slack.press(who, invitation, 'Join Payments'));
  await everythingSaid(db);
  expect(onlyMessage()).toMatch(/Your role: Billing Manager[\s\S]*Admins: Olivia Okafor/);
  const members = await db.execute(sql`
    select role, status, full_name from member where email = ${email}`);
  expect(members).toEqual([
    { role: 'billing-manager', status: 'active', full_name: world.slack.person(who).realName },
  ]);
});

test('Join pressed five times at once makes one member, and the welcome stays', async () => {
  const { slack, messages, db } = world;
  const answered = slack.calls.length;
  await Promise.all(Array.from({ length: 5 }, () => slack.press(who, invitation, 'Join Payments')));
  const answers = () => slack.calls.slice(answered).filter(({ method }) => method === 'response_url');
  await slack.until(() => answers().filter(({ status }) => status === 200).length === 5, 'all are answered');
  await everythingSaid(db);
  const message = messages(who).find(({ ts }) => ts === invitation.ts);
  expect(textOf(message ?? invitation)).toContain('Welcome to Payments!');
  expect(await members()).toBe(1);
});

test('Join pressed again later is answered beside the welcome, which stays', async () => {
  const { slack, told, db, sees } = world;
  await told(who, 'Welcome to Payments!', () => slack.press(who, invitation, 'Join Payments'));
  await everythingSaid(db);
  const again = await told(who, 'accepted already', () => slack.press(who, invitation, 'Join Payments'));
  expect(again.ts).not.toBe(invitation.ts);
  expect((await sees(who, 'Welcome to Payments!')).ts).toBe(invitation.ts);
  expect(await members()).toBe(1);
});

test('Decline is final: the message says so, and an old button does nothing more', async () => {
  const { slack, told, sees } = world;
  const declined = await told(who, 'You declined the invitation to Payments', () =>
    slack.press(who, invitation, 'Decline'),
  );
  expect(declined.ts).toBe(invitation.ts);
  expect(buttonsOf(declined)).toEqual([]);
  await sees('olivia', `Declined: ${email}`);
  const dead = await told(who, 'no longer valid', () => slack.press(who, invitation, 'Join Payments'));
  expect(textOf(dead)).toContain('It has been declined');
  expect(await members()).toBe(0);
});

test('an invitation that ran out loses its buttons by itself, and the inviter is told', async () => {
  const { passTime, sees } = world;
  await passTime(24.1);
  const dead = await sees(who, 'This invitation is no longer valid');
  expect(dead.ts).toBe(invitation.ts);
  expect(buttonsOf(dead)).toEqual(['Ask for a new one']);
  expect(textOf(dead)).toContain('Olivia Okafor');
  await sees('olivia', `Ran out: ${email}`);
});

test('Join on a copy of a message that ran out is refused, with a way on', async () => {
  const { slack, told, passTime, sees } = world;
  await passTime(24.1);
  await sees(who, 'no longer valid');
  await slack.press(who, await sees(who, 'no longer valid'), 'Ask for a new one');
  await sees(who, 'have been asked for a new invitation');
  const refused = await told(who, 'no longer valid', () => slack.press(who, invitation, 'Join Payments'));
  expect(textOf(refused)).toContain('Its time is up');
  expect(await members()).toBe(0);
});

test('whoever joined somewhere else in the account is told that joining moves nobody', async () => {
  const { slack, told, db } = world;
  await told(who, 'Welcome', () => slack.press(who, invitation, 'Join Payments'));
  await db.execute(
    sql`update invitation set status = 'pending', decided_at = null, member_id = null where email = ${email}`,
  );
  const refused = await told(who, 'You are a member of Payments already', () =>
    slack.press(who, invitation, 'Join Payments'),
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

test('every message carries the id of its delivery, and says the same without blocks', async () => {
  const { slack, db } = world;
  const [row] = await outboxOf(db, email, 'invite');
  const [posted] = slack.calls.filter(
    ({ method, body }) => method === 'chat.postMessage' && body.channel === slack.person(who).id,
  );
  expect(posted?.body.metadata).toEqual({
    event_type: 'usher_delivery',
    event_payload: { id: `d-${row?.id}-1` },
  });
  expect(posted?.body).toMatchObject({
    text: 'Olivia Okafor invites you to Payments.',
    channel: slack.person(who).id,
  });
  expect([posted?.body.unfurl_links, posted?.body.unfurl_media].map(String)).toEqual(['false', 'false']);
});
