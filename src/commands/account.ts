import type { MemberId } from '../../db/id.ts';
import type { AccountRole } from '../../db/schema.ts';
import { readDraft } from '../membership/drafts.ts';
import { listAccountAdmins } from '../membership/members/account-admins.ts';
import {
  type AccountRoleInput,
  changeAccountRoles,
  prepareAccountRoleChange,
} from '../membership/members/change-account-roles.ts';
import { Refusal } from '../membership/refusal.ts';
import { accountAdminList, accountRoleResult, accountRoleReview } from '../messages/roles.ts';
import type { ActionHandlers, CommandContext, Said } from './command.ts';

/** Who the Account Admins are, for one of them. */
export async function accountAdmins(context: CommandContext): Promise<Said> {
  return { message: accountAdminList(await listAccountAdmins(context)) };
}

/** The preview of giving or taking the account role. */
export async function reviewAccountRole(
  context: CommandContext,
  memberIds: readonly MemberId[],
  accountRole: AccountRole,
  unknown: readonly string[] = [],
): Promise<Said> {
  const review = await prepareAccountRoleChange(context, { memberIds, accountRole });
  return { message: accountRoleReview(review, unknown) };
}

export const accountActions: Pick<ActionHandlers, 'account' | 'account.review' | 'account.confirm'> = {
  account: (context) => accountAdmins(context),
  'account.review': (context, { memberId, accountRole }) =>
    reviewAccountRole(context, [memberId], accountRole),
  'account.confirm': async (context, { draftId }) => {
    const { changeAccountRoles: draft } = await readDraft<{ changeAccountRoles?: AccountRoleInput }>(
      context,
      draftId,
    );
    if (!draft) throw new Refusal('draft-is-gone', {});
    const lines = await changeAccountRoles({ ...context, replayKey: draftId }, draft);
    return { message: accountRoleResult(lines), replace: true };
  },
};
