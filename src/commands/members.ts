import { listMembers } from '../membership/members/list-members.ts';
import { listRemoved } from '../membership/members/list-removed.ts';
import { may } from '../membership/policy.ts';
import { memberList } from '../messages/members.ts';
import { removedList } from '../messages/removal.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';
import { named } from './in-organization.ts';
import { askedOf, pageSize, type Wanted } from './list.ts';

/** `/usher members`: who is in the organization. */
export const members: Command = {
  word: 'members',
  does: 'See and search the active members',
  example: '/usher members ruiz role:admin',
  offeredTo: (standing) => may(standing, 'see-members', standing.organizationId),
  run: (context, words) => list(context, { search: words }),
};

/** `/usher removed`: who was removed or left. */
export const removed: Command = {
  word: 'removed',
  does: 'See who was removed or left, and invite them back',
  example: '/usher removed ruiz',
  offeredTo: (standing) => may(standing, 'see-members', standing.organizationId),
  run: (context, words) => listOfRemoved(context, { search: words }),
};

/** A page of those who have gone. */
export async function listOfRemoved(context: CommandContext, wanted: Wanted): Promise<Said> {
  const asked = askedOf(wanted);
  const page = await listRemoved(context, { ...asked, size: pageSize });
  return { message: removedList(page, { ...asked, ...named(context) }) };
}

/** A page of the members. */
export async function list(context: CommandContext, wanted: Wanted): Promise<Said> {
  const asked = askedOf(wanted);
  const page = await listMembers(context, { ...asked, size: pageSize });
  return { message: memberList(page, { ...asked, ...named(context) }) };
}

export const memberActions: Pick<ActionHandlers, 'members' | 'removed'> = {
  removed: async (context, asked) => ({
    ...(await listOfRemoved(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
  members: async (context, asked) => ({
    ...(await list(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
};
