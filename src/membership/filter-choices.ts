import { sql } from 'drizzle-orm';
import { authorize, readStanding } from './actor.ts';
import type { Context } from './context.ts';
import { operation } from './operation.ts';

/** What there is to filter by, by name; a hundred of a kind at most. */
export interface FilterChoices {
  products: string[];
  teams: string[];
  projects: string[];
}

/** The names somebody may filter a list by: what the members or the pending invitations of their organization can have. */
export function listFilterChoices(
  context: Context,
  input: { right: 'see-members' | 'manage-invitations' },
): Promise<FilterChoices> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, input.right);
      const products = await tx.execute<{ name: string }>(sql`
        select name from license_product where account_id = ${standing.accountId} order by retired, name limit 99`);
      // What does not fit into a form is typed.
      const open = sql`account_id = ${standing.accountId} and archived_at is null and length(name) <= 75`;
      const teams = await tx.execute<{ name: string }>(sql`
        select name from team where ${open} and organization_id = ${standing.organizationId} order by name limit 99`);
      const projects = await tx.execute<{ name: string }>(sql`
        select distinct name from project where ${open} order by name limit 99`);
      const [productNames = [], teamNames = [], projectNames = []] = [products, teams, projects].map((rows) =>
        rows.map(({ name }) => name),
      );
      return { products: productNames, teams: teamNames, projects: projectNames };
    },
    { action: input.right === 'see-members' ? 'member.list' : 'invitation.list' },
  );
}
