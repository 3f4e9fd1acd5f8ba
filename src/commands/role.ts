import type { MemberId } from '../../db/id.ts';
import type { StoredRole } from '../../db/schema.ts';
import { readDraft } from '../membership/drafts.ts';
import { changeRoles, prepareRoleChange, type RoleInput } from '../membership/members/change-roles.ts';
import { showMember } from '../membership/members/show-member.ts';
import { Refusal } from '../membership/refusal.ts';
import { memberCard } from '../messages/members.ts';
import { roleOffer, roleResult, roleReview } from '../messages/roles.ts';
import type { ActionHandlers, CommandContext, Said } from './command.ts';

/** The preview of a change of role: nothing is changed before it is confirmed. */
export async function reviewRole(
  context: CommandContext,
  memberIds: readonly MemberId[],
  role: StoredRole,
  unknown: readonly string[] = [],
): Promise<Said> {
  return { message: roleReview(await prepareRoleChange(context, { memberIds, role }), unknown) };
}

export const roleActions: Pick<ActionHandlers, 'role' | 'role.review' | 'role.confirm'> = {
  role: async (context, { memberId }) => {
    const shown = await showMember(context, { memberId });
    const isOffered = shown.actions.roles.length > 0 || shown.actions.transfer;
    // The rights may have changed since the button was drawn: the card shows what is left.
    return { message: isOffered ? roleOffer(shown) : memberCard(shown, context.actor.timeZone) };
  },
  'role.review': async (context, { memberId, role }) => ({
    ...(await reviewRole(context, [memberId], role)),
    replace: true,
  }),
  'role.confirm': async (context, { draftId }) => {
    const { changeRoles: draft } = await readDraft<{ changeRoles?: RoleInput }>(context, draftId);
    if (!draft) throw new Refusal('draft-is-gone', {});
    return {
      message: roleResult(await changeRoles({ ...context, replayKey: draftId }, draft)),
      replace: true,
    };
  },
};
