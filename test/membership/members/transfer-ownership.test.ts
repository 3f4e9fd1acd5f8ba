import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from '../../../db/check-invariants.ts';
import { changeRoles } from '../../../src/membership/members/change-roles.ts';
import { leaveOrganization } from '../../../src/membership/members/leave-organization.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import { answerTo, tally } from '../answers.ts';
import { createPeople, type People, type TestMember, type TestOrganization } from '../people.ts';
import { inRounds, startBoth } from '../races.ts';

let people: People;

beforeAll(async () => {
  people = await createPeople({ max: 20 });
});

afterAll(() => people.stop());

const handOver = (from: TestMember, to: TestMember, email: string = to.email) =>
  transferOwnership(from.context, { memberId: to.id, email });

async function rolesOf({ id }: TestOrganization): Promise<Record<string, string>> {
  const rows = await people.sql`
    select m.full_name, case when o.owner_member_id = m.id then 'owner' when m.status = 'inactive' then 'gone'
      else m.role end as role from member m join organization o on o.id = m.organization_id where o.id = ${id}`;
  return Object.fromEntries(rows.map((row) => [row.full_name, row.role]));
}

test('the new Owner is Owner, the old one Admin, and the audit log says so', async () => {
  const payments = await people.setUp('Payments');
  const bill = await payments.add('Bill', 'billing-manager');
  expect(await handOver(payments.owner, bill)).toEqual({ organization: 'Payments', newOwner: 'Bill' });
  expect(await rolesOf(payments)).toEqual({ Olivia: 'admin', Bill: 'owner' });
  const rows = await people.sql`
    select actor_member_id, data ->> 'to' as to from audit_event
    where action = 'organization.transferred' and subject = ${payments.id} and refusal is null`;
  expect([...rows]).toEqual([{ actor_member_id: payments.owner.id, to: bill.id }]);
  expect(await handOver(bill, payments.owner)).toMatchObject({ newOwner: 'Olivia' });
  expect(await rolesOf(payments)).toEqual({ Olivia: 'owner', Bill: 'admin' });
});

test.each(['', 'ana', 'ana@acme.test, bea@acme.test', 'bea@acme.test', 'ana@acme.tes'])(
  'the address "%s" is not that of the new Owner',
  async (typed) => {
    const payments = await people.setUp('Typed');
    const ana = await payments.add('Ana');
    expect(await answerTo(() => handOver(payments.owner, ana, typed))).toBe('address-does-not-match');
    expect(await rolesOf(payments)).toEqual({ Olivia: 'owner', Ana: 'user' });
  },
);

test('of eight at once one wins, in every one of fifty rounds; the others are told that they are no Owner', async () => {
  const payments = await people.setUp('Eight');
  const heirs = await Promise.all(Array.from({ length: 8 }, (_, at) => payments.add(`Heir ${at}`)));
  let owner = payments.owner;
  for (let round = 0; round < 50; round += 1) {
    const others = [payments.owner, ...heirs].filter(({ id }) => id !== owner.id);
    const answers = await Promise.all(others.map((heir) => answerTo(() => handOver(owner, heir))));
    expect(tally(answers)).toEqual({ done: 1, 'not-allowed': 7 });
    const roles = await rolesOf(payments);
    expect(tally(Object.values(roles)).owner).toBe(1);
    expect(roles[owner.name]).toBe('admin');
    owner = others[answers.indexOf('done')] ?? owner;
    expect(roles[owner.name]).toBe('owner');
  }
});

test('handing over to somebody who is being removed, demoted or leaves: the Owner is an active member, always', async () => {
  await inRounds(60, 3, async (round) => {
    const payments = await people.setUp(`Round ${round}`);
    const { owner } = payments;
    const [heir, admin] = [await payments.add('Heir', 'admin'), await payments.add('Ada', 'admin')];
    await people.sql`update member set account_role = 'account-admin' where id = ${admin.id}`;
    const memberIds = [heir.id];
    const meanwhile = [
      () => removeMembers(admin.context, { memberIds }),
      () => leaveOrganization(heir.context),
      () => changeRoles(admin.context, { memberIds, role: 'user' }),
    ][round % 3];
    const answers = await startBoth(
      people.sql,
      round,
      () => answerTo(() => handOver(owner, heir)),
      () => answerTo(() => meanwhile?.() ?? Promise.resolve()),
    );
    const roles = await rolesOf(payments);
    if (round % 3 === 2) expect(answers[0]).toBe('done');
    else
      expect([
        ['done', 'is-the-owner'],
        ['not-an-active-member', 'done'],
      ]).toContainEqual(answers);
    expect(roles).toMatchObject(
      answers[0] === 'done' ? { Heir: 'owner', Olivia: 'admin' } : { Heir: 'gone', Olivia: 'owner' },
    );
  });
  const broken = (await checkInvariants(people.db, { running: false })).filter(({ total }) => total > 0);
  expect(broken.map(({ rule }) => rule).filter((rule) => !rule.startsWith('Account Admin is'))).toEqual([]);
});
