import { sql } from 'drizzle-orm';
import type { MemberId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { ListInput } from '../invitations/list-invitations.ts';
import { licensesOf, products } from '../licenses/licenses-in-lists.ts';
import { narrow } from '../narrow.ts';
import { operation } from '../operation.ts';
import type { OrganizationRole } from '../policy.ts';
import { type ListPage, pageOf } from '../search.ts';
import { membersOf, readMemberWords } from './member-conditions.ts';

export interface ActiveMember extends Record<string, unknown> {
  id: MemberId;
  fullName: string;
  email: string;
  role: OrganizationRole;
  joinedAt: Date;
  /** The products they hold, by name. */
  licenses: string[];
  /** Seconds since they last used usher, give or take an hour. */
  lastAccessAgo: number;
}

/** The active members of the actor's organization, by name. The key of a page is its last name and id. */
export function listMembers(
  context: Context,
  { search = '', after, size }: ListInput,
): Promise<ListPage<ActiveMember>> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'see-members');
      const { words, conditions } = await readMemberWords(tx, standing, search);
      const beyond = after ? beyondKey(after) : sql`true`;
      const members = membersOf(standing, 'active');
      const everybody = {
        ctes: sql`matches as materialized (select * from member m where ${members.scope} and ${beyond}
          ${members.inOrder} limit ${size + 1})`,
        tooMany: sql`false`,
      };
      const { ctes, tooMany } = conditions.length > 0 ? narrow(members, conditions) : everybody;
      const rows = await tx.execute<ActiveMember & { joined_at: string; too_many: boolean }>(sql`
        with ${ctes}, ${products(standing)},
        page as materialized (
          select m.id, m.full_name as "fullName", m.email, m.joined_at,
            case when o.owner_member_id = m.id then 'owner' else m.role end as role,
            extract(epoch from now() - m.last_access_at)::int as "lastAccessAgo"
          from matches m join organization o on o.id = m.organization_id where ${beyond}
          ${members.inOrder} limit ${size + 1})
        select p.*, ${licensesOf(sql`license_assignment`, sql`member_id = p.id`)} as licenses, t.too_many
        from (select ${tooMany} as too_many) t left join page p on true order by p."fullName", p.id`);
      const found = rows.flatMap(({ joined_at, too_many: _, ...row }) =>
        row.id ? [{ ...row, joinedAt: new Date(joined_at) }] : [],
      );
      return {
        ...pageOf(found, size, (row) => JSON.stringify([row.fullName, row.id])),
        ...(rows[0]?.too_many ? { tooMany: true } : {}),
        organization: standing.organization,
        words,
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
