import { type Acquaintance, meet } from '../membership/members/meet.ts';
import { may, type Standing } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { invitationMessage } from '../messages/invitations.ts';
import { refusalMessage } from '../messages/refusals.ts';
import { connectOffer, helpMessage } from '../messages/welcome.ts';
import type { Command, CommandContext, Said } from './command.ts';

/** `/usher` and `/usher help`: what somebody can do here, by role. */
export async function help(context: CommandContext, commands: readonly Command[]): Promise<Said> {
  const acquaintance = await meet(context);
  if (acquaintance.kind !== 'member') return greet(context, acquaintance);
  return { message: helpMessage(acquaintance.standing, offeredTo(acquaintance.standing, commands)) };
}

/** The commands somebody can use, with what each does for them. */
export function offeredTo(standing: Standing, commands: readonly Command[]): Command[] {
  return commands
    .filter((command) => command.offeredTo(standing))
    .map(({ without, ...command }) =>
      without && !may(standing, without.right, standing.organizationId)
        ? { ...command, does: without.does, example: `/usher ${command.word}` }
        : command,
    );
}

/** What to say first to somebody who is not a member. */
export function greet(
  { actor, founders }: CommandContext,
  acquaintance: Exclude<Acquaintance, { kind: 'member' }>,
): Said {
  const { platform, timeZone } = actor;
  switch (acquaintance.kind) {
    case 'stranger-to-new-workspace': {
      const who = { mayFound: acquaintance.mayFound, founders, platform };
      return { message: refusalMessage(new Refusal('workspace-not-connected', who)) };
    }
    case 'account-admin-elsewhere':
      return { message: connectOffer(acquaintance.account) };
    case 'invited': {
      const [invitation] = acquaintance.invitations.filter(({ expired }) => !expired);
      if (invitation) return { message: invitationMessage(invitation, timeZone, 'invite') };
      const [expired] = acquaintance.invitations;
      return {
        message: refusalMessage(
          new Refusal('invitation-not-valid', {
            reason: 'expired',
            ...(expired
              ? {
                  organization: expired.organization,
                  contact: expired.contact,
                  invitationId: expired.id,
                }
              : {}),
          }),
        ),
      };
    }
    case 'gone':
    case 'stranger': {
      const { kind, account, ask } = acquaintance;
      const code = kind === 'gone' ? 'not-active' : 'not-a-member';
      return { message: refusalMessage(new Refusal(code, { account, ask })) };
    }
  }
}
