import { sql } from 'drizzle-orm';
import type { MemberId } from '../../../db/id.ts';
import type { RemovalReason } from '../../../db/schema.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { ListInput } from '../invitations/list-invitations.ts';
import { narrow } from '../narrow.ts';
import { operation } from '../operation.ts';
import { type ListPage, pageOf } from '../search.ts';
import { membersOf, readRemovedWords } from './member-conditions.ts';

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
  { search = '', after, size }: ListInput,
): Promise<ListPage<RemovedMember>> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'see-members');
      const { words, conditions } = readRemovedWords(standing, search);
      const beyond = after ? beyondKey(after) : sql`true`;
      const gone = membersOf(standing, 'inactive');
      const everybody = {
        ctes: sql`matches as materialized (select * from member m where ${gone.scope} and ${beyond}
          ${gone.inOrder} limit ${size + 1})`,
        tooMany: sql`false`,
      };
      const { ctes, tooMany } = conditions.length > 0 ? narrow(gone, conditions) : everybody;
      const rows = await tx.execute<
        RemovedMember & { removed_at: string; key: string; too_many: boolean }
      >(sql`
        with ${ctes},
        page as materialized (select * from matches m where ${beyond}
          ${gone.inOrder} limit ${size + 1})
        select m.id, m.full_name as "fullName", m.email, m.removed_at, r.full_name as "removedBy",
          m.removal_reason as reason, m.joined_at::text as key, t.too_many
        from (select ${tooMany} as too_many) t left join (page m join member r on r.id = m.removed_by) on true
        ${gone.inOrder}`);
      const page = pageOf(
        rows.filter(({ id }) => id),
        size,
        ({ key, id }) => JSON.stringify([key, id]),
      );
      return {
        ...page,
        rows: page.rows.map(({ id, fullName, email, removed_at, removedBy, reason }) => ({
          ...{ id, fullName, email, removedBy, reason },
          removedAt: new Date(removed_at),
        })),
        ...(rows[0]?.too_many ? { tooMany: true } : {}),
        organization: standing.organization,
        words,
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
