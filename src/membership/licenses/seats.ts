import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { InvitationId, MemberId, OrganizationId, ProductId } from '../../../db/id.ts';
import type { Happening } from '../events.ts';
import type { Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { lockPools, type Pool, roomIn, runningOut, selectPools, tooFewSeats } from './pools.ts';

interface Reserved extends Pool {
  wanted: number;
  granted: boolean;
}

/**
 * Reserves every seat these invitations offer and do not hold: all of them, or it refuses. The invitations have to be
 * locked, or made in this transaction. One statement for any number of them; the pools come last in it.
 */
export async function reserveSeats(
  tx: Transaction,
  standing: Standing,
  invitationIds: readonly InvitationId[],
): Promise<Happening[]> {
  // A guarded update alone: locking the pools first in the same statement can wait for itself without end.
  const pools = await tx.execute<Reserved>(sql`
    with missing as materialized (
      select l.invitation_id, l.product_id, l.pool_id from invitation_license l
      where l.invitation_id = any(${sql.param(invitationIds)}::text[]) and not exists (
        select from license_assignment a where a.invitation_id = l.invitation_id and a.product_id = l.product_id)),
    wanted as materialized (
      select pool_id, count(*)::int as seats from missing group by pool_id order by pool_id),
    reserved as (
      insert into license_assignment (id, account_id, product_id, pool_id, organization_id, invitation_id)
      select ${newAssignmentId}, i.account_id, m.product_id, m.pool_id, i.organization_id, i.id
      from missing m join invitation i on i.id = m.invitation_id),
    counted as (
      update license_pool p set used = p.used + w.seats from wanted w
      where p.id = w.pool_id and (p.kind = 'per-concurrent-use' or p.used + w.seats + p.dedicated <= p.total)
      returning p.id, p.total, p.dedicated, p.used - w.seats as used)
    select pools.id, pools."productId", pools.product, pools.kind, pools.retired, pools."organizationId",
      pools.organization, coalesce(c.total, pools.total) as total, coalesce(c.dedicated, pools.dedicated) as dedicated,
      coalesce(c.used, pools.used) as used, w.seats as wanted, c.id is not null as granted
    from wanted w left join counted c on c.id = w.pool_id
      join (${selectPools(standing.accountId, sql`true`)}) pools on pools.id = w.pool_id`);
  const short = pools.find(({ granted }) => !granted);
  if (short) throw await tooFew(tx, standing, short);
  return pools.flatMap((pool) => runningOut(standing, pool, { used: pool.used + pool.wanted }));
}

/** The statement has seen the pool as it was before it waited for others; how many are missing is told as it is now. */
async function tooFew(tx: Transaction, standing: Standing, { id, wanted }: Reserved): Promise<Refusal> {
  const [pool] = await lockPools(tx, standing.accountId, sql`p.id = ${id}`);
  if (!pool) return new Refusal('busy', {});
  const missing = wanted - roomIn(pool);
  return missing > 0 ? tooFewSeats(tx, standing, pool, missing) : new Refusal('busy', {});
}

/** An id as `newId` makes them, except that it does not sort by age; for rows made from rows. */
const newAssignmentId = sql`'asg_' || replace(gen_random_uuid()::text, '-', '')`;

/** Somebody's seat that is free again. */
export interface FreedSeat extends Record<string, unknown> {
  productId: ProductId;
  memberId: MemberId | null;
}

/**
 * Frees every seat that these members hold, or that is reserved for these invitations; their rows have to be locked.
 * Members keep what members of the organization `keptIn` can have.
 */
export async function freeSeats(
  tx: Transaction,
  holders: {
    invitationIds?: readonly InvitationId[];
    memberIds?: readonly MemberId[];
    keptIn?: OrganizationId;
  },
): Promise<FreedSeat[]> {
  const { invitationIds = [], memberIds = [], keptIn } = holders;
  const isElsewhere = sql`not exists (select from license_pool p
    where p.id = pool_id and coalesce(p.organization_id, ${keptIn ?? null}) = ${keptIn ?? null})`;
  return [
    ...(await tx.execute<FreedSeat>(sql`
      with freed as (
        delete from license_assignment where invitation_id = any(${sql.param(invitationIds)}::text[])
          or (member_id = any(${sql.param(memberIds)}::text[]) ${keptIn ? sql`and ${isElsewhere}` : sql``})
        returning product_id, pool_id, member_id),
      counted as materialized (
        select pool_id, count(*)::int as seats from freed group by pool_id order by pool_id),
      given_back as (update license_pool p set used = p.used - c.seats from counted c where p.id = c.pool_id)
      select product_id as "productId", member_id as "memberId" from freed`)),
  ];
}
