import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FormName } from '../../../src/commands/form.ts';
import { forms } from '../../../src/commands/index.ts';
import { createWorld } from '../../world.ts';
import { invoke, type TeamsWorld } from './forge.ts';

let world: TeamsWorld;
beforeAll(async () => {
  world = await createWorld({ in: 'teams', env: { LOG_LEVEL: 'silent' } });
  await world.setUp();
  await fillAccount();
});
afterAll(() => world?.stop());

/** A hundred of everything that forms offer, with names as long as they can be, in letters of three bytes each. */
async function fillAccount(): Promise<void> {
  const named = (length: number) => sql`rpad(n || ' ', ${length}, '語')`;
  const [found] = await world.db.execute(sql`
    select account_id as account, id as organization, owner_member_id as owner from organization`);
  const { account, organization, owner } = found ?? {};
  const hundred = sql`from generate_series(1, 100) as n`;
  const add = (what: ReturnType<typeof sql>) => world.db.execute(what);
  await world.db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into organization (id, account_id, name, owner_member_id)
      select 'org_' || md5('o' || n), ${account}, ${named(100)}, 'mem_' || md5('o' || n) ${hundred}`);
    await tx.execute(sql`
      insert into member (id, account_id, organization_id, email, full_name)
      select 'mem_' || md5(k || n), ${account}, case k when 'o' then 'org_' || md5(k || n) else ${organization} end,
        k || n || '@' || repeat('x', 60) || '.test', ${named(100)} ${hundred}, unnest(array['o', 'm']) as k`);
  });
  await add(sql`
    insert into license_product (id, account_id, name, kind)
    select 'prd_' || md5('p' || n), ${account}, ${named(40)}, 'per-seat' ${hundred}`);
  await add(sql`
    insert into license_pool (id, account_id, product_id, kind, total)
    select 'pol_' || md5('p' || n), ${account}, 'prd_' || md5('p' || n), 'per-seat', 1000000 ${hundred}`);
  await add(sql`
    insert into team (id, account_id, organization_id, name)
    select 'tea_' || md5('t' || n), ${account}, ${organization}, ${named(60)} ${hundred}`);
  await add(sql`
    insert into project (id, account_id, organization_id, name)
    select 'prj_' || md5('t' || n), ${account}, ${organization}, ${named(60)} ${hundred}`);
  await add(sql`
    insert into invitation (id, account_id, organization_id, email, role, batch_id, invited_by, expires_at, reminders)
    select 'inv_' || md5('i' || n), ${account}, ${organization}, n || '@' || repeat('x', 60) || '.test', 'user',
      'bat_' || md5('b'), ${owner}, now() + interval '1 day', '{}' ${hundred}`);
}

/** What opens each form there is. */
const openers: Record<FormName, string | { do: string; list?: string; ofMember?: true; ofDraft?: true }> = {
  'set-up': { do: 'set-up' },
  invite: 'invite',
  'revoke-several': { do: 'pending.revoke-several' },
  details: { do: 'details', ofMember: true },
  'select-members': { do: 'select', list: 'members' },
  'select-pending': { do: 'select', list: 'pending' },
  'selection-license': { do: 'selection.license', ofDraft: true },
  'filter-members': { do: 'filter', list: 'members' },
  'filter-pending': { do: 'filter', list: 'pending' },
  'filter-removed': { do: 'filter', list: 'removed' },
  'change-role': 'role',
  transfer: 'transfer',
  remove: 'remove',
  'create-organization': 'org create',
  'rename-organization': 'org rename',
  move: 'org move',
  license: 'license',
  seats: { do: 'seats' },
  'add-product': { do: 'product.add' },
  'rename-product': { do: 'product.rename' },
  'create-team': 'team create',
  'create-project': 'project create',
  'rename-group': 'team rename',
  'add-to-group': 'project add',
  settings: { do: 'settings.change' },
};

async function openerOf(name: FormName): Promise<object> {
  const opener = openers[name];
  if (typeof opener === 'string') return { words: opener };
  const { ofMember, ofDraft, ...action } = opener;
  const first = async (table: string, by: string) => {
    const [row] = await world.db.execute(
      sql`select id from ${sql.identifier(table)} order by ${sql.identifier(by)} limit 1`,
    );
    return row?.id;
  };
  return {
    action: {
      ...action,
      ...(ofMember ? { memberId: await first('member', 'id') } : {}),
      ...(ofDraft ? { draftId: await chosenDraft() } : {}),
      ...(action.do === 'product.rename' ? { productId: await first('license_product', 'name') } : {}),
    },
  };
}

/** A selection of everybody on the first page. */
async function chosenDraft(): Promise<string | undefined> {
  const { chosen } = await openForm('select-members');
  const data = { form: 'select-members', open: await openerOf('select-members'), chosen: valuesOf(chosen) };
  const selection = await world.told('olivia', 'You have chosen', () =>
    invoke(world, 'olivia', 'task/submit', data),
  );
  return /dra_[0-9a-f]{32}/.exec(JSON.stringify(selection.cards))?.[0];
}

interface Part {
  id?: string;
  choices?: { value: string }[];
  inlines?: { text: string }[];
}

const valuesOf = (input: Part | undefined) => (input?.choices ?? []).map(({ value }) => value).join(',');

/** The inputs of the dialog that this asks for, which has to be one that Teams takes. */
async function dialog(asked: 'task/fetch' | 'task/submit', data: object): Promise<Record<string, Part>> {
  const { status, body } = await invoke(world, 'olivia', asked, data);
  const { type, value } = (body as { task: { type: string; value: { card: { content: { body: Part[] } } } } })
    .task;
  expect([status, type]).toEqual([200, 'continue']);
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(25_000);
  return Object.fromEntries(
    value.card.content.body.flatMap((part, at, all) => {
      const hint = all[at + 1]?.inlines?.[0]?.text ?? '';
      return part.id ? [[part.id, { ...part, hint }]] : [];
    }),
  );
}

const openForm = async (name: FormName) => dialog('task/fetch', { open: await openerOf(name) });

const names = Object.keys(openers) as FormName[];

test.each(names)(
  'the form "%s" opens with a hundred of everything, and every answer to it is read',
  async (name) => {
    const inputs = await openForm(name);
    expect(Object.keys(forms[name].kinds)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    for (const { choices } of Object.values(inputs)) expect(choices).not.toEqual([]);
  },
);

test('short lists are whole, long ones share the room and say that there are more', async () => {
  const { role, licenses, teams, projects } = await openForm('invite');
  expect(role?.choices).toHaveLength(3);
  for (const long of [licenses, teams, projects]) {
    const shown = long?.choices?.length ?? 0;
    expect(shown).toBeGreaterThan(10);
    expect(long).toMatchObject({ hint: expect.stringContaining(`Only ${shown} of`) });
  }
});

test('a long form comes back with its problem and what was chosen', async () => {
  const open = await openerOf('invite');
  const { licenses, teams } = await openForm('invite');
  const chosen = valuesOf({ choices: (teams?.choices ?? []).slice(-2) });
  const addresses = '語'.repeat(3000);
  const data = { form: 'invite', open, addresses, licenses: valuesOf(licenses), teams: chosen, role: 'user' };
  const again = await dialog('task/submit', data);
  expect(again.addresses).toMatchObject({ value: addresses });
  expect(valuesOf(again.teams).split(',')).toEqual(expect.arrayContaining(chosen.split(',')));
});
