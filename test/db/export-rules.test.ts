import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPeople, type People, type TestMember, type TestOrganization } from '../membership/people.ts';
import { brokenBy, unusedId, type Write } from '../membership/rule-breaking.ts';

let people: People;
let payments: TestOrganization;
let foreign: TestOrganization;
let adam: TestMember;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  foreign = await people.setUp('Foreign');
  adam = await payments.add('Adam', 'admin');
});

afterAll(() => people.stop());

type Row = Record<string, string | number>;

const put =
  (...rows: Row[]): Write =>
  async (tx) => {
    for (const row of rows) {
      const whole: Row = {
        ...{ id: unusedId('exp'), account_id: payments.accountId, member_id: adam.id, content: 'members' },
        ...{ platform: 'slack', workspace_id: payments.workspaceId, ...row },
      };
      await tx`insert into export_request ${tx(whole)}`;
    }
  };

const broken: [string, string, () => Write][] = [
  ['export_content_is_known', 'another', () => put({ content: 'secrets' })],
  ['export_status_is_known', 'another', () => put({ status: 'lost' })],
  [
    'export_is_asked_for_by_a_member_of_the_account',
    'a foreigner',
    () => put({ member_id: foreign.owner.id }),
  ],
  [
    'export_is_of_an_organization_of_the_account',
    'a foreign one',
    () => put({ organization_id: foreign.id }),
  ],
  ['export_goes_to_a_connected_workspace', 'another', () => put({ workspace_id: 'T-nowhere' })],
  ['offer_ends_at_a_time', 'never', () => put({ status: 'offered' })],
  ['sent_export_has_its_rows', 'none', () => put({ status: 'sent' })],
  ['sent_export_has_its_rows', 'some before', () => put({ rows: 3 })],
  [
    'one_export_at_a_time_per_member',
    'two',
    () => put({}, { status: 'offered', offer_ends_at: '2100-01-01' }),
  ],
];

test.each(broken)('%s against %s', async (rule, _, write) => {
  expect(await brokenBy(people.sql, write())).toBe(rule);
});

test('and every rule on exports it has a name for is one of these', async () => {
  const named = await people.sql`
    select conname as name from pg_constraint
    where contype in ('c', 'f', 'u', 'x') and conrelid = 'export_request'::regclass
    union select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indisunique and not i.indisprimary and i.indrelid = 'export_request'::regclass`;
  const tested = new Set(broken.map(([rule]) => rule));
  expect(named.map(({ name }) => name).sort()).toEqual([...tested].sort());
});

test('one export at a time leaves room for those that are over, and for those of others', async () => {
  const over = [{ status: 'cancelled' }, { status: 'sent', rows: 3 }, { status: 'failed' }];
  expect(await brokenBy(people.sql, put(...over, {}, { member_id: payments.owner.id }))).toBe('none');
});
