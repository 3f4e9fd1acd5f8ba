import { sql } from 'drizzle-orm';
import type { AccountId } from '../../../db/id.ts';
import type { AccountRole, Platform } from '../../../db/schema.ts';
import { findStanding, findWorkspace, mayFound } from '../actor.ts';
import type { Context } from '../context.ts';
import { findInvitations, type InvitationFacts } from '../invitations/find-invitation.ts';
import type { OrganizationRole, Standing } from '../policy.ts';

export interface OwnCard {
  fullName: string;
  email: string;
  organization: string;
  role: OrganizationRole;
  accountRole: AccountRole;
  joinedAt: Date;
  invitedBy: string | undefined;
  /** The Owner first. */
  admins: string[];
  /** Where they have used usher, the latest first. */
  platforms: Platform[];
}

/** How usher knows the person who asks, and what they can do first. */
export type Acquaintance =
  | { kind: 'stranger-to-new-workspace'; mayFound: boolean }
  | { kind: 'account-admin-elsewhere'; account: string; accountId: AccountId }
  | { kind: 'invited'; account: string; invitations: InvitationFacts[] }
  | { kind: 'stranger'; account: string }
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
  const { account, accountId } = workspace;
  const invitations = actor.email ? await findInvitations(db, { pendingFor: actor.email, accountId }) : [];
  return invitations.length > 0 ? { kind: 'invited', account, invitations } : { kind: 'stranger', account };
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

/** The own card of a member: what usher knows of them and who the admins are. */
export async function showOwnCard(context: Context, standing: Standing): Promise<OwnCard> {
  const [row] = await context.db.execute<{
    joined_at: string;
    invited_by: string | null;
    admins: string[];
    platforms: Platform[];
  }>(sql`
    select m.joined_at, i.full_name as invited_by, array(
      select a.full_name from member a where a.organization_id = m.organization_id and a.status = 'active'
        and (a.id = o.owner_member_id or a.role = 'admin')
      order by a.id = o.owner_member_id desc, a.full_name limit 10) as admins,
      array(select c.platform from chat_identity c where c.member_id = m.id
        group by c.platform order by max(c.last_seen_at) desc) as platforms
    from member m join organization o on o.id = m.organization_id left join member i on i.id = m.invited_by
    where m.id = ${standing.memberId}`);
  return {
    fullName: standing.fullName,
    email: standing.email,
    organization: standing.organization,
    role: standing.role,
    accountRole: standing.accountRole,
    joinedAt: new Date(row?.joined_at ?? Number.NaN),
    invitedBy: row?.invited_by ?? undefined,
    admins: row?.admins ?? [],
    platforms: row?.platforms ?? [],
  };
}
