import { prepareArchiving } from '../membership/groups/change-group.ts';
import { addToGroup, changeGroupRoles, removeFromGroup } from '../membership/groups/change-group-members.ts';
import type { GroupId } from '../membership/groups/group.ts';
import { showGroup, showInGroup } from '../membership/groups/show-group.ts';
import { archiveReview, groupResult, groupRoleOffer } from '../messages/group-changes.ts';
import { groupCard } from '../messages/groups.ts';
import type { ActionHandlers, CommandContext, Said } from './command.ts';
import { pageSize } from './list.ts';

type Input<Operation extends (context: CommandContext, input: never) => unknown> = Parameters<Operation>[1];

/** Adds people to a team or project, and says what became of each. */
export async function addPeople(
  context: CommandContext,
  input: Input<typeof addToGroup>,
  unknown: readonly string[],
): Promise<Said> {
  return { message: groupResult(await addToGroup(context, input), unknown) };
}

/** Gives people a role in a team or project, and says what became of each. */
export async function changeRolesThere(
  context: CommandContext,
  input: Input<typeof changeGroupRoles>,
  unknown: readonly string[],
): Promise<Said> {
  return { message: groupResult(await changeGroupRoles(context, input), unknown) };
}

/** Takes people out of a team or project, and says what became of each. */
export async function takePeopleOut(
  context: CommandContext,
  input: Input<typeof removeFromGroup>,
  unknown: readonly string[],
): Promise<Said> {
  return { message: groupResult(await removeFromGroup(context, input), unknown) };
}

/** A team or project and who is in it. */
export async function groupWithPeople(
  context: CommandContext,
  { groupId, after }: { groupId: GroupId; after?: string | undefined },
  notice?: string,
): Promise<Said> {
  const asked = after ? { after } : {};
  const shown = await showGroup(context, { groupId, ...asked, size: pageSize });
  return { message: groupCard(shown, asked, notice) };
}

/** What archiving would put away: nothing is archived before it is confirmed. */
export async function reviewArchiving(context: CommandContext, groupId: GroupId): Promise<Said> {
  return { message: archiveReview(await prepareArchiving(context, { groupId })) };
}

export const groupMemberActions: Pick<
  ActionHandlers,
  'group' | 'group.archive' | 'group.role' | 'group.role.set' | 'group.remove'
> = {
  group: async (context, asked) => ({
    ...(await groupWithPeople(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
  'group.archive': (context, { groupId }) => reviewArchiving(context, groupId),
  'group.role': async (context, asked) => ({ message: groupRoleOffer(await showInGroup(context, asked)) }),
  'group.role.set': async (context, { groupId, memberId, role }) => ({
    ...(await changeRolesThere(context, { groupId, memberIds: [memberId], role }, [])),
    replace: true,
  }),
  'group.remove': (context, { groupId, memberId }) =>
    takePeopleOut(context, { groupId, memberIds: [memberId] }, []),
};
