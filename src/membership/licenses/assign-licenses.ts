import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { type MemberId, newId, type PoolId, type ProductId } from '../../../db/id.ts';
import { lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Happening } from '../events.ts';
import { checkCount, refuseIfNobodyIsLeft, refuseTheOnlyOne } from '../members/change-lines.ts';
import type { KnownMember } from '../members/known-members.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { column, record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { type AssignLine, allocate } from './allocate.ts';
import { holdingsOf, lockHolders } from './holdings.ts';
import { lockPools, type Pool, runningOut, seatOf, sourcesFor, tooFewSeats } from './pools.ts';

export interface AssignInput {
  memberIds: readonly MemberId[];
  productId: ProductId;
  /** The source; without one, the pool of their organization, and the account's once that has no seats. */
  poolId?: PoolId;
}

export interface AssignResult {
  product: string;
  lines: AssignLine[];
}

/**
 * Gives everybody a seat of the product who can have one, as long as there are seats; whoever holds it from another
 * source than the one named changes to that. The number of statements does not grow with the number of people.
 */
export function assignLicenses(context: Context, input: AssignInput): Promise<AssignResult> {
  checkCount(input.memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      const members = await lockHolders(tx, standing, input.memberIds);
      const homes = [...new Set(members.map(({ organizationId }) => organizationId))];
      const pools = await lockPools(tx, standing.accountId, sourcesFor(input.productId, homes));
      const [known] = pools;
      if (!known || known.retired) {
        throw new Refusal('product-not-found', { text: known?.product ?? '', products: [] });
      }
      const holdings = await holdingsOf(tx, input.productId, members);
      const lines = allocate({ standing, members, pools, holdings, poolId: input.poolId });
      await refuseTheOnlyOne(tx, standing, members, lines);
      await refuseIfNobodyIsLeft(tx, standing, members, lines);
      await refuseWithoutSeats(tx, standing, pools, lines, input.poolId);
      await write(tx, standing, members, pools, lines);
      return { product: known.product, lines };
    },
    { action: 'license.assigned', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

/** When there is a seat for nobody, it is refused outright; otherwise the lines say who got none. */
async function refuseWithoutSeats(
  tx: Transaction,
  standing: Standing,
  pools: readonly Pool[],
  lines: readonly AssignLine[],
  poolId: PoolId | undefined,
): Promise<void> {
  const missing = lines.filter(({ outcome }) => outcome === 'no-seat').length;
  if (missing === 0 || lines.some(({ outcome }) => outcome !== 'no-seat')) return;
  const pool = pools.find(({ id }) => id === poolId) ?? pools.find((each) => each.organizationId === null);
  if (pool) throw await tooFewSeats(tx, standing, pool, missing);
}

async function write(
  tx: Transaction,
  standing: Standing,
  members: readonly KnownMember[],
  pools: readonly Pool[],
  lines: readonly AssignLine[],
): Promise<void> {
  const homes = new Map(members.map(({ id, organizationId }) => [id, organizationId]));
  const given = lines.flatMap(({ memberId, pool, from, outcome }) => {
    const organizationId = homes.get(memberId);
    if (!pool || !organizationId || (outcome !== 'assigned' && outcome !== 'moved')) return [];
    return [{ id: newId('asg'), memberId, organizationId, pool, poolId: pool.id, from }];
  });
  if (given.length === 0) return;
  const changed = pools.map((pool) => {
    const came = given.filter(({ poolId }) => poolId === pool.id).length;
    return { pool, id: pool.id, seats: came - given.filter(({ from }) => from?.id === pool.id).length };
  });
  const { accountId } = standing;
  await tx.execute(sql`
    with counted as (
      update license_pool p set used = p.used + c.seats
      from unnest(${column(changed, 'id')}::text[], ${column(changed, 'seats')}::int[]) as c (id, seats)
      where p.id = c.id and c.seats <> 0)
    insert into license_assignment (id, account_id, product_id, pool_id, organization_id, member_id)
    select g.id, ${accountId}, ${pools[0]?.productId ?? ''}, g.pool_id, g.organization_id, g.member_id
    from unnest(${column(given, 'id')}::text[], ${column(given, 'poolId')}::text[],
      ${column(given, 'organizationId')}::text[], ${column(given, 'memberId')}::text[])
      as g (id, pool_id, organization_id, member_id)
    on conflict on constraint one_seat_per_product_and_member
      do update set pool_id = excluded.pool_id, assigned_at = now()`);
  await record(tx, [
    ...given.map(
      ({ memberId, organizationId, pool, from }): Happening => ({
        ...{ accountId, organizationId, actorMemberId: standing.memberId },
        event: from
          ? { name: 'license.moved', memberId, ...seatOf(pool), from: from.id }
          : { name: 'license.assigned', memberId, ...seatOf(pool) },
      }),
    ),
    ...changed.flatMap(({ pool, seats }) => runningOut(standing, pool, { used: pool.used + seats })),
  ]);
}
