import { sql } from 'drizzle-orm';
import type { MemberId, PoolId, ProductId } from '../../../db/id.ts';
import { lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import {
  checkCount,
  type Line,
  lineOf,
  refuseIfNobodyIsLeft,
  refuseTheOnlyOne,
} from '../members/change-lines.ts';
import { obstacleToLicense } from '../members/obstacles.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { lockHolders } from './holdings.ts';
import { lockPools, sourcesFor } from './pools.ts';

export interface TakeBackInput {
  memberIds: readonly MemberId[];
  productId: ProductId;
}

/** What became of one person's seat; nothing when something stands in the way. */
export interface TakeBackLine extends Line {
  outcome?: 'taken-back' | 'not-held';
  /** How many of their machines were registered for it, and are not any more. */
  machines: number;
}

interface TakenRow extends Record<string, unknown> {
  member_id: MemberId;
  pool_id: PoolId;
  machines: number;
}

/** Takes the seats back; they are free at this commit, and the machines they were activated on are forgotten. */
export function takeBackLicenses(
  context: Context,
  input: TakeBackInput,
): Promise<{ product: string; lines: TakeBackLine[] }> {
  checkCount(input.memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      const members = await lockHolders(tx, standing, input.memberIds);
      const judged = members.map((member) => lineOf(member, obstacleToLicense(standing, member)));
      await refuseTheOnlyOne(tx, standing, members, judged);
      await refuseIfNobodyIsLeft(tx, standing, members, judged);
      const homes = [...new Set(members.map(({ organizationId }) => organizationId))];
      const [pool] = await lockPools(tx, standing.accountId, sourcesFor(input.productId, homes));
      if (!pool) throw new Refusal('product-not-found', { text: '', products: [] });
      const { product } = pool;
      const ids = judged.filter((line) => !line.obstacle).map((line) => line.memberId);
      const taken = await tx.execute<TakenRow>(sql`
        with taken as (
          delete from license_assignment
          where product_id = ${input.productId} and member_id = any(${sql.param(ids)}::text[])
          returning member_id, pool_id),
        given_back as (
          update license_pool p set used = p.used - t.seats
          from (select pool_id, count(*)::int as seats from taken group by pool_id) t where p.id = t.pool_id)
        select member_id, pool_id, (select count(*)::int from registered_machine r
          where r.member_id = taken.member_id and r.product_id = ${input.productId}) as machines from taken`);
      const [only] = members;
      if (members.length === 1 && only && taken.length === 0) {
        throw new Refusal('no-license', { name: only.fullName, product, you: only.id === standing.memberId });
      }
      const rows = new Map(taken.map((row) => [row.member_id, row]));
      await record(
        tx,
        members.flatMap(({ id: memberId, organizationId }) => {
          const row = rows.get(memberId);
          if (!row) return [];
          const seat = { productId: input.productId, poolId: row.pool_id };
          const event = { name: 'license.taken-back', memberId, ...seat } as const;
          const { accountId, memberId: actorMemberId } = standing;
          return [{ accountId, organizationId, actorMemberId, event }];
        }),
      );
      return { product, lines: judged.map((line) => ({ ...line, ...outcomeOf(line, rows) })) };
    },
    { action: 'license.taken-back', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

function outcomeOf(line: Line, rows: ReadonlyMap<MemberId, TakenRow>): Omit<TakeBackLine, keyof Line> {
  if (line.obstacle) return { machines: 0 };
  const row = rows.get(line.memberId);
  return { outcome: row ? 'taken-back' : 'not-held', machines: row?.machines ?? 0 };
}
