import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { buttonsOf } from '../commands/forms.ts';
import { brisk, createWorld, type TestWorld, textOf } from '../world.ts';
import { eventually } from './eventually.ts';
import { createGuests } from './guests.ts';
import { outboxOf } from './outbox.ts';
import { zoneWhereItIs } from './zones.ts';

/** In one workspace for all tests: each is about somebody else, where it is day or where it is night. */
const day = createGuests(6, { called: 'ana', timeZone: zoneWhereItIs(12) });
const night = createGuests(6, { called: 'nina', timeZone: zoneWhereItIs(2) });
const nowhere = createGuests(1, { called: 'mars', timeZone: 'Mars/Olympus' });
const reminder = 'Your invitation to Payments is still open';

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({
    ...brisk,
    people: [...createCast(), ...day.guests, ...night.guests, ...nowhere.guests],
  });
  await world.setUp();
});
// What one test has left to be said is not for the next.
afterEach(() => everythingSaid(world.db));
afterAll(() => world?.stop());

async function invite(who: string): Promise<void> {
  await world.invite('olivia', `${who}@acme.test`);
  await world.sees(who, 'invites you');
  await everythingSaid(world.db);
}

const remindersSeenBy = (who: string) =>
  world.messages(who).filter((message) => textOf(message).includes(reminder)).length;

const remindersOf = (who: string) => outboxOf(world.db, `${who}@acme.test`, 'remind');

/** Waits until the clock has gone round after this: whatever was due by then is in the outbox. */
async function clockTurns(): Promise<void> {
  await world.db.execute(sql`
    insert into replay_key (key, at) values ('old enough to be forgotten', now() - interval '2 days')`);
  await eventually('the clock has gone round', async () => {
    const left = await world.db.execute(
      sql`select 1 from replay_key where key = 'old enough to be forgotten'`,
    );
    return left.length === 0;
  });
  await everythingSaid(world.db);
}

// The first, while people are looked up one by one: of many the whole directory is read, and kept.
test('a reminder that waits for the morning is dropped by the answer, and by a newer link', async () => {
  const { name: nina } = night.nextGuest();
  const { slack, told } = world;
  await invite(nina);
  await world.passTime(12.1);
  const waiting = await eventually('it waits', async () => (await remindersOf(nina))[0]?.note && true);
  expect(waiting).toBe(true);
  const list = await told('olivia', 'Pending', () => slack.command('olivia', `pending ${nina}`));
  await slack.press('olivia', list, 'Resend');
  await world.sees(nina, 'was replaced by a newer one');
  slack.person(nina).timeZone = zoneWhereItIs(9);
  await world.db.execute(sql`update outbox set due_at = now() where kind = 'remind' and status = 'waiting'`);
  await eventually('it is dropped', async () => (await remindersOf(nina))[0]?.status === 'dropped');
  expect(remindersSeenBy(nina)).toBe(0);
  await world.passTime(12.1);
  await world.sees(nina, reminder);
});

test('by day the reminders come at half of the time and three hours before its end, with the same buttons', async () => {
  const { name: ana } = day.nextGuest();
  await invite(ana);
  await world.passTime(11.9);
  await clockTurns();
  expect(remindersSeenBy(ana)).toBe(0);
  await world.passTime(0.2);
  const first = await world.sees(ana, reminder);
  expect(buttonsOf(first)).toEqual(['Join Payments', 'Decline']);
  expect(textOf(first)).toContain('You can answer until');
  await world.passTime(8);
  await clockTurns();
  expect(remindersSeenBy(ana)).toBe(1);
  await world.passTime(1);
  await world.slack.until(() => remindersSeenBy(ana) === 2, 'the second reminder comes');
  await world.slack.press(ana, first, 'Join Payments');
  await world.slack.until(() => remindersSeenBy(ana) === 0, 'both reminders become the welcome');
  expect(world.messages(ana).map((message) => textOf(message).split('\n')[0])).toEqual(
    Array(3).fill('Welcome to Payments!'),
  );
});

test('reminders that were missed become one', async () => {
  const { name: ana } = day.nextGuest();
  await invite(ana);
  await world.passTime(22);
  await world.sees(ana, reminder);
  await clockTurns();
  expect(remindersSeenBy(ana)).toBe(1);
  expect(await remindersOf(ana)).toHaveLength(1);
});

test('at night a reminder waits for the morning of the invitee, and comes then', async () => {
  const { name: nina } = night.nextGuest();
  await invite(nina);
  await world.passTime(12.1);
  const waiting = await eventually('the reminder is put off', async () => {
    const [row] = await remindersOf(nina);
    return row?.note === 'it is night there' && row;
  });
  expect(waiting.status).toBe('waiting');
  // From two at night, whatever the minute, until eight.
  expect(waiting.dueIn).toBeGreaterThan(4.9);
  expect(waiting.dueIn).toBeLessThan(6.1);
  await clockTurns();
  expect(remindersSeenBy(nina)).toBe(0);
  world.slack.person(nina).timeZone = zoneWhereItIs(9);
  await world.passTime(waiting.dueIn);
  await world.sees(nina, reminder);
  await everythingSaid(world.db);
  expect(await remindersOf(nina)).toMatchObject([{ status: 'sent' }]);
});

test('where an organization keeps other quiet hours, those count', async () => {
  const { name: nina } = night.nextGuest();
  await invite(nina);
  onTestFinished(async () => {
    await world.db.execute(sql`update organization set quiet_from = default, quiet_until = default`);
  });
  await world.db.execute(sql`update organization set quiet_from = 12, quiet_until = 1`);
  await world.passTime(12.1);
  await world.sees(nina, reminder);
  await world.db.execute(sql`update organization set quiet_from = 1, quiet_until = 4`);
  await world.passTime(9.1);
  const waiting = await eventually('the second one is put off', async () =>
    (await remindersOf(nina)).find(({ note }) => note === 'it is night there'),
  );
  expect(waiting.dueIn).toBeGreaterThan(0.9);
  expect(waiting.dueIn).toBeLessThan(2.1);
});

test('a reminder that would come after the end of the link is dropped', async () => {
  const { name: nina } = night.nextGuest();
  await invite(nina);
  await world.passTime(21.5);
  await eventually('the reminder is dropped', async () => {
    const [row] = await remindersOf(nina);
    return row?.status === 'dropped' && row.note?.includes('before the morning');
  });
  expect(remindersSeenBy(nina)).toBe(0);
});

test.each(['Join Payments', 'Decline'])('nobody is reminded after pressing %s', async (label) => {
  const { name: ana } = day.nextGuest();
  const { slack, told, sees } = world;
  await invite(ana);
  await told(ana, 'Payments', () => slack.press(ana, world.messages(ana).at(-1) ?? never(), label));
  await world.passTime(12.1);
  await clockTurns();
  expect(remindersSeenBy(ana)).toBe(0);
  expect(await remindersOf(ana)).toEqual([]);
  await sees('olivia', 'Your invitation to Payments');
});

test('somebody whose time zone nobody knows is reminded as if in UTC, without a fault', async () => {
  const { name } = nowhere.nextGuest();
  await invite(name);
  await world.passTime(12.1);
  await eventually('the reminder is sent, or waits for the morning in UTC', async () => {
    const [row] = await remindersOf(name);
    return row?.status === 'sent' || (row?.note === 'it is night there' && row.dueIn < 11);
  });
});

function never(): never {
  throw new Error('There is no message.');
}
