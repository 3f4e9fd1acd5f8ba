import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { ProductId } from '../../../db/id.ts';
import type { ProductKind } from '../../../db/license-schema.ts';
import { authorize, lockAccountAndStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Event } from '../events.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import type { PrivilegedAction } from '../privileged-actions.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { insertProducts, lockProduct, usableName } from './catalogue.ts';

/** Adds a product to the catalogue of the account; its seats are set afterwards. */
export function addProduct(
  context: Context,
  input: { product: string; kind: ProductKind },
): Promise<{ productId: ProductId; product: string }> {
  return edit(context, 'product.added', async (tx, standing) => {
    const product = usableName(input.product);
    const { kind } = input;
    const [productId] = await insertProducts(tx, standing.accountId, [{ product, kind }]);
    if (!productId) throw new Refusal('product-exists', { product });
    return [
      { productId, product },
      { name: 'product.added', productId, product, kind },
    ];
  });
}

/** Gives a product another name; seats and holders stay. */
export function renameProduct(
  context: Context,
  input: { productId: ProductId; product: string },
): Promise<{ from: string; to: string }> {
  return edit(context, 'product.renamed', async (tx, standing) => {
    const to = usableName(input.product);
    const { productId } = input;
    const { name: from } = await lockProduct(tx, standing.accountId, productId);
    const [taken] = await tx.execute(sql`
      select 1 from license_product
      where account_id = ${standing.accountId} and lower(name) = lower(${to} collate "und-x-icu") and id <> ${productId}`);
    if (taken) throw new Refusal('product-exists', { product: to });
    await tx.execute(sql`update license_product set name = ${to} where id = ${productId}`);
    return [{ from, to }, from === to ? undefined : { name: 'product.renamed', productId, from, to }];
  });
}

/** Retires a product, or offers it again. Whoever holds a seat of it keeps it; nobody new is given one meanwhile. */
export function retireProduct(
  context: Context,
  input: { productId: ProductId; retired: boolean },
): Promise<{ product: string; retired: boolean }> {
  const { productId, retired } = input;
  return edit(context, retired ? 'product.retired' : 'product.restored', async (tx, standing) => {
    const before = await lockProduct(tx, standing.accountId, productId);
    await tx.execute(sql`update license_product set retired = ${retired} where id = ${productId}`);
    const name = retired ? 'product.retired' : 'product.restored';
    return [{ product: before.name, retired }, before.retired === retired ? undefined : { name, productId }];
  });
}

/** One change of the catalogue, which all organizations of the account share: one at a time, by an Account Admin. */
function edit<Result>(
  context: Context,
  action: Event['name'] & PrivilegedAction,
  change: (tx: Transaction, standing: Standing) => Promise<[Result, Event | undefined]>,
): Promise<Result> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      await authorize(tx, standing, 'manage-subscription');
      const { accountId, memberId: actorMemberId } = standing;
      const [result, event] = await change(tx, standing);
      if (event) await record(tx, [{ accountId, organizationId: null, actorMemberId, event }]);
      return result;
    },
    { action },
  );
}
