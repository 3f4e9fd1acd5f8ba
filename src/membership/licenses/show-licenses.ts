import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId, PoolId, ProductId } from '../../../db/id.ts';
import { readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { type KnownMember, readMembers } from '../members/known-members.ts';
import { obstacleToLicense, refusalFor } from '../members/obstacles.ts';
import { operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { readSources } from './find-sources.ts';
import type { Pool } from './pools.ts';

/** A seat somebody holds, and the machines it was activated on. */
export interface HeldLicense extends Record<string, unknown> {
  productId: ProductId;
  product: string;
  poolId: PoolId;
  /** The organization it is dedicated to; null: the account's. */
  source: string | null;
  machines: string[];
}

/** What a member holds, by product; at most ten machines of each. */
export async function readLicenses(tx: Transaction, memberId: MemberId): Promise<HeldLicense[]> {
  return [
    ...(await tx.execute<HeldLicense>(sql`
      select a.product_id as "productId", d.name as product, a.pool_id as "poolId", o.name as source,
        array(select r.machine_id from registered_machine r
          where r.member_id = a.member_id and r.product_id = a.product_id
          order by r.registered_at, r.machine_id limit 10) as machines
      from license_assignment a join license_product d on d.id = a.product_id
        join license_pool p on p.id = a.pool_id left join organization o on o.id = p.organization_id
      where a.member_id = ${memberId} order by d.name, d.id`)),
  ];
}

/** What a member holds and what there is for them, for somebody who may assign. */
export function showLicenses(
  context: Context,
  input: { memberId: MemberId },
): Promise<{ member: KnownMember; held: HeldLicense[]; sources: Pool[] }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const [member] = await readMembers(tx, standing, [input.memberId]);
      if (!member) throw new Refusal('member-not-found', {});
      const obstacle = obstacleToLicense(standing, member);
      if (obstacle) throw await refusalFor(tx, standing, member, obstacle);
      const sources = await readSources(tx, standing, member.organizationId);
      return { member, held: await readLicenses(tx, member.id), sources };
    },
    { action: 'license.show', subject: input.memberId },
  );
}
