import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId, type ProductId } from '../../../db/id.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { retireProduct } from '../../../src/membership/licenses/edit-catalogue.ts';
import { listHolders } from '../../../src/membership/licenses/list-holders.ts';
import { listPools } from '../../../src/membership/licenses/list-pools.ts';
import { registerMachine } from '../../../src/membership/licenses/register-machine.ts';
import { takeBackLicenses } from '../../../src/membership/licenses/take-back-licenses.ts';
import { prepareRemoval, removeMembers } from '../../../src/membership/members/remove-members.ts';
import { showMember } from '../../../src/membership/members/show-member.ts';
import { answerTo, refusalOf } from '../answers.ts';
import { addCrowd } from '../crowd.ts';
import { createPeople, type People, type TestMember, type TestOrganization } from '../people.ts';
import { brokenLicenseRules, giveSeats, poolOf } from './seats.ts';

let people: People;
let payments: TestOrganization;
let kse: ProductId;
let [ana, ben, cleo]: TestMember[] = [];

beforeAll(async () => {
  people = await createPeople({ max: 10 });
});

beforeEach(async () => {
  payments = await people.setUp();
  kse = (await giveSeats(payments, 'KSE', { account: 4, dedicated: 2 })).productId;
  [ana, ben, cleo] = [await payments.add('Ana'), await payments.add('Ben'), await payments.add('Cleo')];
});

afterAll(async () => {
  const broken = await brokenLicenseRules(people);
  await people.stop();
  expect(broken).toEqual([]);
});

const ids = (...members: (TestMember | undefined)[]) => members.flatMap((member) => member?.id ?? []);
const accountPool = () => poolOf(people, kse);
const ownPool = () => poolOf(people, kse, payments.id);
const assign = (memberIds: TestMember['id'][], poolId?: `pol_${string}`) =>
  assignLicenses(payments.owner.context, { memberIds, productId: kse, ...(poolId ? { poolId } : {}) });
const outcomes = async (result: ReturnType<typeof assign>) =>
  (await result).lines.map(({ outcome, pool }) => `${outcome} ${pool?.organization ?? 'account'}`);

describe('assigning', () => {
  test('takes the seats of the organization first, then those of the account, until none is left', async () => {
    const dan = await payments.add('Dan');
    const everybody = ids(ana, ben, cleo, dan, payments.owner);
    expect(await outcomes(assign(everybody))).toEqual([
      'assigned Payments',
      'assigned Payments',
      'assigned account',
      'assigned account',
      'no-seat account',
    ]);
    expect([await ownPool(), await accountPool()]).toMatchObject([
      { used: 2, holders: 2 },
      { used: 2, dedicated: 2, holders: 2 },
    ]);
    const audit = await people.sql`
      select subject, data ->> 'poolId' as pool from audit_event
      where action = 'license.assigned' and account_id = ${payments.accountId} order by id`;
    expect(audit.map(({ subject }) => subject)).toEqual(everybody.slice(0, 4));
  });

  test('somebody who has it leaves them as they are; another source named moves them', async () => {
    await assign(ids(ana));
    expect(await outcomes(assign(ids(ana)))).toEqual(['held Payments']);
    const { id } = await accountPool();
    expect(await outcomes(assign(ids(ana, ben), id))).toEqual(['moved account', 'assigned account']);
    expect([await ownPool(), await accountPool()]).toMatchObject([{ used: 0 }, { used: 2 }]);
    const [moved] = await people.sql`
      select data from audit_event where action = 'license.moved' and subject = ${ana?.id ?? ''}`;
    expect(moved?.data).toMatchObject({ from: (await ownPool()).id, poolId: id });
  });

  test('the one person for whom there is no seat is refused, with who can add some', async () => {
    const { id } = await ownPool();
    await assign(ids(ana, ben), id);
    expect(await refusalOf(() => assign(ids(cleo), id))).toMatchObject({
      code: 'not-enough-seats',
      data: { product: 'KSE', source: 'Payments', missing: 1, ask: ['Olivia'] },
    });
  });

  test('seats of one organization are for its members alone', async () => {
    const risk = await payments.addSister('Risk');
    const rita = await risk.add('Rita');
    const { id } = await ownPool();
    expect(await answerTo(() => assign(ids(rita), id))).toBe('source-of-another-organization');
    expect(await outcomes(assign(ids(rita)))).toEqual(['assigned account']);
  });

  test('a product that is retired is given to nobody, and stays with those who have it', async () => {
    await assign(ids(ana));
    await retireProduct(payments.owner.context, { productId: kse, retired: true });
    expect(await answerTo(() => assign(ids(ben)))).toBe('product-not-found');
    expect(await ownPool()).toMatchObject({ used: 1 });
    await retireProduct(payments.owner.context, { productId: kse, retired: false });
    expect(await answerTo(() => assign(ids(ben)))).toBe('done');
  });

  test('a product of another account does not exist', async () => {
    const foreign = await people.setUp('Foreign');
    const { productId } = await giveSeats(foreign, 'KSE', { account: 5 });
    const act = () => assignLicenses(payments.owner.context, { memberIds: ids(ana), productId });
    expect(await answerTo(act)).toBe('product-not-found');
  });
});

describe('taking back', () => {
  test('frees the seats at once, and says who had none', async () => {
    await assign(ids(ana, ben));
    const input = { memberIds: ids(ana, cleo), productId: kse };
    const { lines } = await takeBackLicenses(payments.owner.context, input);
    expect(lines.map(({ outcome }) => outcome)).toEqual(['taken-back', 'not-held']);
    expect(await ownPool()).toMatchObject({ used: 1, holders: 1 });
  });

  test('from the one person who has none is refused', async () => {
    const input = { memberIds: ids(ana), productId: kse };
    expect(await refusalOf(() => takeBackLicenses(payments.owner.context, input))).toMatchObject({
      code: 'no-license',
      data: { name: 'Ana', product: 'KSE', you: false },
    });
  });
});

test('the number of statements does not grow with the number of people', async () => {
  await giveSeats(payments, 'KSE', { account: 2_000, dedicated: 500 });
  await addCrowd(people, payments, 'Crowd', 600);
  const rows = await people.sql<{ id: TestMember['id'] }[]>`
    select id from member where organization_id = ${payments.id} and full_name like 'Crowd %' order by id`;
  const crowd = rows.map(({ id }) => id);
  const request = () => ({ ...payments.owner.context, replayKey: newId('dra') });
  const countOf = async (
    act: typeof assignLicenses | typeof takeBackLicenses,
    memberIds: TestMember['id'][],
  ) => (await people.statementsOf(() => act(request(), { memberIds, productId: kse }))).length;
  for (const act of [assignLicenses, takeBackLicenses]) {
    const counts = [await countOf(act, crowd.slice(0, 1)), await countOf(act, crowd.slice(1))];
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeLessThanOrEqual(9);
  }
  // Members put there behind usher's back are no concern of the rules on licences, but the seats are.
  expect(await ownPool()).toMatchObject({ used: 0, holders: 0 });
});

describe('a machine', () => {
  test('is registered once for a licence one has, and shown on the card', async () => {
    await assign(ids(ana));
    const register = () =>
      registerMachine(ana?.context ?? payments.owner.context, { productId: kse, machineId: ' laptop\n7 ' });
    expect(await Promise.all([register(), register()])).toEqual(
      expect.arrayContaining([{ machineId: 'laptop 7', isNew: true }]),
    );
    expect(await register()).toEqual({ machineId: 'laptop 7', isNew: false });
    const { licenses } = await showMember(payments.owner.context, { memberId: ana?.id ?? 'mem_' });
    expect(licenses).toMatchObject([{ product: 'KSE', machines: ['laptop 7'] }]);
    const audit = await people.sql`
      select 1 from audit_event where action = 'machine.registered' and subject = ${ana?.id ?? ''}`;
    expect(audit).toHaveLength(1);
  });

  test.each([
    ['without the licence', 'laptop', 'no-license'],
    ['without an id', ' \u200b ', 'machine-id-is-empty'],
  ])('%s is refused', async (_, machineId, code) => {
    const { context } = ben ?? payments.owner;
    expect(await answerTo(() => registerMachine(context, { productId: kse, machineId }))).toBe(code);
  });

  test('goes with the licence that is taken back, and with the person who is removed', async () => {
    await assign(ids(ana, ben));
    for (const one of [ana, ben]) {
      if (one) await registerMachine(one.context, { productId: kse, machineId: 'laptop' });
    }
    const taken = await takeBackLicenses(payments.owner.context, { memberIds: ids(ana), productId: kse });
    expect(taken.lines).toMatchObject([{ outcome: 'taken-back', machines: 1 }]);
    const review = await prepareRemoval(payments.owner.context, { memberIds: ids(ben) });
    expect(review.lines).toMatchObject([{ consequences: { licenses: ['KSE'], machines: 1 } }]);
    const [line] = await removeMembers(payments.owner.context, { memberIds: ids(ben) });
    expect(line).toMatchObject({ licenses: 1 });
    const left = await people.sql`select 1 from registered_machine where member_id = any(${ids(ana, ben)})`;
    expect(left).toHaveLength(0);
  });
});

describe('looking', () => {
  test('a pool has four figures, and who holds it is listed page by page', async () => {
    await assign(ids(ana, ben, cleo));
    const { rows } = await listPools(payments.owner.context, { product: 'kse', size: 10 });
    expect(rows).toMatchObject([
      { organization: null, total: 4, dedicated: 2, used: 1 },
      { organization: 'Payments', total: 2, dedicated: 0, used: 2 },
    ]);
    const { id: poolId } = await ownPool();
    const first = await listHolders(payments.owner.context, { poolId, size: 1 });
    const second = await listHolders(payments.owner.context, { poolId, size: 1, after: first.next ?? '' });
    expect(second.next).toBeUndefined();
    const names = [...first.rows, ...second.rows].map(({ fullName }) => fullName);
    expect(names.sort()).toEqual(['Ana', 'Ben']);
  });

  test('pools are paged, and those of other organizations are for Account Admins alone', async () => {
    const risk = await payments.addSister('Risk');
    await giveSeats({ ...risk, owner: payments.owner }, 'KSE', { account: 9, dedicated: 3 });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listPools(payments.owner.context, { size: 2, ...(after ? { after } : {}) });
      seen.push(...page.rows.map(({ product, organization }) => `${product} ${organization ?? ''}`.trim()));
      after = page.next;
    } while (after);
    expect(seen).toEqual(['KRE', 'KSE', 'KSE Payments', 'KSE Risk', 'TestOps', 'TestOps Guest']);
    const adam = await payments.add('Adam', 'admin');
    const { rows } = await listPools(adam.context, { size: 10 });
    expect(rows.map(({ organization }) => organization)).not.toContain('Risk');
    const poolId = (await poolOf(people, kse, risk.id)).id;
    expect(await answerTo(() => listHolders(adam.context, { poolId, size: 5 }))).toBe('source-not-found');
  });

  test('of the pool of the account an Admin sees the holders of their own organization', async () => {
    const risk = await payments.addSister('Risk');
    const rita = await risk.add('Rita');
    const { id: poolId } = await accountPool();
    await assign(ids(ana, rita), poolId);
    const adam = await payments.add('Adam', 'admin');
    const { rows } = await listHolders(adam.context, { poolId, size: 5 });
    expect(rows.map(({ fullName }) => fullName)).toEqual(['Ana']);
  });
});
