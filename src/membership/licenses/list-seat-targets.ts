import { sql } from 'drizzle-orm';
import type { OrganizationId, ProductId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { may, scopeOf } from '../policy.ts';

/** A product and whose seats of it can be set: an organization's, or the account's. */
export interface SeatTarget extends Record<string, unknown> {
  productId: ProductId;
  product: string;
  organizationId: OrganizationId | null;
  organization: string | null;
  total: number;
}

/** The most that one form offers for choosing. */
const mostTargets = 100;

/** Whose seats the actor may set, of one product or of all; the account's first, also where there is no pool yet. */
export function listSeatTargets(
  context: Context,
  { productId }: { productId?: ProductId },
): Promise<SeatTarget[]> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const { accountId, organizationId } = standing;
      await authorize(tx, standing, 'dedicate-seats');
      const only = scopeOf(standing, 'dedicate-seats');
      const ownsAll = may(standing, 'manage-subscription', organizationId);
      return [
        ...(await tx.execute<SeatTarget>(sql`
          select d.id as "productId", d.name as product, t.id as "organizationId", t.name as organization,
            coalesce(p.total, 0) as total
          from license_product d
            cross join (
              select id, name from organization where account_id = ${accountId} and (${only ?? null}::text is null or id = ${only ?? null})
              union all select null, null where ${ownsAll}) t
            left join license_pool p on p.product_id = d.id and p.organization_id is not distinct from t.id
          where d.account_id = ${accountId} ${productId ? sql`and d.id = ${productId}` : sql``}
          order by d.retired, d.name, d.id, t.name nulls first limit ${mostTargets}`)),
      ];
    },
    { action: 'pool.seats-set' },
  );
}
