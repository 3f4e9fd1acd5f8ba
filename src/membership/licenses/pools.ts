import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { AccountId, MemberId, OrganizationId, PoolId, ProductId } from '../../../db/id.ts';
import type { ProductKind } from '../../../db/license-schema.ts';
import { whoMay } from '../actor.ts';
import type { Happening, Seat } from '../events.ts';
import type { Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';

/** Seats of one product from one source: an organization they are dedicated to, or the account (no organization). */
export interface Pool extends Record<string, unknown> {
  id: PoolId;
  productId: ProductId;
  product: string;
  kind: ProductKind;
  retired: boolean;
  organizationId: OrganizationId | null;
  organization: string | null;
  total: number;
  dedicated: number;
  used: number;
}

/** Selects the pools of an account that fulfil a condition on `p`, `d` (product) and `o` (organization). */
export function selectPools(accountId: AccountId, condition: SQL): SQL {
  return sql`
    select p.id, p.product_id as "productId", d.name as product, p.kind, d.retired,
      p.organization_id as "organizationId", o.name as organization, p.total, p.dedicated, p.used
    from license_pool p join license_product d on d.id = p.product_id
      left join organization o on o.id = p.organization_id
    where p.account_id = ${accountId} and ${condition}`;
}

/**
 * Locks these pools until the transaction ends, in the order of their ids. They come last in a transaction: everybody
 * who takes or gives back a seat waits for them.
 */
export async function lockPools(tx: Transaction, accountId: AccountId, condition: SQL): Promise<Pool[]> {
  return [
    ...(await tx.execute<Pool>(
      sql`${selectPools(accountId, condition)} order by p.id for no key update of p`,
    )),
  ];
}

/** The condition of the pools that members of these organizations can have seats of a product from. */
export function sourcesFor(productId: ProductId, organizationIds: readonly OrganizationId[]): SQL {
  return sql`p.product_id = ${productId}
    and (p.organization_id is null or p.organization_id = any(${sql.param(organizationIds)}::text[]))`;
}

/** What decides how full a pool is. */
type PoolFigures = Pick<Pool, 'kind' | 'total' | 'dedicated' | 'used'>;

/** How many more can be given; any number for concurrent use. */
export function roomIn({ kind, total, dedicated, used }: PoolFigures): number {
  return kind === 'per-concurrent-use' ? Number.POSITIVE_INFINITY : total - dedicated - used;
}

/** How much of its own seats a pool has given: below 75 % counts as 0. Concurrent use never runs out. */
export function levelOf({ kind, total, dedicated, used }: PoolFigures): 0 | 75 | 100 {
  const seats = total - dedicated;
  if (kind === 'per-concurrent-use' || seats <= 0) return 0;
  if (used >= seats) return 100;
  return used * 4 >= seats * 3 ? 75 : 0;
}

/** What happened to a pool that has more given, or fewer seats, than before: once per line that it crosses. */
export function runningOut(
  scene: { accountId: AccountId; memberId: MemberId | null },
  before: Pool,
  change: Partial<Pick<Pool, 'total' | 'dedicated' | 'used'>>,
): Happening[] {
  const percent = levelOf({ ...before, ...change });
  if (percent === 0 || percent <= levelOf(before)) return [];
  const { id: poolId, productId, organizationId } = before;
  const event = { name: 'pool.running-out', poolId, productId, percent } as const;
  return [{ accountId: scene.accountId, organizationId, actorMemberId: scene.memberId, event }];
}

/** The refusal for want of seats: how many are missing, and who can add some. */
export async function tooFewSeats(
  tx: Transaction,
  { accountId, organizationId }: Pick<Standing, 'accountId' | 'organizationId'>,
  pool: Pool,
  missing: number,
): Promise<Refusal> {
  const right = pool.organizationId ? 'dedicate-seats' : 'manage-subscription';
  const { ask } = await whoMay(tx, accountId, right, pool.organizationId ?? organizationId);
  const { product, organization: source } = pool;
  return new Refusal('not-enough-seats', { product, source, missing, ask });
}

/** The seat of a pool, as it is kept and audited. */
export function seatOf({ id: poolId, productId }: Pool): Seat {
  return { productId, poolId };
}
