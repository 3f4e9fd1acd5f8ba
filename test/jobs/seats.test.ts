import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shown } from '../../sandbox/slack/types.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { buttonsOf } from '../commands/forms.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  for (const name of ['mia', 'ana', 'cleo']) {
    await world.invite('olivia', `${name}@acme.test`);
    await world.join(name);
  }
  await setSeats('KSE of the account', '20');
  await setSeats('KSE of Payments', '4');
});
afterAll(() => world?.stop());

/** Sets seats by the form, chosen by the beginning of its label. */
async function setSeats(target: string, total: string): Promise<void> {
  const { slack, told } = world;
  const list = await told('olivia', 'Licences of Payments', () => slack.command('olivia', 'licenses'));
  await slack.press('olivia', list, 'Dedicate seats…');
  const modal = await slack.until(() => slack.screen('olivia').modal, 'the form opens');
  const labels = JSON.stringify(modal.blocks).match(/"text":"[^"]*"/g) ?? [];
  const label = labels.map((text) => text.slice(8, -1)).find((text) => text.startsWith(`${target}:`));
  await told('olivia', `${total} seat`, () => slack.submit('olivia', { target: label ?? target, total }));
}

const notices = (who: string): Shown[] =>
  world
    .messages(who)
    .filter((message) => /seats of KSE in Payments are used/.test(textOf(message)) && !message.ephemeral);

const license = (people: string, words = 'KSE from Payments') =>
  world.told('olivia', 'assigned to', () => world.slack.command('olivia', `license ${people} ${words}`));

test('the Owner and the Admins are told at 75 % and at 100 %, once per crossing, and nobody else', async () => {
  const { slack, sees, told } = world;
  await license('mia, ana');
  await everythingSaid(world.db);
  expect(notices('olivia')).toEqual([]);
  await license('cleo');
  await sees('olivia', 'Three quarters of the seats of KSE in Payments are used: 1 is left.');
  await sees('adam', 'Three quarters of the seats of KSE in Payments are used: 1 is left.');
  await license('adam');
  const last = await sees('adam', 'All seats of KSE in Payments are used.');
  expect(buttonsOf(last)).toEqual(['See licences']);
  const owners = await sees('olivia', 'All seats of KSE in Payments are used.');
  expect(buttonsOf(owners)).toEqual(['See licences', 'Set seats…']);
  await told('olivia', 'has too few seats: 1 is missing', () =>
    slack.command('olivia', 'license olivia KSE from Payments'),
  );
  await everythingSaid(world.db);
  expect([notices('olivia'), notices('adam'), notices('mia')].map(({ length }) => length)).toEqual([2, 2, 0]);
  const kept = await world.db.execute(sql`select 1 from posted_message where kind = 'seats'`);
  expect(kept).toHaveLength(0);
});

test('a pool that has run out, has room and runs out again is told of again; one with room by then is not', async () => {
  const { slack, told, db } = world;
  const before = notices('adam').length;
  await told('olivia', 'taken back from', () => slack.command('olivia', 'license take back adam KSE'));
  await license('adam');
  await slack.until(() => notices('adam').length === before + 1, 'Adam is told again');
  await everythingSaid(db);
  await db.execute(sql`
    insert into outbox (topic, kind) select p.id, 'seats' from license_pool p
    join license_product d on d.id = p.product_id where d.name = 'KRE'`);
  await everythingSaid(db);
  const [row] = await db.execute<{ status: string; note: string }>(
    sql`select status, note from outbox where kind = 'seats' order by id desc limit 1`,
  );
  expect(row).toMatchObject({ status: 'dropped', note: 'there are seats again' });
});

test('of the pool of the account its Account Admins are told', async () => {
  const { sees } = world;
  await setSeats('TestOps of the account', '1');
  await license('mia', 'TestOps');
  await sees('olivia', 'All seats of TestOps in the account are used.');
  await everythingSaid(world.db);
  expect(world.messages('adam').filter((message) => textOf(message).includes('TestOps'))).toEqual([]);
});
