import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProductId } from '../../db/id.ts';
import { assignLicenses } from '../../src/membership/licenses/assign-licenses.ts';
import { giveSeats, poolOf, productNamed } from '../membership/licenses/seats.ts';
import { createPeople, type People, type TestMember, type TestOrganization } from '../membership/people.ts';
import { brokenBy, unusedId, type Write } from '../membership/rule-breaking.ts';

let people: People;
let payments: TestOrganization;
let foreign: TestOrganization;
let ana: TestMember;
let kse: ProductId;
let testOps: ProductId;
let [account, own]: string[] = [];
let invitationId: string;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  foreign = await people.setUp('Foreign');
  ana = await payments.add('Ana');
  kse = (await giveSeats(payments, 'KSE', { account: 10, dedicated: 3 })).productId;
  testOps = await productNamed(payments.owner, 'TestOps');
  await assignLicenses(payments.owner.context, { memberIds: [ana.id], productId: kse });
  account = (await poolOf(people, kse)).id;
  own = (await poolOf(people, kse, payments.id)).id;
  invitationId = (await payments.invite(payments.stranger('Ivo'))).invitationId;
});

afterAll(() => people.stop());

type Row = Record<string, unknown>;

const put =
  (table: string, ...rows: Row[]): Write =>
  async (tx) => {
    for (const row of rows) await tx`insert into ${tx(table)} ${tx(row as Record<string, string>)}`;
  };
const change =
  (values: Row, id = account): Write =>
  (tx) =>
    tx`update license_pool set ${tx(values as Record<string, string>)} where id = ${id ?? ''}`;

const product = (more: Row) => ({
  ...{ id: unusedId('prd'), account_id: payments.accountId, name: 'KSX', kind: 'per-seat' },
  ...more,
});
const pool = (more: Row) => ({
  ...{ id: unusedId('pol'), account_id: payments.accountId, product_id: kse, kind: 'per-seat' },
  ...more,
});
const seat = (more: Row) => ({
  ...{ id: unusedId('asg'), account_id: payments.accountId, product_id: kse, pool_id: account },
  ...{ organization_id: payments.id, member_id: payments.owner.id },
  ...more,
});
const offer = (more: Row) => ({ invitation_id: invitationId, product_id: kse, pool_id: account, ...more });
const machine = (more: Row) => ({ member_id: ana.id, product_id: kse, machine_id: 'laptop', ...more });

const broken: [string, string, () => Write][] = [
  ['product_is_of_an_account', 'none', () => put('license_product', product({ account_id: 'acc_nobody' }))],
  ['product_name_is_unique_in_account', 'capitals', () => put('license_product', product({ name: 'kSe' }))],
  ['product_kind_is_known', 'another', () => put('license_product', product({ kind: 'per-hour' }))],
  [
    'pool_is_of_a_product_of_the_account',
    'one of another account',
    () => put('license_pool', pool({ account_id: foreign.accountId, organization_id: foreign.id })),
  ],
  [
    'pool_is_of_a_product_of_the_account',
    'one licensed otherwise',
    () =>
      put(
        'license_pool',
        pool({ product_id: testOps, kind: 'per-concurrent-use', organization_id: payments.id }),
      ),
  ],
  [
    'pool_is_dedicated_within_the_account',
    'another',
    () => put('license_pool', pool({ organization_id: foreign.id })),
  ],
  ['one_account_pool_per_product', 'two', () => put('license_pool', pool({}))],
  [
    'one_pool_per_product_and_organization',
    'two',
    () => put('license_pool', pool({ organization_id: payments.id })),
  ],
  ['seats_are_never_fewer_than_none', 'used below none', () => change({ used: -1 })],
  [
    'dedicated_seats_come_out_of_the_total',
    'more than all',
    () => (tx) => tx`update license_pool set dedicated = total + 1 where kind = 'per-concurrent-use'`,
  ],
  ['only_the_account_dedicates_seats', 'an organization', () => change({ dedicated: 1 }, own)],
  ['a_seat_is_given_once', 'used and dedicated', () => change({ used: 8 })],
  ['a_seat_is_given_once', 'fewer than are used', () => change({ total: 0 }, own)],
  [
    'offer_belongs_to_an_invitation',
    'none',
    () => put('invitation_license', offer({ invitation_id: 'inv_nobody' })),
  ],
  [
    'offer_is_from_a_pool_of_the_product',
    'another product',
    () => put('invitation_license', offer({ product_id: testOps })),
  ],
  [
    'a_product_is_offered_once',
    'from two pools',
    () => put('invitation_license', offer({}), offer({ pool_id: own })),
  ],
  [
    'seat_is_from_a_pool_of_the_product',
    'another product',
    () => put('license_assignment', seat({ product_id: testOps })),
  ],
  [
    'reserved_seat_was_offered',
    'never',
    () => put('license_assignment', seat({ member_id: null, invitation_id: invitationId })),
  ],
  [
    'seat_is_held_in_an_organization_of_the_account',
    'another account',
    () => put('license_assignment', seat({ organization_id: foreign.id, member_id: foreign.owner.id })),
  ],
  [
    'seat_is_held_by_an_active_member',
    'a member of another organization',
    () => put('license_assignment', seat({ member_id: foreign.owner.id })),
  ],
  [
    'seat_is_held_by_an_active_member',
    'somebody removed meanwhile',
    () => (tx) =>
      tx`
      update member set status = 'inactive', removed_at = now(), removed_by = ${payments.owner.id},
        removal_reason = 'removed' where id = ${ana.id}`,
  ],
  ['a_seat_has_one_holder', 'nobody', () => put('license_assignment', seat({ member_id: null }))],
  ['one_seat_per_product_and_member', 'two', () => put('license_assignment', seat({ member_id: ana.id }))],
  [
    'one_seat_per_product_and_invitation',
    'two',
    () => async (tx) => {
      await put('invitation_license', offer({}))(tx);
      const reserved = { member_id: null, invitation_id: invitationId };
      await put('license_assignment', seat(reserved), seat(reserved))(tx);
    },
  ],
  ['a_machine_is_registered_once', 'twice', () => put('registered_machine', machine({}), machine({}))],
  [
    'machine_has_a_license',
    'none',
    () => put('registered_machine', machine({ member_id: payments.owner.id })),
  ],
];

test.each(broken)('the database keeps the rule %s against %s', async (rule, _, write) => {
  expect(await brokenBy(people.sql, write())).toBe(rule);
});

test('every rule on licences it has a name for is one of these', async () => {
  const tables = [
    'license_product',
    'license_pool',
    'invitation_license',
    'license_assignment',
    'registered_machine',
  ];
  const named = await people.sql`
    select conname as name from pg_constraint
    where contype in ('c', 'f', 'u', 'p', 'x') and conrelid::regclass::text = any(${tables})
    union select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indisunique and i.indrelid::regclass::text = any(${tables})`;
  // Targets of foreign keys, which add an id to what is unique already.
  const targets = ['product_of_account_and_kind', 'pool_of_product', 'offer_of_a_seat'];
  const rules = named
    .map(({ name }) => name)
    .filter((name) => !/_pkey$/.test(name) && !targets.includes(name));
  expect(rules.sort()).toEqual([...new Set(broken.map(([rule]) => rule))].sort());
});

test('for concurrent use any number of people may be assigned, and seats still cannot be dedicated twice', async () => {
  const { productId } = await giveSeats(payments, 'KRE', { account: 2 });
  const { id } = await poolOf(people, productId);
  expect(await brokenBy(people.sql, change({ used: 50 }, id))).toBe('none');
  expect(await brokenBy(people.sql, change({ dedicated: 3 }, id))).toBe(
    'dedicated_seats_come_out_of_the_total',
  );
});

test('a machine goes with the licence it was registered for', async () => {
  await people.sql.begin(async (tx) => {
    await put('registered_machine', machine({}))(tx);
    await tx`delete from license_assignment where member_id = ${ana.id}`;
    expect(await tx`select 1 from registered_machine where member_id = ${ana.id}`).toHaveLength(0);
    await tx`rollback and chain`;
  });
});
