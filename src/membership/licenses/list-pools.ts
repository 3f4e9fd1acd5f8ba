import { sql } from 'drizzle-orm';
import type { OrganizationId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { may, scopeOf } from '../policy.ts';
import { type Page, pageOf } from '../search.ts';
import { type Pool, selectPools } from './pools.ts';

export interface ListedPool extends Pool {
  /** Whether the viewer may set how many seats it has. */
  seatsAreTheirs: boolean;
}

/** What the viewer may do beside looking. */
export interface PoolActions {
  assign: boolean;
  catalogue: boolean;
  dedicate: boolean;
}

/**
 * The pools the actor may see, by product, the account's first: of their own organization and of the account, or all.
 * Pools that never had a seat, of organizations, and products that are gone are left out.
 */
export function listPools(
  context: Context,
  input: { product?: string; after?: string; size: number },
): Promise<Page<ListedPool> & { organization: string; actions: PoolActions }> {
  const { product, after, size } = input;
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'see-licenses');
      const { accountId, organizationId, organization } = standing;
      const only = scopeOf(standing, 'see-licenses');
      const scope = only ? sql`(p.organization_id is null or p.organization_id = ${only})` : sql`true`;
      const isAlive = sql`(p.total > 0 or p.used > 0 or (p.organization_id is null and not d.retired))`;
      const rows = await tx.execute<Pool>(sql`
        ${selectPools(accountId, sql`${scope} and ${isAlive}`)}
        ${product ? sql`and lower(d.name) = lower(${product} collate "und-x-icu")` : sql``}
        ${after ? sql`and (d.name, coalesce(o.name, ''), p.id) > ${beyond(after)}` : sql``}
        order by d.name, coalesce(o.name, ''), p.id limit ${size + 1}`);
      const owns = (of: OrganizationId | null) =>
        of ? may(standing, 'dedicate-seats', of) : may(standing, 'manage-subscription', organizationId);
      const listed = rows.map((row) => ({ ...row, seatsAreTheirs: owns(row.organizationId) }));
      return {
        ...pageOf(listed, size, (row) => JSON.stringify([row.product, row.organization ?? '', row.id])),
        organization,
        actions: {
          assign: may(standing, 'assign-licenses', organizationId),
          catalogue: may(standing, 'manage-subscription', organizationId),
          dedicate: may(standing, 'dedicate-seats', organizationId),
        },
      };
    },
    { action: 'license.list' },
  );
}

function beyond(key: string) {
  const [product, organization, id] = JSON.parse(key) as [string, string, string];
  return sql`(${product}, ${organization}, ${id})`;
}
