import type { MemberId } from '../../db/id.ts';
import { meet } from '../membership/members/meet.ts';
import { showMember } from '../membership/members/show-member.ts';
import { memberCard } from '../messages/members.ts';
import type { ActionHandlers, CommandContext, Said } from './command.ts';
import { greet } from './help.ts';

/** The card of the one who asks; people usher does not know are greeted. */
export async function ownCard(context: CommandContext): Promise<Said> {
  const acquaintance = await meet(context);
  if (acquaintance.kind !== 'member') return greet(context, acquaintance);
  return card(context, acquaintance.standing.memberId);
}

/** The card of a member. */
export async function card(context: CommandContext, memberId: MemberId): Promise<Said> {
  return { message: memberCard(await showMember(context, { memberId }), context.actor.timeZone) };
}

export const cardActions: Pick<ActionHandlers, 'who' | 'card'> = {
  who: (context) => ownCard(context),
  card: (context, { memberId }) => card(context, memberId),
};
