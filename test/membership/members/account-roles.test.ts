import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeAccountRoles } from '../../../src/membership/members/change-account-roles.ts';
import { leaveOrganization } from '../../../src/membership/members/leave-organization.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { answerTo, tally } from '../answers.ts';
import {
  createPeople,
  type People,
  setAccountRole,
  type TestMember,
  type TestOrganization,
} from '../people.ts';
import { brokenBy } from '../rule-breaking.ts';

let people: People;

beforeAll(async () => {
  people = await createPeople({ max: 20 });
});

afterAll(() => people.stop());

const take = (by: TestMember, ...from: TestMember[]) =>
  changeAccountRoles(by.context, { memberIds: from.map(({ id }) => id), accountRole: 'user' });

async function adminsOf({ accountId }: TestOrganization): Promise<number> {
  const [row] = await people.sql`
    select count(*)::int from member
    where account_id = ${accountId} and account_role = 'account-admin' and status = 'active'`;
  return row?.count;
}

async function withAdmins(count: number): Promise<{ payments: TestOrganization; admins: TestMember[] }> {
  const payments = await people.setUp();
  const admins = await Promise.all(Array.from({ length: count }, (_, at) => payments.add(`Admin ${at}`)));
  for (const admin of admins) await setAccountRole(people, admin, 'account-admin');
  await setAccountRole(people, payments.owner, 'user');
  return { payments, admins };
}

test('of all Account Admins together the last one keeps the role', async () => {
  const { payments, admins } = await withAdmins(3);
  const [first] = admins;
  if (!first) throw new Error('There is nobody.');
  const lines = await take(first, ...admins);
  expect(lines.map(({ obstacle }) => obstacle?.code)).toEqual([undefined, undefined, 'last-account-admin']);
  expect(await adminsOf(payments)).toBe(1);
});

test.each<[string, (by: TestMember, other: TestMember) => Promise<unknown>]>([
  ['take the role from each other', (by, other) => take(by, other)],
  ['give it up', (by) => take(by, by)],
  ['leave', (by) => leaveOrganization(by.context)],
  ['remove each other', (by, other) => removeMembers(by.context, { memberIds: [other.id] })],
])('when all of four at once %s, one of them is left, in every round', async (_, act) => {
  for (let round = 0; round < 15; round += 1) {
    const { payments, admins } = await withAdmins(4);
    const answers = await Promise.all(
      admins.map((admin, at) => answerTo(() => act(admin, admins[(at + 1) % 4] ?? admin))),
    );
    const left = await adminsOf(payments);
    expect(left).toBeGreaterThanOrEqual(1);
    const refused = tally(answers.filter((answer) => answer !== 'done'));
    expect(['not-allowed', 'last-account-admin', 'not-active'], JSON.stringify(answers)).toEqual(
      expect.arrayContaining(Object.keys(refused)),
    );
    expect(left).toBe(4 - answers.filter((answer) => answer === 'done').length);
  }
});

test('the database itself keeps the last one, at the commit', async () => {
  const { admins } = await withAdmins(1);
  const [last] = admins;
  const rule = 'account_keeps_an_active_admin';
  const id = last?.id ?? '';
  expect(
    await brokenBy(people.sql, (tx) => tx`update member set account_role = 'user' where id = ${id}`),
  ).toBe(rule);
  expect(
    await brokenBy(
      people.sql,
      (tx) => tx`
        update member set status = 'inactive', removed_at = now(), removed_by = id, removal_reason = 'left'
        where id = ${id}`,
    ),
  ).toBe(rule);
  expect(await brokenBy(people.sql, (tx) => tx`update member set full_name = 'X' where id = ${id}`)).toBe(
    'none',
  );
});

test('two transactions that each leave the other as the last one: the second is refused', async () => {
  const { payments, admins } = await withAdmins(2);
  const demote = (id: string) => people.sql`update member set account_role = 'user' where id = ${id}`;
  for (let round = 0; round < 10; round += 1) {
    const results = await Promise.allSettled(admins.map(({ id }) => demote(id)));
    expect(tally(results.map(({ status }) => status))).toEqual({ fulfilled: 1, rejected: 1 });
    expect(await adminsOf(payments)).toBe(1);
    for (const admin of admins) await setAccountRole(people, admin, 'account-admin');
  }
});
