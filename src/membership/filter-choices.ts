import { sql } from 'drizzle-orm';
import { authorize, readStanding } from './actor.ts';
import type { Context } from './context.ts';
import { operation } from './operation.ts';

/** What there is to filter by, by name; a hundred of a kind at most. */
export interface FilterChoices {
  products: string[];
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
      return { products: products.map(({ name }) => name) };
    },
    { action: input.right === 'see-members' ? 'member.list' : 'invitation.list' },
  );
}
