import { sql } from 'drizzle-orm';
import type { MemberId } from '../../../db/id.ts';
import type { RemovalReason } from '../../../db/schema.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { ListInput } from '../invitations/list-invitations.ts';
import { operation } from '../operation.ts';
import { matching, matchLimit, memberColumns, type Page, pageOf } from '../search.ts';

export interface RemovedMember extends Record<string, unknown> {
  id: MemberId;
  fullName: string;
  email: string;
  removedAt: Date;
  removedBy: string;
  reason: RemovalReason;
}

/** Who was removed from the actor's organization or left it, whoever joined last first. */
export function listRemoved(
  context: Context,
  { search, after, size }: ListInput,
): Promise<Page<RemovedMember> & { organization: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'see-members');
      const removed = sql`m.organization_id = ${standing.organizationId} and m.status = 'inactive'`;
      const beyond = after ? beyondKey(after) : undefined;
      const matches = search
        ? sql`(select * from member m where ${removed} and ${matching(search, memberColumns)} limit ${matchLimit + 1})`
        : sql`(select * from member m where ${removed} ${beyond ? sql`and ${beyond}` : sql``}
            order by m.joined_at desc, m.id desc limit ${size + 1})`;
      const rows = await tx.execute<RemovedMember & { removed_at: string; key: string; matches: number }>(sql`
        with matches as materialized ${matches}
        select m.id, m.full_name as "fullName", m.email, m.removed_at, r.full_name as "removedBy",
          m.removal_reason as reason, m.joined_at::text as key, (select count(*)::int from matches) as matches
        from matches m join member r on r.id = m.removed_by
        ${beyond ? sql`where ${beyond}` : sql``}
        order by m.joined_at desc, m.id desc limit ${size + 1}`);
      const tooMany = (rows[0]?.matches ?? 0) > matchLimit;
      const page = pageOf([...rows], size, ({ key, id }) => JSON.stringify([key, id]));
      return {
        ...page,
        rows: page.rows.map(({ id, fullName, email, removed_at, removedBy, reason }) => ({
          ...{ id, fullName, email, removedBy, reason },
          removedAt: new Date(removed_at),
        })),
        ...(tooMany ? { tooMany } : {}),
        organization: standing.organization,
      };
    },
    { action: 'member.list-removed' },
  );
}

/** The rows after a page, as one row comparison, which an index can follow from the first row on. */
function beyondKey(key: string) {
  const [joinedAt, id] = JSON.parse(key) as [string, string];
  return sql`(m.joined_at, m.id) < (${joinedAt}::timestamptz, ${id})`;
}
