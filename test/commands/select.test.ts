import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import type { Shown } from '../../sandbox/slack/types.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';

const crowd = Array.from({ length: 60 }, (_, at) => `Crowd ${String(at + 1).padStart(2, '0')}`);

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
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

const asks = (words: string, text: string) =>
  world.told('olivia', text, () => world.slack.command('olivia', words));
const press = (on: Shown, label: string, text: string) =>
  world.told('olivia', text, () => world.slack.press('olivia', on, label));
const opensForm = (on: Shown, label: string) =>
  opens(world, 'olivia', label === 'Assign a licence…' ? 'Assign a licence' : 'Choose several', () =>
    world.slack.press('olivia', on, label),
  );
const submit = (values: Record<string, string | string[]>, text: string) =>
  world.told('olivia', text, () => world.slack.submit('olivia', values));

async function rolesOf(): Promise<Record<string, number>> {
  const rows = await world.db.execute<{ role: string; count: number }>(
    sql`select role, count(*)::int from member where status = 'active' and full_name like 'Crowd %' group by role`,
  );
  return Object.fromEntries(rows.map(({ role, count }) => [role, count]));
}

test('people of several pages are chosen, and then changed together through the usual preview', async () => {
  const first = await asks('members', 'Members of Payments');
  await opensForm(first, 'Select…');
  await world.slack.submit('olivia', {});
  expect(JSON.stringify(world.slack.screen('olivia').modal?.errors)).toContain('Choose at least one.');
  const two = await submit(
    { People: ['Crowd 01 (Crowd.01@x.test)', 'Crowd 02 (Crowd.02@x.test)'] },
    'You have chosen 2 people.',
  );
  expect(buttonsOf(two)).toEqual([
    ...['Make User…', 'Make Billing Manager…', 'Make Admin…', 'Assign a licence…', 'Choose more…', 'Remove…'],
  ]);
  const second = await press(
    await asks('members crowd', 'matching “crowd”'),
    'Next page',
    'matching “crowd”',
  );
  expect(textOf(second)).toContain('Crowd 11');
  await opensForm(two, 'Choose more…');
  const three = await submit({ People: ['Crowd 03 (Crowd.03@x.test)'] }, 'You have chosen 3 people.');
  expect(textOf(three)).toMatch(/Crowd 01[\s\S]*Crowd 02[\s\S]*Crowd 03/);
  const preview = await press(three, 'Make Billing Manager…', 'Make 3 people Billing Manager?');
  await press(preview, 'Change 3 roles', 'Changed 3 roles.');
  expect(await rolesOf()).toEqual({ 'billing-manager': 3, user: 57 });
});

test('everybody a search finds is one choice, and only when something was searched for', async () => {
  const everybody = await opensForm(await asks('members', 'Members of Payments'), 'Select…');
  expect(JSON.stringify(everybody.blocks)).not.toContain('this search finds');
  await world.slack.closeModal('olivia');
  const list = await asks('members crowd role:user', 'matching “crowd” · User');
  const form = await opensForm(list, 'Select…');
  expect(JSON.stringify(form.blocks)).toContain('All 57 people this search finds');
  const chosen = await submit({ Or: ['All 57 people this search finds'] }, 'You have chosen 57 people.');
  expect(textOf(chosen)).toContain('And 37 more.');
  await opensForm(chosen, 'Assign a licence…');
  await submit({ 'Licence and source': 'KRE from the account (any number)' }, 'KRE: assigned to 57 people.');
  const preview = await press(chosen, 'Remove…', 'Remove 57 people?');
  await press(preview, 'Keep all of them', 'Nothing was changed.');
});

test('pending invitations are chosen and sent again, or revoked, together', async () => {
  await world.invite('olivia', 'one@x.test, two@x.test, three@x.test');
  const list = await asks('pending x.test', 'matching “x.test”');
  await opensForm(list, 'Select…');
  const chosen = await submit(
    { Or: ['All 3 invitations this search finds'] },
    'You have chosen 3 invitations.',
  );
  expect(buttonsOf(chosen)).toEqual(['Resend 3', 'Choose more…', 'Revoke…']);
  const confirmation = await press(chosen, 'Revoke…', 'Revoke these 3 invitations?');
  await press(chosen, 'Resend 3', 'Sent 3 invitations again; the old links no longer work.');
  await press(confirmation, 'Revoke 3', 'Revoked 3 invitations');
});
