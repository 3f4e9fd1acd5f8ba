import { sql } from 'drizzle-orm';
import type { OrganizationId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { type Page, pageOf } from '../search.ts';

/** The most members that are counted. */
export const mostCounted = 10_000;

export interface ListedOrganization extends Record<string, unknown> {
  id: OrganizationId;
  name: string;
  owner: string;
  /** How many are active; one more than `mostCounted` stands for any greater number. */
  members: number;
}

/** The organizations of the account by name, for those who may manage them. */
export function listOrganizations(
  context: Context,
  { after, size }: { after?: string; size: number },
): Promise<Page<ListedOrganization> & { account: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'manage-organizations', standing.homeId);
      const rows = await tx.execute<ListedOrganization & { account: string }>(sql`
        select o.id, o.name, m.full_name as owner, a.name as account, (select count(*)::int from (
          select from member c where c.organization_id = o.id and c.status = 'active' limit ${mostCounted + 1}) c) as members
        from organization o join account a on a.id = o.account_id join member m on m.id = o.owner_member_id
        where o.account_id = ${standing.accountId} ${after === undefined ? sql`` : sql`and o.name > ${after}`}
        order by o.name limit ${size + 1}`);
      const account = rows[0]?.account ?? standing.home;
      const listed = rows.map(({ account: _, ...row }) => row as ListedOrganization);
      return { ...pageOf(listed, size, ({ name }) => name), account };
    },
    { action: 'organization.list' },
  );
}
