import { sql } from 'drizzle-orm';
import type { ProductId } from '../../../db/id.ts';
import type { ProductKind } from '../../../db/license-schema.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';

export interface Product extends Record<string, unknown> {
  id: ProductId;
  name: string;
  kind: ProductKind;
  retired: boolean;
}

/** How many products are shown; with their buttons each is two blocks, and a platform draws no more than 50. */
const shown = 20;

/** The catalogue by name, for those who may edit it: the first twenty products, those on offer first. */
export function listProducts(context: Context): Promise<{ products: Product[]; more: boolean }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'manage-subscription');
      const rows = await tx.execute<Product>(sql`
        select id, name, kind, retired from license_product where account_id = ${standing.accountId}
        order by retired, name, id limit ${shown + 1}`);
      return { products: rows.slice(0, shown), more: rows.length > shown };
    },
    { action: 'product.list' },
  );
}
