import { sql } from 'drizzle-orm';
import type { MemberId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { ListInput } from '../invitations/list-invitations.ts';
import { operation } from '../operation.ts';
import type { OrganizationRole } from '../policy.ts';
import { matching, matchLimit, memberColumns, type Page, pageOf } from '../search.ts';

export interface ActiveMember extends Record<string, unknown> {
  id: MemberId;
  fullName: string;
  email: string;
  role: OrganizationRole;
  joinedAt: Date;
}

/** The active members of the actor's organization, by name. The key of a page is its last name and id. */
export function listMembers(
  context: Context,
  { search, after, size }: ListInput,
): Promise<Page<ActiveMember> & { organization: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'see-members');
      const active = sql`m.organization_id = ${standing.organizationId} and m.status = 'active'`;
      const beyond = after ? beyondKey(after) : undefined;
      const matches = search
        ? sql`(select * from member m where ${active} and ${matching(search, memberColumns)} limit ${matchLimit + 1})`
        : sql`(select * from member m where ${active} ${beyond ? sql`and ${beyond}` : sql``}
            order by m.full_name, m.id limit ${size + 1})`;
      const rows = await tx.execute<ActiveMember & { joined_at: string; matches: number }>(sql`
        with matches as materialized ${matches}
        select m.id, m.full_name as "fullName", m.email, m.joined_at,
          case when o.owner_member_id = m.id then 'owner' else m.role end as role,
          (select count(*)::int from matches) as matches
        from matches m join organization o on o.id = m.organization_id
        ${beyond ? sql`where ${beyond}` : sql``}
        order by m.full_name, m.id limit ${size + 1}`);
      const tooMany = (rows[0]?.matches ?? 0) > matchLimit;
      const found = rows.map(({ joined_at, ...row }) => ({ ...row, joinedAt: new Date(joined_at) }));
      return {
        ...pageOf(found, size, (row) => JSON.stringify([row.fullName, row.id])),
        ...(tooMany ? { tooMany } : {}),
        organization: standing.organization,
      };
    },
    { action: 'member.list' },
  );
}

/** The rows after a page, as one row comparison, which an index can follow from the first row on. */
function beyondKey(key: string) {
  const [fullName, id] = JSON.parse(key) as [string, string];
  return sql`(m.full_name, m.id) > (${fullName}, ${id})`;
}
