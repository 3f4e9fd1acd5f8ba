import { sql } from 'drizzle-orm';
import type { MemberId, PoolId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { may, scopeOf } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { type Page, pageOf } from '../search.ts';
import { type Pool, selectPools } from './pools.ts';

/** Who has a seat: a member, or (without one) somebody invited, for whom it is reserved. */
export interface Holder extends Record<string, unknown> {
  memberId: MemberId | null;
  fullName: string | null;
  email: string;
  organization: string;
  since: Date;
}

/** Who holds the seats of a pool, as far as the actor may see: their own organization, or all. A page looks at no more rows than it shows. */
export function listHolders(
  context: Context,
  { poolId, after, size }: { poolId: PoolId; after?: string; size: number },
): Promise<Page<Holder> & { pool: Pool; mayAssign: boolean }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'see-licenses');
      const { accountId, organizationId } = standing;
      const only = scopeOf(standing, 'see-licenses');
      const [pool] = await tx.execute<Pool>(selectPools(accountId, sql`p.id = ${poolId}`));
      if (!pool || (only && (pool.organizationId ?? only) !== only)) {
        throw new Refusal('source-not-found', { text: '', product: '', sources: [] });
      }
      const rows = await tx.execute<Holder & { since: string; key: string }>(sql`
        select a.member_id as "memberId", m.full_name as "fullName", coalesce(m.email, i.email) as email,
          o.name as organization, a.assigned_at as since, jsonb_build_array(a.organization_id, a.id)::text as key
        from license_assignment a join organization o on o.id = a.organization_id
          left join member m on m.id = a.member_id left join invitation i on i.id = a.invitation_id
        where a.pool_id = ${poolId} ${only ? sql`and a.organization_id = ${only}` : sql``}
          ${after ? sql`and (a.organization_id, a.id) > ${beyond(after)}` : sql``}
        order by a.organization_id, a.id limit ${size + 1}`);
      const page = pageOf([...rows], size, ({ key }) => key);
      return {
        ...page,
        rows: page.rows.map(({ key: _, since, ...row }) => ({ ...row, since: new Date(since) })),
        pool,
        mayAssign: may(standing, 'assign-licenses', organizationId),
      };
    },
    { action: 'license.list-holders', subject: poolId },
  );
}

function beyond(key: string) {
  const [organizationId, id] = JSON.parse(key) as [string, string];
  return sql`(${organizationId}, ${id})`;
}
