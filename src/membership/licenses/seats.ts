import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { InvitationId, MemberId, ProductId } from '../../../db/id.ts';
import type { Happening } from '../events.ts';
import type { Standing } from '../policy.ts';
import { type Pool, runningOut, selectPools, tooFewSeats } from './pools.ts';

/**
 * Reserves every seat these invitations offer and do not hold: all of them, or it refuses. The invitations have to be
 * locked, or made in this transaction. One statement for any number of them; it locks the pools.
 */
export async function reserveSeats(
  tx: Transaction,
  standing: Standing,
  invitationIds: readonly InvitationId[],
): Promise<Happening[]> {
  const pools = await tx.execute<Pool & { wanted: number; granted: boolean }>(sql`
    with missing as materialized (
      select l.invitation_id, l.product_id, l.pool_id from invitation_license l
      where l.invitation_id = any(${sql.param(invitationIds)}::text[]) and not exists (
        select from license_assignment a where a.invitation_id = l.invitation_id and a.product_id = l.product_id)),
    wanted as materialized (select pool_id, count(*)::int as seats from missing group by pool_id),
    pools as materialized (${selectPools(standing.accountId, sql`p.id in (select pool_id from wanted)`)}
      order by p.id for update of p),
    reserved as (
      insert into license_assignment (id, account_id, product_id, pool_id, organization_id, invitation_id)
      select ${newAssignmentId}, i.account_id, m.product_id, m.pool_id, i.organization_id, i.id
      from missing m join invitation i on i.id = m.invitation_id),
    counted as (
      update license_pool p set used = p.used + w.seats from pools join wanted w on w.pool_id = pools.id
      where p.id = pools.id and (p.kind = 'per-concurrent-use' or p.used + w.seats + p.dedicated <= p.total)
      returning p.id)
    select pools.*, w.seats as wanted, c.id is not null as granted
    from pools join wanted w on w.pool_id = pools.id left join counted c on c.id = pools.id`);
  const short = pools.find(({ granted }) => !granted);
  if (short) {
    const { wanted, total, dedicated, used } = short;
    throw await tooFewSeats(tx, standing, short, wanted - (total - dedicated - used));
  }
  return pools.flatMap((pool) => runningOut(standing, pool, { used: pool.used + pool.wanted }));
}

/** An id as `newId` makes them, except that it does not sort by age; for rows made from rows. */
export const newAssignmentId = sql`'asg_' || replace(gen_random_uuid()::text, '-', '')`;

/** Somebody's seat that is free again. */
export interface FreedSeat extends Record<string, unknown> {
  productId: ProductId;
  memberId: MemberId | null;
}

/** Frees every seat that these members hold, or that is reserved for these invitations; their rows have to be locked. */
export async function freeSeats(
  tx: Transaction,
  holders: { invitationIds?: readonly InvitationId[]; memberIds?: readonly MemberId[] },
): Promise<FreedSeat[]> {
  const { invitationIds = [], memberIds = [] } = holders;
  return [
    ...(await tx.execute<FreedSeat>(sql`
      with freed as (
        delete from license_assignment where invitation_id = any(${sql.param(invitationIds)}::text[])
          or member_id = any(${sql.param(memberIds)}::text[])
        returning product_id, pool_id, member_id),
      counted as materialized (select pool_id, count(*)::int as seats from freed group by pool_id),
      pools as materialized (
        select p.id, c.seats from license_pool p join counted c on c.pool_id = p.id order by p.id for update of p),
      given_back as (update license_pool p set used = p.used - pools.seats from pools where p.id = pools.id)
      select product_id as "productId", member_id as "memberId" from freed`)),
  ];
}
