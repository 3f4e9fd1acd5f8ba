import { sql } from 'drizzle-orm';
import type { AccountId } from '../../../db/id.ts';
import { findStanding, findWorkspace, hasGone, mayFound } from '../actor.ts';
import type { Context } from '../context.ts';
import { findInvitations, type InvitationFacts } from '../invitations/find-invitation.ts';
import type { Standing } from '../policy.ts';

/** How usher knows the person who asks, and what they can do first. */
export type Acquaintance =
  | { kind: 'stranger-to-new-workspace'; mayFound: boolean }
  | { kind: 'account-admin-elsewhere'; account: string; accountId: AccountId }
  | { kind: 'invited'; account: string; invitations: InvitationFacts[] }
  | { kind: 'gone' | 'stranger'; account: string; ask: string[] }
  | { kind: 'member'; standing: Standing };

/** Who is asking, from what is on record. It locks nothing and promises nothing: every operation decides anew. */
export async function meet(context: Context): Promise<Acquaintance> {
  const { db, actor } = context;
  const standing = await findStanding(db, actor);
  if (standing) return { kind: 'member', standing };
  const workspace = await findWorkspace(db, actor);
  if (!workspace) {
    const elsewhere = await findAccountAdmin(context);
    if (elsewhere) return { kind: 'account-admin-elsewhere', ...elsewhere };
    return { kind: 'stranger-to-new-workspace', mayFound: mayFound(context) };
  }
  const { account, accountId, ask } = workspace;
  const invitations = actor.email ? await findInvitations(db, { pendingFor: actor.email, accountId }) : [];
  if (invitations.length > 0) return { kind: 'invited', account, invitations };
  return { kind: (await hasGone(db, actor)) ? 'gone' : 'stranger', account, ask };
}

/** The account whose Account Admin has the actor's verified address. */
export async function findAccountAdmin({
  db,
  actor,
}: Pick<Context, 'actor'> & { db: Pick<Context['db'], 'execute'> }) {
  const [row] = await db.execute<{ accountId: AccountId; account: string }>(sql`
    select a.id as "accountId", a.name as account from member m join account a on a.id = m.account_id
    where m.email = ${actor.email ?? null} and m.account_role = 'account-admin' and m.status = 'active' limit 1`);
  return row;
}
