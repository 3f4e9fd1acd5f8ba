import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import type { Shown } from '../../sandbox/slack/types.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';

const crowd = Array.from({ length: 24 }, (_, at) => `Crowd ${String(at + 1).padStart(2, '0')}`);

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
  await world.db.transaction(async (tx) => {
    const [home] = await tx.execute<{ id: string; account_id: string }>(
      sql`select id, account_id from organization`,
    );
    for (const name of crowd) {
      await tx.execute(sql`
        insert into member (id, account_id, organization_id, email, full_name)
        values (${newId('mem')}, ${home?.account_id}, ${home?.id}, ${`${name.replace(' ', '.')}@x.test`}, ${name})`);
    }
  });
});
afterAll(() => world?.stop());

const members = (words = '') =>
  world.told('olivia', 'embers of Payments', () => world.slack.command('olivia', `members ${words}`));

const press = (on: Shown, label: string) =>
  world.told('olivia', 'embers of Payments', () => world.slack.press('olivia', on, label));

function namesOf(list: Shown): string[] {
  return [...textOf(list).matchAll(/^(?: \[[^\]]+\])*(.+)\n.+ · joined \d/gm)].flatMap(
    ([, name]) => name?.trim() ?? [],
  );
}

test('the members stand by name, ten on a page, and the pages hold everybody once', async () => {
  const first = await members();
  const second = await press(first, 'Next page');
  const third = await press(second, 'Next page');
  expect(third.ts).toBe(first.ts);
  expect([first, second, third].map((page) => namesOf(page).length)).toEqual([10, 10, 6]);
  expect([first, second, third].flatMap(namesOf)).toEqual([...crowd, 'Mia Chen', 'Olivia Okafor']);
  const cards = (count: number) => Array(count).fill('Card');
  expect(buttonsOf(first)).toEqual([
    ...cards(10),
    'Next page',
    'Filter…',
    'Select…',
    'Invite people',
    'Export',
  ]);
  expect(buttonsOf(third)).toEqual([
    ...cards(6),
    'First page',
    'Filter…',
    'Select…',
    'Invite people',
    'Export',
  ]);
  expect(namesOf(await press(third, 'First page'))).toEqual(namesOf(first));
});

test('a row says address, role and when somebody joined', async () => {
  const text = textOf(await members('okafor'));
  expect(text).toMatch(/Olivia Okafor\nolivia@acme\.test · Owner · joined \d{1,2} \w+ \d{4}/);
});

test.each([
  ['mia', ['Mia Chen']],
  ['CHEN', ['Mia Chen']],
  ['mi', ['Mia Chen']],
  ['mia@acme.test', ['Mia Chen']],
  ['Mia Chen', ['Mia Chen']],
  ['rowd 2', crowd.slice(19)],
  ['%', []],
  ['_ia', []],
  ["' or 1=1", []],
])('the search for "%s" finds what contains it, literally', async (words, found) => {
  const list = await members(words);
  expect(namesOf(list)).toEqual(found);
  if (found.length === 0) expect(textOf(list)).toContain('No members of Payments matching');
});

test('the pages of a search stay within it, and Show all leaves it', async () => {
  const first = await members('crowd');
  const second = await press(first, 'Next page');
  const third = await press(second, 'Next page');
  expect(textOf(third)).toContain('matching “crowd”');
  expect([first, second, third].flatMap(namesOf)).toEqual(crowd);
  expect(textOf(await press(third, 'Show all'))).not.toContain('matching');
});

test('a page on which somebody was removed meanwhile goes on where it was', async () => {
  const first = await members();
  await world.db.execute(
    sql`update member m set status = 'inactive', removed_at = now(), removed_by = o.owner_member_id, removal_reason = 'removed'
      from organization o where full_name in ('Crowd 10', 'Crowd 11')`,
  );
  const second = await press(first, 'Next page');
  expect(namesOf(second)).toEqual(crowd.slice(11, 21));
});

test('a list is narrowed by typed filters, says by which, and keeps them while it is turned', async () => {
  const first = await members('crowd role:user');
  expect(textOf(first)).toContain('Members of Payments matching “crowd” · User');
  const second = await press(first, 'Next page');
  expect(textOf(second)).toContain('matching “crowd” · User');
  expect(namesOf(await members('role:owner'))).toEqual(['Olivia Okafor']);
  const refused = await world.told('olivia', 'There is nothing called', () =>
    world.slack.command('olivia', 'members role:admn'),
  );
  expect(textOf(refused)).toMatch(
    /“admn” for “role:”[\s\S]*Perhaps you mean “admin”[\s\S]*owner, admin, billing or user/,
  );
});

test('the same without typing: the form is filled in with what the list is narrowed to', async () => {
  const list = await members('mia role:user idle:45d');
  const form = await opens(world, 'olivia', 'Filter the list', () =>
    world.slack.press('olivia', list, 'Filter…'),
  );
  expect(JSON.stringify(form.blocks)).toMatch(/"initial_value":"mia"[\s\S]*"text":"Not seen for 45 days"/);
  const narrowed = await world.told('olivia', 'Members of Payments · Owner', () =>
    world.slack.submit('olivia', {
      'Name or e-mail': '',
      Role: 'Owner',
      Licence: 'Any or none',
      'Not seen': 'any',
    }),
  );
  expect(namesOf(narrowed)).toEqual(['Olivia Okafor']);
});
