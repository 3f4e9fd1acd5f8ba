import type { InvitationId } from '../../db/id.ts';
import { acceptInvitation } from '../membership/invitations/accept-invitation.ts';
import { askForNewLink } from '../membership/invitations/ask-for-new-link.ts';
import { declineInvitation } from '../membership/invitations/decline-invitation.ts';
import { showAnswered } from '../membership/invitations/show-answered.ts';
import { askedMessage, settledInvitation } from '../messages/invitations.ts';
import type { ActionHandlers, CommandContext, Said } from './command.ts';

/** What the buttons under an invitation do. */
export const answerActions: Pick<ActionHandlers, 'join' | 'decline' | 'ask-for-new-link'> = {
  join: async (context, claim) => {
    const { invitationId } = await acceptInvitation(context, claim);
    return settled(context, invitationId, claim.generation);
  },
  decline: async (context, claim) => {
    const { invitationId } = await declineInvitation(context, claim);
    return settled(context, invitationId, claim.generation);
  },
  'ask-for-new-link': async (context, { invitationId }) => {
    const { organization } = await askForNewLink(context, { invitationId });
    return { message: askedMessage(organization), replace: true };
  },
};

async function settled(
  context: CommandContext,
  invitationId: InvitationId,
  generation: number,
): Promise<Said> {
  const { invitation, admins } = await showAnswered(context.db, invitationId);
  const message = settledInvitation(invitation, generation, admins);
  return message ? { message, replace: true } : { message: { summary: 'Done.' }, replace: true };
}
