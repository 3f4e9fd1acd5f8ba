import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProductId } from '../../../db/id.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { addProduct, renameProduct, retireProduct } from '../../../src/membership/licenses/edit-catalogue.ts';
import { listProducts } from '../../../src/membership/licenses/list-products.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { answerTo, refusalOf } from '../answers.ts';
import { createPeople, type People, type TestOrganization } from '../people.ts';
import { brokenLicenseRules, giveSeats, poolOf, productNamed } from './seats.ts';

let people: People;
let payments: TestOrganization;
let kse: ProductId;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
});

beforeEach(async () => {
  payments = await people.setUp();
  kse = (await giveSeats(payments, 'KSE', { account: 10, dedicated: 4 })).productId;
});

afterAll(async () => {
  const broken = await brokenLicenseRules(people);
  await people.stop();
  expect(broken).toEqual([]);
});

const set = (total: number, organizationId: TestOrganization['id'] | null = null) =>
  setSeats(payments.owner.context, { productId: kse, organizationId, total });
const ownPool = () => poolOf(people, kse, payments.id);

test('every new account has the four products, without seats', async () => {
  const { products } = await listProducts(payments.owner.context);
  expect(products.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'KRE per-concurrent-use',
    'KSE per-seat',
    'TestOps per-seat',
    'TestOps Guest per-seat',
  ]);
  const testOps = await productNamed(payments.owner, 'TestOps');
  expect(await poolOf(people, testOps)).toMatchObject({ total: 0, dedicated: 0, used: 0 });
});

describe('seats', () => {
  test('of an organization come out of the total of the account, and go back to it', async () => {
    expect(await poolOf(people, kse)).toMatchObject({ total: 10, dedicated: 4 });
    expect(await set(7, payments.id)).toMatchObject({ from: 4, to: 7, source: 'Payments' });
    expect(await poolOf(people, kse)).toMatchObject({ total: 10, dedicated: 7 });
    await set(1, payments.id);
    expect(await poolOf(people, kse)).toMatchObject({ total: 10, dedicated: 1 });
  });

  test('more than the account has left cannot be dedicated', async () => {
    expect(await refusalOf(() => set(12, payments.id))).toMatchObject({
      code: 'not-enough-seats',
      data: { product: 'KSE', source: null, missing: 2, ask: ['Olivia'] },
    });
  });

  test('cannot be fewer than are used or dedicated', async () => {
    const memberIds = [payments.owner.id, (await payments.add('Ana')).id];
    await assignLicenses(payments.owner.context, { memberIds, productId: kse });
    expect(await refusalOf(() => set(1, payments.id))).toMatchObject({
      code: 'fewer-seats-than-used',
      data: { source: 'Payments', used: 2, dedicated: 0 },
    });
    expect(await answerTo(() => set(2, payments.id))).toBe('done');
    expect(await answerTo(() => set(1))).toBe('fewer-seats-than-used');
    expect(await answerTo(() => set(2))).toBe('done');
  });

  test('for concurrent use can be fewer than there are people', async () => {
    const { productId } = await giveSeats(payments, 'KRE', { account: 3 });
    const memberIds = [payments.owner.id, (await payments.add('Ana')).id];
    await assignLicenses(payments.owner.context, { memberIds, productId });
    const one = { productId, organizationId: null, total: 1 };
    expect(await answerTo(() => setSeats(payments.owner.context, one))).toBe('done');
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, Number('1e309'), 2 ** 31, 1.5, 1_000_001])(
    '%d is no number of seats',
    async (total) => {
      expect(await refusalOf(() => set(total))).toMatchObject({ code: 'not-a-number-of-seats' });
      expect(await refusalOf(() => set(total, payments.id))).toMatchObject({ code: 'not-a-number-of-seats' });
      expect(await ownPool()).toMatchObject({ total: 4 });
    },
  );

  test('of an organization or a product of another account do not exist', async () => {
    const foreign = await people.setUp('Foreign');
    const theirs = await productNamed(foreign.owner, 'KSE');
    const { context } = payments.owner;
    const act = (productId: ProductId, organizationId: TestOrganization['id'] | null) => () =>
      setSeats(context, { productId, organizationId, total: 1 });
    expect(await answerTo(act(kse, foreign.id))).toBe('product-not-found');
    expect(await answerTo(act(theirs, null))).toBe('product-not-found');
    expect(await answerTo(act(theirs, payments.id))).toBe('product-not-found');
  });

  test('a Billing Manager sets those of their organization, within what the account has', async () => {
    const bill = await payments.add('Bill', 'billing-manager');
    const input = { productId: kse, organizationId: payments.id, total: 6 };
    expect(await answerTo(() => setSeats(bill.context, input))).toBe('done');
    expect(await refusalOf(() => setSeats(bill.context, { ...input, organizationId: null }))).toMatchObject({
      code: 'not-allowed',
      data: { right: 'manage-subscription', ask: ['Olivia'] },
    });
  });
});

describe('the catalogue', () => {
  test('takes new products, each with the pool of the account', async () => {
    const add = { product: '  KSE   Pro ', kind: 'per-seat' } as const;
    const { productId, product } = await addProduct(payments.owner.context, add);
    expect(product).toBe('KSE Pro');
    expect(await poolOf(people, productId)).toMatchObject({ total: 0, used: 0 });
  });

  test('has every name once, whatever its capitals, also of two who add it at once', async () => {
    const add = (product: string) => () => addProduct(payments.owner.context, { product, kind: 'per-seat' });
    expect(await answerTo(add('kse'))).toBe('product-exists');
    const answers = await Promise.all(['New', 'NEW', 'new'].map((name) => answerTo(add(name))));
    expect(answers.sort()).toEqual(['done', 'product-exists', 'product-exists']);
    const rename = () => renameProduct(payments.owner.context, { productId: kse, product: 'testops' });
    expect(await answerTo(rename)).toBe('product-exists');
  });

  test('renames a product, and changes no more than its name', async () => {
    const input = { productId: kse, product: 'Kse 2' };
    expect(await renameProduct(payments.owner.context, input)).toEqual({ from: 'KSE', to: 'Kse 2' });
    expect(await ownPool()).toMatchObject({ total: 4 });
    expect(await renameProduct(payments.owner.context, input)).toEqual({ from: 'Kse 2', to: 'Kse 2' });
    const audit = await people.sql`
      select action from audit_event where subject = ${kse} and action like 'product.%'`;
    expect(audit).toHaveLength(1);
  });

  test.each(['', ' ', ', KSE', 'KSE, Pro', 'KSE from Mars', 'a\u202eb,c', '<!channel>', 'x'.repeat(41)])(
    'refuses the name "%s"',
    async (product) => {
      const act = () => addProduct(payments.owner.context, { product, kind: 'per-seat' });
      expect(await answerTo(act)).toBe('product-name-not-usable');
    },
  );

  test('retires a product once, and offers it again', async () => {
    for (const retired of [true, true, false]) {
      expect(await retireProduct(payments.owner.context, { productId: kse, retired })).toEqual({
        product: 'KSE',
        retired,
      });
    }
    const audit = await people.sql`
      select action from audit_event where subject = ${kse} and action like 'product.%' order by id`;
    expect(audit.map(({ action }) => action)).toEqual(['product.retired', 'product.restored']);
  });
});
