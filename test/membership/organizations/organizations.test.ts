import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkInvariants } from '../../../db/check-invariants.ts';
import type { OrganizationId } from '../../../db/id.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import {
  createOrganization,
  prepareOrganization,
} from '../../../src/membership/organizations/create-organization.ts';
import { findOrganization } from '../../../src/membership/organizations/find-organization.ts';
import { listOrganizations } from '../../../src/membership/organizations/list-organizations.ts';
import { renameOrganization } from '../../../src/membership/organizations/rename-organization.ts';
import { answerTo, tally } from '../answers.ts';
import { giveSeats, poolOf } from '../licenses/seats.ts';
import { createPeople, type People, type TestMember, type TestOrganization } from '../people.ts';
import { inRounds, startBoth } from '../races.ts';

let people: People;
let payments: TestOrganization;
let admin: TestMember;
let rita: TestMember;

beforeAll(async () => {
  people = await createPeople({ max: 8 });
});

beforeEach(async () => {
  payments = await people.setUp();
  admin = payments.owner;
  rita = await payments.add('Rita', 'billing-manager');
});

afterAll(async () => {
  const broken = (await checkInvariants(people.db, { running: false })).filter(({ total }) => total > 0);
  await people.stop();
  expect(broken).toEqual([]);
});

const create = (name: string, owner: TestMember) =>
  createOrganization(admin.context, { name, ownerId: owner.id });

const rename = (organizationId: OrganizationId, name: string) =>
  renameOrganization({ ...admin.context, organizationId }, { name });

test('a new organization has its Owner from its first moment: a member of the account, who moves there', async () => {
  const { productId } = await giveSeats(payments, 'KSE', { account: 5, dedicated: 2 });
  await assignLicenses(admin.context, { memberIds: [rita.id], productId });
  const input = { name: '  Risk \n and  Fraud ', ownerId: rita.id };
  expect(await prepareOrganization(admin.context, input)).toMatchObject({
    ...{ name: 'Risk and Fraud', owner: { fullName: 'Rita', role: 'billing-manager' } },
    consequences: { freed: ['KSE'], kept: [] },
  });
  const made = await createOrganization(admin.context, input);
  expect(made).toMatchObject({ organization: 'Risk and Fraud', owner: 'Rita' });
  const [row] = await people.sql`
    select o.owner_member_id, m.organization_id, m.role, m.account_role from organization o
    join member m on m.id = o.owner_member_id where o.id = ${made.organizationId}`;
  expect(row).toEqual({
    ...{ owner_member_id: rita.id, organization_id: made.organizationId },
    ...{ role: 'admin', account_role: 'user' },
  });
  expect(await poolOf(people, productId, payments.id)).toMatchObject({ used: 0 });
});

test('neither an Owner nor the one who makes it can own it, and its name is its own', async () => {
  const adam = await payments.add('Adam', 'admin');
  await create('Risk', rita);
  expect(await answerTo(() => create('Sales', admin))).toBe('is-the-owner');
  expect(await answerTo(() => create('Sales', rita))).toBe('is-the-owner');
  for (const [name, refused] of [
    ['RISK', 'organization-exists'],
    ['payments', 'organization-exists'],
    [' \u200b ', 'name-is-empty'],
    ['"Sales"', 'organization-name-not-usable'],
    ['<@U123>', 'organization-name-not-usable'],
  ] as const) {
    expect([name, await answerTo(() => create(name, adam))]).toEqual([name, refused]);
  }
});

test('a name is changed for everybody at once; another case of its own letters is no clash', async () => {
  const { organizationId: risk } = await create('Risk', rita);
  expect(await rename(risk, 'RISK')).toEqual({ from: 'Risk', to: 'RISK' });
  expect(await answerTo(() => rename(risk, 'payments'))).toBe('organization-exists');
  expect(await rename(risk, 'Fraud')).toEqual({ from: 'RISK', to: 'Fraud' });
  expect(await findOrganization(rita.context, ['fraud'])).toMatchObject({ id: risk, name: 'Fraud' });
  const [row] = await people.sql`
    select count(*)::int from audit_event where subject = ${risk} and action = 'organization.renamed' and refusal is null`;
  expect(row?.count).toBe(2);
});

test('the list goes through all of them by name, with Owner and active members', async () => {
  await create('Risk', rita);
  for (const [at, name] of ['Sales', 'audit', 'Ärzte'].entries()) {
    await create(name, await payments.add(`Owner ${at}`));
  }
  await payments.add('Adam');
  const first = await listOrganizations(admin.context, { size: 3 });
  expect(first.rows.map(({ name, owner, members }) => [name, owner, members])).toEqual([
    ['Ärzte', 'Owner 2', 1],
    ['audit', 'Owner 1', 1],
    ['Payments', 'Olivia', 2],
  ]);
  const rest = await listOrganizations(admin.context, { after: first.next ?? '', size: 3 });
  expect([rest.rows.map(({ name }) => name), rest.next]).toEqual([['Risk', 'Sales'], undefined]);
});

test('two made at the same moment for one Owner, or under one name: one is made', async () => {
  const told: string[] = [];
  await inRounds(12, 2, async (round) => {
    const [adam, ben] = [await payments.add(`Adam ${round}`), await payments.add(`Ben ${round}`)];
    const second = round % 2 === 0 ? () => create(`Other ${round}`, adam) : () => create(`One ${round}`, ben);
    const both = await startBoth(
      people.sql,
      round,
      () => answerTo(() => create(`One ${round}`, adam)),
      () => answerTo(second),
    );
    told.push(both.sort().join(' and '));
  });
  expect(tally(told)).toEqual({ 'done and is-the-owner': 6, 'done and organization-exists': 6 });
});
