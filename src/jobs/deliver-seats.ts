import { sql } from 'drizzle-orm';
import type { AccountId, PoolId } from '../../db/id.ts';
import { type Pool, selectPools } from '../membership/licenses/pools.ts';
import { seatsNotice } from '../messages/pools.ts';
import { close, type JobContext, type Leased } from './outbox.ts';
import { findPostings, forgetPosting, tellOnce } from './reach.ts';

/** Tells those who can do something about it that the seats of a pool run out, unless there is room again by now. */
export async function deliverSeats(context: JobContext, row: Leased & { topic: PoolId }): Promise<void> {
  const { db } = context;
  const pool = await findPool(context, row.topic);
  if (!pool || !seatsNotice(pool, { maySet: false }))
    return close(db, row, 'dropped', 'there are seats again');
  // Kept only until everybody has it: an attempt that was cut off goes on with those who have not.
  const told = await findPostings(db, row.topic, row.kind);
  for (const { email, ...rights } of await findTheirs(context, pool)) {
    const message = seatsNotice(pool, rights);
    if (message) await tellOnce(context, { accountId: pool.accountId, email }, message, { row, told });
  }
  for (const posting of await findPostings(db, row.topic, row.kind)) await forgetPosting(db, posting);
  await close(db, row, 'sent');
}

/** A pool as it is now, and whose it is. */
export async function findPool(
  { db }: JobContext,
  poolId: PoolId,
): Promise<(Pool & { accountId: AccountId }) | undefined> {
  const [of] = await db.execute<{ account_id: AccountId }>(
    sql`select account_id from license_pool where id = ${poolId}`,
  );
  const [pool] = of ? await db.execute<Pool>(selectPools(of.account_id, sql`p.id = ${poolId}`)) : [];
  return of && pool && { ...pool, accountId: of.account_id };
}

/** Of dedicated seats the Owner and the Admins of the organization, of the account's its Account Admins; twenty at most. */
function findTheirs({ db }: JobContext, { accountId, organizationId }: Pool & { accountId: AccountId }) {
  return db.execute<{ email: string; maySet: boolean }>(
    organizationId
      ? sql`
        select m.email, (m.id = o.owner_member_id or m.account_role = 'account-admin') as "maySet"
        from member m join organization o on o.id = m.organization_id
        where o.id = ${organizationId} and m.status = 'active' and (m.id = o.owner_member_id or m.role = 'admin')
        order by m.id = o.owner_member_id desc, m.full_name limit 20`
      : sql`
        select m.email, true as "maySet" from member m
        where m.account_id = ${accountId} and m.account_role = 'account-admin' and m.status = 'active'
        order by m.full_name limit 20`,
  );
}
