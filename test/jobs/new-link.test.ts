import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import type { Shown } from '../../sandbox/slack/types.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { buttonsOf } from '../commands/forms.ts';
import { brisk, createWorld, type TestWorld, textOf } from '../world.ts';
import { createGuests } from './guests.ts';

/** In one workspace for all tests: each is about somebody else, whose invitation has run out. */
const { guests, nextGuest } = createGuests(5);

let world: TestWorld;
let guest: string;
let email: string;
let asks: string;
let dead: Shown;
beforeAll(async () => {
  world = await createWorld({ ...brisk, people: [...createCast(), ...guests] });
  await world.setUp();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
});
beforeEach(async () => {
  ({ name: guest, email } = nextGuest());
  asks = `${email} asks for a new invitation to Payments`;
  await world.invite('olivia', email);
  await world.sees(guest, '[Join Payments]');
  await world.passTime(24.1);
  dead = await world.sees(guest, '[Ask for a new one]');
  await everythingSaid(world.db);
});
// What one test has left to be said is not for the next.
afterEach(() => everythingSaid(world.db));
afterAll(() => world?.stop());

const cardsOf = (who: string) => world.messages(who).filter((message) => textOf(message).includes(asks));

async function ask(): Promise<Shown> {
  const { slack, told } = world;
  return told(guest, 'The admins of Payments have been asked', () =>
    slack.press(guest, dead, 'Ask for a new one'),
  );
}

test('every admin gets a card with Resend, nobody else does, and asking again changes nothing', async () => {
  const { slack, told, sees } = world;
  const asked = await ask();
  expect(asked.ts).toBe(dead.ts);
  expect(buttonsOf(asked)).toEqual([]);
  expect(buttonsOf(await sees('olivia', asks))).toEqual(['Resend']);
  expect(buttonsOf(await sees('adam', asks))).toEqual(['Resend']);
  await told(guest, 'know that you would like a new invitation', () =>
    slack.press(guest, dead, 'Ask for a new one'),
  );
  await told(guest, 'no longer valid', () => slack.command(guest, ''));
  await everythingSaid(world.db);
  expect(['olivia', 'adam', 'mia'].map((who) => cardsOf(who).length)).toEqual([1, 1, 0]);
});

test('Resend on the card sends a new message, and both cards and the old message say what became of it', async () => {
  const { slack, told, sees, messages } = world;
  await ask();
  const cards = [await sees('olivia', asks), await sees('adam', asks)];
  await told('adam', email, () => slack.press('adam', cards[1] ?? dead, 'Resend'));
  const fresh = await sees(guest, '[Join Payments]');
  expect(fresh.ts).not.toBe(dead.ts);
  await slack.until(
    () =>
      ['olivia', 'adam'].every((who) =>
        messages(who).some((message) => {
          const text = textOf(message);
          return text.includes(email) && /asked for a new invitation.*sent again/s.test(text);
        }),
      ),
    'both cards are settled',
  );
  await everythingSaid(world.db);
  for (const who of ['olivia', 'adam'])
    expect(buttonsOf({ blocks: cardsOf(who).flatMap((c) => c.blocks) })).toEqual([]);
  expect(textOf(await sees(guest, 'was replaced by a newer one'))).not.toContain('[');
  await slack.press(guest, fresh, 'Join Payments');
  await sees(guest, 'Welcome to Payments!');
  await everythingSaid(world.db);
  // The replaced message is not a second welcome.
  expect(messages(guest).filter((message) => textOf(message).includes('Welcome'))).toHaveLength(1);
});

test('Resend pressed by both admins at once gives one living link', async () => {
  const { slack, sees, db, messages } = world;
  await ask();
  const [first, second] = [await sees('olivia', asks), await sees('adam', asks)];
  await Promise.all([slack.press('olivia', first, 'Resend'), slack.press('adam', second, 'Resend')]);
  await sees(guest, '[Join Payments]');
  await slack.until(
    () => ['olivia', 'adam'].every((who) => cardsOf(who).length === 0),
    'both cards are settled',
  );
  await everythingSaid(db);
  const open = messages(guest).filter((message) => buttonsOf(message).includes('Join Payments'));
  expect(open).toHaveLength(1);
  await slack.press(guest, open[0] ?? dead, 'Join Payments');
  await sees(guest, 'Welcome to Payments!');
});

test('a card that is pressed after the invitation was revoked says so and sends nothing', async () => {
  const { slack, told, sees, db, messages } = world;
  await ask();
  const card = await sees('adam', asks);
  const list = await told('olivia', 'Pending', () => slack.command('olivia', `pending ${email}`));
  const sure = await told('olivia', 'Revoke this', () => slack.press('olivia', list, 'Revoke'));
  await told('olivia', 'Revoked 1 invitation', () => slack.press('olivia', sure, 'Revoke'));
  await sees('adam', 'it was revoked');
  await told('adam', 'was not invited again: the invitation was revoked', () =>
    slack.press('adam', card, 'Resend'),
  );
  await everythingSaid(db);
  expect(messages(guest).filter((message) => textOf(message).includes('[Join'))).toEqual([]);
  const [row] = await db.execute(sql`select status, generation from invitation where email = ${email}`);
  expect(row).toEqual({ status: 'revoked', generation: 1 });
});

test('a new link that runs out as well can be asked for again', async () => {
  const { slack, sees, passTime } = world;
  await ask();
  await slack.press('adam', await sees('adam', asks), 'Resend');
  await sees(guest, '[Join Payments]');
  await everythingSaid(world.db);
  await passTime(24.1);
  dead = await sees(guest, '[Ask for a new one]');
  await ask();
  await slack.until(() => cardsOf('olivia').length === 1 && cardsOf('adam').length === 1, 'new cards');
});
