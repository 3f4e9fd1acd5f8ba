import { sql } from 'drizzle-orm';
import type { PoolId, ProductId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { scopeOf } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { isNamed } from './find-sources.ts';
import { type Pool, selectPools } from './pools.ts';

export interface LicenseWords {
  /** What stands before the product: whom it is about. */
  people: string;
  productId: ProductId;
  poolId?: PoolId;
}

/**
 * Reads "ana, ben KSE from Payments": names of people and of products may have spaces, so it takes the catalogue to tell
 * where the ones end and the others begin. The longest name that fits is meant.
 */
export function readLicenseWords(context: Context, words: string): Promise<LicenseWords> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'assign-licenses');
      const only = scopeOf(standing, 'assign-licenses');
      const scope = only ? sql`(p.organization_id is null or p.organization_id = ${only})` : sql`true`;
      const pools = await tx.execute<Pool>(sql`
        ${selectPools(standing.accountId, scope)} order by length(d.name) desc, d.name`);
      const split = /^(.*\S)\s+from\s+(?:the\s+)?(\S.*)$/is.exec(words.trim());
      const plain = find(pools, words);
      const from = plain ? undefined : split?.[2];
      const found = plain ?? find(pools, split?.[1] ?? words);
      if (!found) {
        const products = [...new Set(pools.map(({ product }) => product))].sort();
        throw new Refusal('product-not-found', { text: split?.[1] ?? words, products });
      }
      if (from === undefined) return found;
      const ofProduct = pools.filter(({ productId }) => productId === found.productId);
      const pool = ofProduct.find((each) => isNamed(each, from));
      if (pool) return { ...found, poolId: pool.id };
      const sources = ofProduct.map(({ organization }) => organization ?? 'the account');
      throw new Refusal('source-not-found', { text: from, product: found.product, sources });
    },
    { action: 'license.find' },
  );
}

function find(pools: readonly Pool[], words: string) {
  const text = words.trim();
  const pool = pools.find(({ product }) => {
    const rest = text.slice(0, text.length - product.length);
    return text.toLowerCase().endsWith(product.toLowerCase()) && (rest === '' || /[\s,;]$/.test(rest));
  });
  if (!pool) return undefined;
  const people = text.slice(0, text.length - pool.product.length).replace(/[\s,;]+$/, '');
  return { people, productId: pool.productId, product: pool.product };
}
