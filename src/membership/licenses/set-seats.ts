import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { newId, type OrganizationId, type ProductId } from '../../../db/id.ts';
import { authorize, lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Happening } from '../events.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { lockPools, type Pool, runningOut, sourcesFor, tooFewSeats } from './pools.ts';

/** The most seats one pool can have. */
export const mostSeats = 1_000_000;

export interface SeatsInput {
  productId: ProductId;
  /** Whose seats: the account's when it is null. */
  organizationId: OrganizationId | null;
  total: number;
}

export interface SeatsResult {
  product: string;
  source: string | null;
  from: number;
  to: number;
}

/**
 * Sets how many seats of a product there are: of the account, or of one organization, whose seats come out of the
 * account's. Never fewer than are used, and for an organization never more than the account has left.
 */
export function setSeats(context: Context, input: SeatsInput): Promise<SeatsResult> {
  const { productId, organizationId, total } = input;
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      const right = organizationId ? 'dedicate-seats' : 'manage-subscription';
      await authorize(tx, standing, right, organizationId ?? standing.organizationId);
      if (!Number.isInteger(total) || total < 0 || total > mostSeats) {
        throw new Refusal('not-a-number-of-seats', { limit: mostSeats });
      }
      if (organizationId) await makePool(tx, standing, productId, organizationId);
      const pools = await lockPools(
        tx,
        standing.accountId,
        sourcesFor(productId, organizationId ? [organizationId] : []),
      );
      const pool = pools.find((each) => each.organizationId === organizationId);
      const account = pools.find((each) => each.organizationId === null);
      if (!pool || !account) throw new Refusal('product-not-found', { text: '', products: [] });
      const { product, organization: source, used, dedicated, total: from } = pool;
      const least = dedicated + (pool.kind === 'per-seat' ? used : 0);
      if (total < least) throw new Refusal('fewer-seats-than-used', { product, source, used, dedicated });
      await write(tx, standing, { pool, account, total });
      return { product, source, from, to: total };
    },
    { action: 'pool.seats-set', subject: productId },
  );
}

/** An organization gets its pool with its first seat; of two who do it at once, one makes it. */
async function makePool(
  tx: Transaction,
  { accountId }: Standing,
  productId: ProductId,
  organizationId: OrganizationId,
): Promise<void> {
  await tx.execute(sql`
    insert into license_pool (id, account_id, product_id, kind, organization_id)
    select ${newId('pol')}, d.account_id, d.id, d.kind, o.id
    from license_product d join organization o on o.account_id = d.account_id
    where d.id = ${productId} and d.account_id = ${accountId} and o.id = ${organizationId}
    on conflict do nothing`);
}

async function write(
  tx: Transaction,
  standing: Standing,
  { pool, account, total }: { pool: Pool; account: Pool; total: number },
): Promise<void> {
  const more = total - pool.total;
  if (more === 0) return;
  const isDedication = pool !== account;
  const left = account.total - account.dedicated - (account.kind === 'per-seat' ? account.used : 0);
  if (isDedication && more > left) throw await tooFewSeats(tx, standing, account, more - left);
  await tx.execute(sql`
    update license_pool set total = total + case when id = ${pool.id} then ${more}::int else 0 end,
      dedicated = dedicated + case when id <> ${pool.id} then ${more}::int else 0 end
    where id in (${pool.id}, ${account.id})`);
  const { accountId, memberId: actorMemberId } = standing;
  const { id: poolId, productId, organizationId } = pool;
  const set: Happening = {
    ...{ accountId, organizationId, actorMemberId },
    event: { name: 'pool.seats-set', poolId, productId, from: pool.total, to: total },
  };
  const dedicated = account.dedicated + more;
  await record(tx, [
    set,
    ...runningOut(standing, pool, { total }),
    ...(isDedication ? runningOut(standing, account, { dedicated }) : []),
  ]);
}
