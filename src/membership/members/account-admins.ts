import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { AccountId, MemberId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';

/** The condition that a row of member, under this name, is an active Account Admin. */
function isAdmin(accountId: AccountId): SQL {
  return sql`m.account_id = ${accountId} and m.account_role = 'account-admin' and m.status = 'active'`;
}

/** The active Account Admins; steady while the account is locked. */
export async function findAccountAdminIds(tx: Transaction, accountId: AccountId): Promise<MemberId[]> {
  const rows = await tx.execute<{ id: MemberId }>(sql`select m.id from member m where ${isAdmin(accountId)}`);
  return rows.map(({ id }) => id);
}

export interface AccountAdmin extends Record<string, unknown> {
  id: MemberId;
  fullName: string;
  email: string;
  organization: string;
}

/** How many Account Admins are shown; with a button each is two blocks, and a platform draws no more than 50. */
const shown = 20;

/** The Account Admins by name, the first twenty of them, for somebody who may give and take the role. */
export function listAccountAdmins(
  context: Context,
): Promise<{ account: string; admins: AccountAdmin[]; total: number }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'grant-account-admin');
      const rows = await tx.execute<AccountAdmin & { account: string; total: number }>(sql`
        select m.id, m.full_name as "fullName", m.email, o.name as organization, a.name as account,
          count(*) over ()::int as total
        from member m join organization o on o.id = m.organization_id join account a on a.id = m.account_id
        where ${isAdmin(standing.accountId)} order by m.full_name, m.id limit ${shown}`);
      const [first] = rows;
      return {
        account: first?.account ?? '',
        total: first?.total ?? 0,
        admins: rows.map(({ id, fullName, email, organization }) => ({ id, fullName, email, organization })),
      };
    },
    { action: 'member.list-account-admins' },
  );
}
