import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { type AccountId, newId, type ProductId } from '../../../db/id.ts';
import type { ProductKind } from '../../../db/license-schema.ts';
import { cleanLine } from '../clean-text.ts';
import { column } from '../record.ts';
import { Refusal } from '../refusal.ts';

/** What every new account can license. */
export const firstProducts: readonly { product: string; kind: ProductKind }[] = [
  { product: 'TestOps', kind: 'per-seat' },
  { product: 'KSE', kind: 'per-seat' },
  { product: 'TestOps Guest', kind: 'per-seat' },
  { product: 'KRE', kind: 'per-concurrent-use' },
];

/** Puts products into the catalogue, each with the account's pool, which has no seats yet. Names that are taken are left out. */
export async function insertProducts(
  tx: Transaction,
  accountId: AccountId,
  products: typeof firstProducts,
): Promise<ProductId[]> {
  const rows = products.map((row) => ({ ...row, id: newId('prd'), poolId: newId('pol') }));
  const made = await tx.execute<{ id: ProductId }>(sql`
    with fresh as (
      select * from unnest(${column(rows, 'id')}::text[], ${column(rows, 'poolId')}::text[],
        ${column(rows, 'product')}::text[], ${column(rows, 'kind')}::text[]) as f (id, pool_id, name, kind)),
    made as (
      insert into license_product (id, account_id, name, kind) select id, ${accountId}, name, kind from fresh
      on conflict do nothing returning id)
    insert into license_pool (id, account_id, product_id, kind)
    select pool_id, ${accountId}, id, kind from fresh join made using (id) returning product_id as id`);
  return made.map(({ id }) => id);
}

const longestName = 40;

const kept = (text: string) => cleanLine(text, longestName + 1).replaceAll('\u200C', '');

/**
 * Whether a product can have this name: letters, digits, spaces and a few signs. Commas would end it where people list
 * products, and a lone "from" would be taken for what names the source.
 */
export function isProductName(text: string): boolean {
  const name = kept(text);
  const isUsable =
    /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .+_()/#&-]*$/u.test(name) && name.length <= longestName;
  return isUsable && !/\b(?:from|and|with|as)\b/i.test(name);
}

/** The name of a product as it is kept. */
export function usableName(text: string): string {
  if (!isProductName(text)) throw new Refusal('product-name-not-usable', {});
  return kept(text);
}

/** A product of the account, locked until the transaction ends. */
export async function lockProduct(
  tx: Transaction,
  accountId: AccountId,
  productId: ProductId,
): Promise<{ name: string; retired: boolean }> {
  const [product] = await tx.execute<{ name: string; retired: boolean }>(sql`
    select name, retired from license_product where id = ${productId} and account_id = ${accountId} for update`);
  if (!product) throw new Refusal('product-not-found', { text: '', products: [] });
  return product;
}
