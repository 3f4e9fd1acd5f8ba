import { meet, showOwnCard } from '../membership/members/show-own-card.ts';
import { onlyOwnCard, ownCard } from '../messages/members.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';
import { greet } from './help.ts';

/** `/usher who`: the own card. */
export const who: Command = {
  word: 'who',
  does: 'See your own card: role, organization and who the admins are',
  example: '/usher who',
  offeredTo: () => true,
  run: async (context, words) => (words === '' ? card(context) : { message: onlyOwnCard() }),
};

async function card(context: CommandContext): Promise<Said> {
  const acquaintance = await meet(context);
  if (acquaintance.kind !== 'member') return greet(context, acquaintance);
  return { message: ownCard(await showOwnCard(context, acquaintance.standing)) };
}

export const whoActions: Pick<ActionHandlers, 'who'> = { who: (context) => card(context) };
