import { maskEmailAddress } from '../membership/email-address.ts';
import type { InvitationFacts } from '../membership/invitations/find-invitation.ts';
import { roleNames } from '../membership/refusal.ts';
import { membershipFacts } from './groups.ts';
import type { Button, Message } from './message.ts';
import { askForNewOne } from './refusals.ts';
import { list, moment, oneLine } from './words.ts';

/** The direct message that invites, and its reminder: who, where, as what, until when. */
export function invitationMessage(
  invitation: InvitationFacts,
  timeZone: string,
  kind: 'invite' | 'remind',
): Message {
  const { organization, inviter } = invitation;
  const until = moment(invitation.expiresAt, timeZone);
  if (kind === 'remind') {
    return {
      summary: `Your invitation to ${organization} is still open.`,
      body: [`You can answer until ${until}.`],
      buttons: answerButtons(invitation),
    };
  }
  return {
    summary: `${inviter.name} invites you to ${organization}.`,
    ...(invitation.personalLine ? { body: [`“${oneLine(invitation.personalLine, 300)}”`] } : {}),
    facts: [
      { label: 'As', value: roleNames[invitation.role] },
      ...licensesOf(invitation, 'With'),
      ...membershipFacts(invitation.groups),
      { label: 'Open until', value: until },
    ],
    buttons: answerButtons(invitation),
  };
}

function licensesOf({ licenses }: Pick<InvitationFacts, 'licenses'>, label: string) {
  return licenses.length > 0 ? [{ label, value: list(licenses) }] : [];
}

function answerButtons({ id: invitationId, generation, organization }: InvitationFacts): Button[] {
  const claim = { invitationId, generation };
  return [
    {
      label: oneLine(`Join ${organization}`, 75),
      action: { do: 'join', ...claim },
      style: 'primary',
    },
    { label: 'Decline', action: { do: 'decline', ...claim } },
  ];
}

/** A copy of the invitation after its story has gone on; the one in front of the invitee never lies. The story of a replaced copy has ended. */
export function settledInvitation(
  invitation: InvitationFacts,
  generation: number,
  admins: readonly string[],
): Message | undefined {
  const { organization, contact } = invitation;
  if (invitation.generation !== generation) {
    return {
      summary: `This invitation to ${organization} was replaced by a newer one.`,
      body: ['Please use the newer one.'],
    };
  }
  switch (invitation.status) {
    case 'accepted':
      return welcomeMessage(invitation, admins);
    case 'declined':
      return {
        summary: `You declined the invitation to ${organization}.`,
        body: [`Changed your mind? ${contact} can invite you again.`],
      };
    case 'revoked':
      return {
        summary: `The invitation to ${organization} was taken back.`,
        body: [`If you think that is a mistake, ask ${contact}.`],
      };
    case 'pending':
      if (!invitation.expired) return undefined;
      if (invitation.asked) return askedMessage(organization);
      return {
        summary: 'This invitation is no longer valid.',
        body: [`It was for ${organization}, and its time is up. ${contact} can help you.`],
        buttons: [askForNewOne(invitation.id)],
      };
  }
}

/** What a new member reads first. */
function welcomeMessage(
  invitation: Pick<InvitationFacts, 'organization' | 'role' | 'licenses' | 'groups'>,
  admins: readonly string[],
): Message {
  return {
    summary: `Welcome to ${invitation.organization}!`,
    facts: [
      { label: 'Your role', value: roleNames[invitation.role] },
      ...licensesOf(invitation, 'Your licences'),
      ...membershipFacts(invitation.groups, 'Your'),
      { label: 'Admins', value: list(admins) },
    ],
    footnote: 'Type /usher to see what you can do.',
  };
}

/** Said to the one who asked for a new link. */
export function askedMessage(organization: string): Message {
  return {
    summary: `The admins of ${organization} have been asked for a new invitation.`,
    body: ['usher writes to you here as soon as one of them sends it.'],
  };
}

/** The card that asks an admin for a new link. */
export function requestMessage(invitation: InvitationFacts): Message {
  return {
    summary: `${invitation.email} asks for a new invitation to ${invitation.organization}.`,
    body: ['Their link ran out before they answered.'],
    buttons: [
      {
        label: 'Resend',
        action: { do: 'request.resend', invitationId: invitation.id },
        style: 'primary',
      },
    ],
  };
}

/** The card after it was answered, for everybody who got it. */
export function requestSettled(invitation: InvitationFacts): Message | undefined {
  if (invitation.status === 'pending' && invitation.expired) return undefined;
  const what = invitation.status === 'pending' ? 'sent again' : invitation.status;
  return {
    summary: `${invitation.email} asked for a new invitation to ${invitation.organization}: it was ${what}.`,
  };
}

/** What the join link shows in a browser: the invitation, and where to answer it. */
export function linkMessage(invitation: InvitationFacts): Message {
  const { organization, inviter, role, email } = invitation;
  return {
    summary: `${inviter.name} invites you to ${organization}.`,
    body: [
      'To answer, write /usher to usher as the invited person, in Slack or Microsoft Teams: the invitation waits there.',
    ],
    facts: [
      { label: 'As', value: roleNames[role] },
      ...licensesOf(invitation, 'With'),
      ...membershipFacts(invitation.groups),
      { label: 'For', value: maskEmailAddress(email) },
    ],
  };
}
