import type { MemberId } from '../../db/id.ts';
import { readDraft } from '../membership/drafts.ts';
import { leaveOrganization, prepareLeaving } from '../membership/members/leave-organization.ts';
import { prepareRemoval, removeMembers } from '../membership/members/remove-members.ts';
import { may } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { leaveReview, leftMessage, removalResult, removalReview } from '../messages/removal.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';
import { watchWork } from './long-work.ts';

/** `/usher leave`: leave the organization. */
export const leave: Command = {
  word: 'leave',
  does: 'Leave the organization',
  example: '/usher leave',
  organization: 'none',
  offeredTo: (standing) => may(standing, 'leave', standing.organizationId),
  run: (context) => reviewLeaving(context),
};

async function reviewLeaving(context: CommandContext): Promise<Said> {
  return { message: leaveReview(await prepareLeaving(context)) };
}

/** Who would go and what with them: nobody is removed before it is confirmed. */
export async function reviewRemoval(
  context: CommandContext,
  memberIds: readonly MemberId[],
  unknown: readonly string[] = [],
): Promise<Said> {
  return { message: removalReview(await prepareRemoval(context, { memberIds }), unknown) };
}

export const removalActions: Pick<ActionHandlers, 'remove' | 'remove.confirm' | 'leave' | 'leave.confirm'> = {
  remove: (context, { memberId }) => reviewRemoval(context, [memberId]),
  'remove.confirm': async (context, { draftId }) => {
    const { remove } = await readDraft<{ remove?: MemberId[] }>(context, draftId);
    if (!remove) throw new Refusal('draft-is-gone', {});
    const work = watchWork(context, draftId, remove.length, 'Removing');
    const lines = await removeMembers({ ...context, replayKey: draftId }, { memberIds: remove }, work.goOn);
    return { message: removalResult(lines, work.left()), replace: true };
  },
  leave: (context) => reviewLeaving(context),
  'leave.confirm': async (context, { draftId }) => {
    const draft = await readDraft<{ leave?: string }>(context, draftId);
    if (!draft.leave) throw new Refusal('draft-is-gone', {});
    return {
      message: leftMessage(await leaveOrganization({ ...context, replayKey: draftId })),
      replace: true,
    };
  },
};
