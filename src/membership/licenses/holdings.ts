import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId, PoolId, ProductId } from '../../../db/id.ts';
import { type KnownMember, readMembers } from '../members/known-members.ts';
import type { Standing } from '../policy.ts';

/**
 * These members, who can be neither removed nor moved until the transaction ends. Their rows are only shared: two
 * admins who assign to each other do not wait for one another.
 */
export async function lockHolders(
  tx: Transaction,
  standing: Standing,
  ids: readonly MemberId[],
): Promise<KnownMember[]> {
  await tx.execute(sql`
    select from member where id = any(${sql.param(ids)}::text[]) and account_id = ${standing.accountId}
    order by id for share`);
  return readMembers(tx, standing, ids);
}

/** From which pool each of them holds the product; steady while its pools are locked. */
export async function holdingsOf(
  tx: Transaction,
  productId: ProductId,
  members: readonly KnownMember[],
): Promise<Map<MemberId, PoolId>> {
  const rows = await tx.execute<{ member: MemberId; pool: PoolId }>(sql`
    select member_id as member, pool_id as pool from license_assignment
    where product_id = ${productId} and member_id = any(${sql.param(members.map(({ id }) => id))}::text[])`);
  return new Map(rows.map(({ member, pool }) => [member, pool]));
}
