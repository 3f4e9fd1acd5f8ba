import { listMembers } from '../membership/members/list-members.ts';
import { may } from '../membership/policy.ts';
import { memberList } from '../messages/members.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';
import { pageSize } from './pending.ts';

/** `/usher members`: who is in the organization. */
export const members: Command = {
  word: 'members',
  does: 'See and search the active members',
  example: '/usher members ruiz',
  offeredTo: (standing) => may(standing, 'see-members', standing.organizationId),
  run: (context, words) => list(context, { search: words }),
};

async function list(
  context: CommandContext,
  { search, after }: { search?: string | undefined; after?: string | undefined },
): Promise<Said> {
  const asked = { ...(search ? { search } : {}), ...(after ? { after } : {}) };
  return { message: memberList(await listMembers(context, { ...asked, size: pageSize }), asked) };
}

export const memberActions: Pick<ActionHandlers, 'members'> = {
  members: async (context, asked) => ({
    ...(await list(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
};
