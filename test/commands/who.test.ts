import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
beforeAll(async () => {
  world = await createPeopledWorld();
});
afterAll(() => world?.stop());

const add = ['Add to a team…', 'Add to a project…'];

test.each<[viewer: string, whom: string, name: string, buttons: string[]]>([
  [
    'olivia',
    'adam',
    'Adam Berg',
    ['Change role…', 'Make Owner…', 'Make Account Admin…', 'Licences…', ...add, 'Details…', 'Remove…'],
  ],
  [
    'olivia',
    '@mia',
    'Mia Chen',
    ['Change role…', 'Make Owner…', 'Make Account Admin…', 'Licences…', ...add, 'Details…', 'Remove…'],
  ],
  ['olivia', '', 'Olivia Okafor', ['Licences…', ...add, 'Details…']],
  ['adam', 'mia@acme.test', 'Mia Chen', ['Change role…', 'Licences…', ...add, 'Details…', 'Remove…']],
  ['adam', 'olivia', 'Olivia Okafor', ['Licences…', ...add, 'Details…']],
  ['adam', 'Adam Berg', 'Adam Berg', ['Licences…', ...add, 'Details…', 'Leave…']],
  ['mia', 'mia', 'Mia Chen', ['Leave…']],
  ['mia', '@mia', 'Mia Chen', ['Leave…']],
  ['bill', '', 'Bill Ing', ['Leave…']],
])(
  'on the card that %s gets for "%s" stands what they may do with %s',
  async (viewer, whom, name, buttons) => {
    const card = await world.asks(viewer, `who ${whom}`, 'Status: Active');
    expect(textOf(card)).toContain(name);
    expect(buttonsOf(card)).toEqual(buttons);
  },
);

test.each(['who olivia', 'who olivia@acme.test', 'who @olivia', 'who zzz'])(
  'a plain user who types "%s" learns nothing of others, not even whether they are there',
  async (words) => {
    const answer = await world.asks('mia', words, 'does not let you see other members');
    expect(textOf(answer)).toBe(
      textOf(await world.asks('mia', 'who nobody@acme.test', 'does not let you see other members')),
    );
  },
);

test('the buttons lead to what they say', async () => {
  const { asks, presses, slack } = world;
  const list = await asks('olivia', 'members mia', 'Mia Chen');
  const card = await presses('olivia', list, 'Card', 'Status: Active');
  const offer = await presses('olivia', card, 'Change role…', 'Mia Chen is User of Payments.');
  expect(buttonsOf(offer)).toEqual(['Make Admin', 'Make Billing Manager', 'Make Owner…', 'Keep it']);
  await presses('olivia', offer, 'Make Admin', 'Make Mia Chen Admin?');
  await presses('olivia', card, 'Make Account Admin…', 'Make Mia Chen Account Admin?');
  await presses('olivia', card, 'Remove…', 'Remove Mia Chen?');
  await slack.press('olivia', card, 'Make Owner…');
  await slack.until(() => slack.screen('olivia').modal, 'the form opens');
  await slack.closeModal('olivia');
  const own = await asks('mia', 'who', 'Status: Active');
  await presses('mia', own, 'Leave…', 'Leave Payments?');
});

test('one card at a time', () => world.asks('olivia', 'who mia, adam', 'This takes one person at a time.'));

test('details are noted in a form with a day to choose, and stand on the card with the picture of the profile', async () => {
  const { asks, presses, slack, db } = world;
  const card = await asks('adam', 'who mia', 'Status: Active');
  const form = await opens(world, 'adam', 'Details', () => slack.press('adam', card, 'Details…'));
  expect(JSON.stringify(form.blocks)).toContain('"type":"datepicker"');
  await slack.submit('adam', { Phone: 'call me', 'Employed since': '2024-02-29' });
  expect(JSON.stringify(slack.screen('adam').modal?.errors ?? {})).toContain('A phone number has digits');
  const noted = await world.told('adam', 'Phone: +34 600 123 456', () =>
    slack.submit('adam', {
      Phone: '+34 600 123 456',
      'Where to reach': '*3rd* floor',
      'Employed since': '2024-02-29',
    }),
  );
  expect(textOf(noted)).toContain('Where to reach: *3rd* floor');
  expect(textOf(noted)).toContain('Employed since: 29 February 2024');
  await db.execute(
    sql`update member set picture_url = 'https://pictures.example/mia.png' where email = 'mia@acme.test'`,
  );
  const pictured = await presses('adam', await asks('adam', 'members mia', 'Mia Chen'), 'Card', 'Phone: +34');
  expect(JSON.stringify(pictured.blocks)).toContain('"image_url":"https://pictures.example/mia.png"');
  expect(textOf(await asks('adam', 'audit about:mia', 'Audit log'))).toContain(
    'Adam Berg changed the phone number, where to reach them and the start date of Mia Chen',
  );
});
