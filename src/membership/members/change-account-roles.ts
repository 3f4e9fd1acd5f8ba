import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { DraftId, MemberId } from '../../../db/id.ts';
import type { AccountRole } from '../../../db/schema.ts';
import { lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { findAccountAdminIds } from './account-admins.ts';
import { checkCount, type Line, lineOf, refuseIfNobodyIsLeft, refuseTheOnlyOne } from './change-lines.ts';
import { changes } from './change-roles.ts';
import { type KnownMember, lockMembers, readMembers } from './known-members.ts';
import { obstacleToAccountRole } from './obstacles.ts';

export interface AccountRoleInput {
  memberIds: readonly MemberId[];
  accountRole: AccountRole;
}

/** Who changes from what to what in the account; a line with an obstacle stays as it is. */
export interface AccountRoleLine extends Line {
  from: AccountRole;
  to: AccountRole;
}

/** What confirming would change. No draft: nothing. */
export interface AccountRoleReview {
  accountRole: AccountRole;
  draftId?: DraftId;
  lines: AccountRoleLine[];
}

/** Says for each person what giving or taking the account role would do, and keeps it as a draft. */
export function prepareAccountRoleChange(
  context: Context,
  input: AccountRoleInput,
): Promise<AccountRoleReview> {
  checkCount(input.memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const members = await readMembers(tx, standing, input.memberIds);
      const lines = await judge(tx, standing, members, input.accountRole);
      await refuseTheOnlyOne(tx, standing, members, lines);
      const { accountRole } = input;
      const memberIds = lines.filter(changes).map((line) => line.memberId);
      if (memberIds.length === 0) return { accountRole, lines };
      const changeAccountRoles: AccountRoleInput = { memberIds, accountRole };
      return { accountRole, lines, draftId: await saveDraft(tx, standing, { changeAccountRoles }) };
    },
    { action: 'member.account-role-changed', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

/** Gives or takes the account role, set-based; the last Account Admin keeps it. */
export function changeAccountRoles(context: Context, input: AccountRoleInput): Promise<AccountRoleLine[]> {
  checkCount(input.memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const members = await lockMembers(tx, standing, input.memberIds);
      const lines = await judge(tx, standing, members, input.accountRole);
      await refuseIfNobodyIsLeft(tx, standing, members, lines);
      const ids = new Set(lines.filter(changes).map((line) => line.memberId));
      const { accountRole: to } = input;
      await tx.execute(
        sql`update member set account_role = ${to} where id = any(${sql.param([...ids])}::text[])`,
      );
      await record(
        tx,
        members
          .filter((member) => ids.has(member.id))
          .map(({ id: memberId, organizationId, accountRole: from }) => ({
            accountId: standing.accountId,
            organizationId,
            actorMemberId: standing.memberId,
            event: { name: 'member.account-role-changed', memberId, from, to },
          })),
      );
      return lines;
    },
    { action: 'member.account-role-changed', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

/** One after the other, so that of all Account Admins together the last one is the one who keeps the role. */
async function judge(
  tx: Transaction,
  standing: Standing,
  members: readonly KnownMember[],
  accountRole: AccountRole,
): Promise<AccountRoleLine[]> {
  const admins = new Set(await findAccountAdminIds(tx, standing.accountId));
  return members.map((member) => {
    const others = admins.size - (admins.has(member.id) ? 1 : 0);
    const obstacle = obstacleToAccountRole(standing, member, accountRole, others);
    if (!obstacle && accountRole === 'user') admins.delete(member.id);
    return { ...lineOf(member, obstacle), from: member.accountRole, to: accountRole };
  });
}
