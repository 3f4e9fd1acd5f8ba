import type { DraftId, InvitationId } from '../../db/id.ts';
import type { CopiedLink } from '../membership/invitations/copy-link.ts';
import type { InvitationFacts } from '../membership/invitations/find-invitation.ts';
import type { PendingInvitation } from '../membership/invitations/list-invitations.ts';
import type { ResendResult } from '../membership/invitations/resend-invitations.ts';
import type { RevokeResult } from '../membership/invitations/revoke-invitations.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Page } from '../membership/search.ts';
import type { Button, Message, Row } from './message.ts';
import { askForNewOne } from './refusals.ts';
import { count, duration, list, moment, oneLine, upTo } from './words.ts';

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
      { label: 'Invited by', value: `${inviter.name} (${inviter.email})` },
      { label: 'Open until', value: until },
    ],
    buttons: answerButtons(invitation),
  };
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

/** A copy of the invitation after its story has gone on; the one in front of the invitee never lies. */
export function settledInvitation(
  invitation: InvitationFacts,
  generation: number,
  admins: readonly string[],
): Message | undefined {
  const { organization, inviter } = invitation;
  switch (invitation.status) {
    case 'accepted':
      return welcomeMessage(invitation, admins);
    case 'declined':
      return {
        summary: `You declined the invitation to ${organization}.`,
        body: [`Changed your mind? ${inviter.name} can invite you again.`],
      };
    case 'revoked':
      return {
        summary: `The invitation to ${organization} was taken back.`,
        body: [`If you think that is a mistake, ask ${inviter.name}.`],
      };
    case 'pending':
      if (invitation.generation !== generation) {
        return {
          summary: `This invitation to ${organization} was replaced by a newer one.`,
          body: ['Please use the newer one.'],
        };
      }
      if (!invitation.expired) return undefined;
      return {
        summary: 'This invitation is no longer valid.',
        body: [`It was for ${organization}, and its time is up. ${inviter.name} can help you.`],
        buttons: [askForNewOne(invitation.id)],
      };
  }
}

/** What a new member reads first. */
export function welcomeMessage(
  invitation: Pick<InvitationFacts, 'organization' | 'role'>,
  admins: readonly string[],
): Message {
  return {
    summary: `Welcome to ${invitation.organization}!`,
    facts: [
      { label: 'Your role', value: roleNames[invitation.role] },
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

export type BatchFigures = {
  organization: string;
  size: number;
  joined: string[];
  declined: string[];
  expired: string[];
  unreachable: string[];
  revoked: number;
};

/** The inviter's one message about everybody they invited together, drawn anew as answers come. */
export function batchReport(batch: BatchFigures): Message {
  const answered = batch.joined.length + batch.declined.length + batch.expired.length + batch.revoked;
  const waiting = batch.size - answered;
  const line = (label: string, people: string[]) => {
    if (people.length === 0) return [];
    const { shown, more } = upTo(people, 10);
    return [{ label, value: list([...shown, ...(more > 0 ? [`${count(more, 'other')}`] : [])]) }];
  };
  return {
    summary: `Your invitations to ${batch.organization}: ${batch.joined.length} of ${batch.size} joined.`,
    facts: [
      ...line('Joined', batch.joined),
      ...line('Declined', batch.declined),
      ...line('Ran out', batch.expired),
      ...line('Could not be reached', batch.unreachable),
      ...(waiting > 0 ? [{ label: 'No answer yet', value: String(waiting) }] : []),
    ],
    ...(batch.unreachable.length > 0
      ? {
          footnote:
            'Who could not be reached is not in this chat: copy the link in /usher pending and pass it on.',
        }
      : {}),
    ...(batch.unreachable.length + batch.expired.length > 0
      ? { buttons: [{ label: 'See pending', action: { do: 'pending' } }] }
      : {}),
  };
}

/** The list of pending invitations. */
export function pendingList(
  page: Page<PendingInvitation> & { organization: string },
  asked: { search?: string; after?: string; notice?: string },
): Message {
  const search = asked.search ? { search: asked.search } : {};
  const about = asked.search ? ` matching “${oneLine(asked.search, 60)}”` : '';
  const buttons: Button[] = [
    ...(page.next
      ? [{ label: 'Next page', action: { do: 'pending', ...search, after: page.next } } as const]
      : []),
    ...(asked.after ? [{ label: 'First page', action: { do: 'pending', ...search } } as const] : []),
    ...(page.rows.length > 1
      ? [{ label: 'Revoke several…', action: { do: 'pending.revoke-several', ...search } } as const]
      : []),
    { label: 'Invite people', action: { do: 'invite' } },
  ];
  return {
    summary:
      page.rows.length > 0
        ? `Pending invitations to ${page.organization}${about}`
        : `No pending invitations to ${page.organization}${about}.`,
    ...(asked.notice ? { body: [asked.notice] } : {}),
    rows: page.rows.map((row) => pendingRow(row, search)),
    ...(page.tooMany
      ? { footnote: 'More than 2,000 match; type more of the address to narrow it down.' }
      : {}),
    buttons,
  };
}

const deliveryWords: Record<PendingInvitation['delivery'], string> = {
  sending: 'being sent',
  delivered: 'delivered',
  unreachable: 'not in this chat: copy the link and pass it on',
};

function pendingRow(row: PendingInvitation, search: { search?: string }): Row {
  const { id: invitationId } = row;
  const left = row.timeLeft > 0 ? `${duration(row.timeLeft)} left` : 'expired';
  return {
    title: row.email,
    detail: `${roleNames[row.role]} · invited by ${oneLine(row.invitedBy, 60)} · sent ${duration(row.sentAgo)} ago · ${left} · ${deliveryWords[row.delivery]}`,
    buttons: [
      { label: 'Resend', action: { do: 'pending.resend', invitationId, ...search } },
      { label: 'Copy link', action: { do: 'pending.copy-link', invitationId } },
      { label: 'Revoke', action: { do: 'pending.revoke', invitationId }, style: 'danger' },
    ],
  };
}

/** The link, for the admin alone. */
export function copiedLink(link: CopiedLink, timeZone: string): Message {
  return {
    summary: `The join link of ${link.email}`,
    body: [
      link.renewed ? 'The old link had run out; this is a new one, and usher sent it to them too.' : '',
      `It works until ${moment(link.expiresAt, timeZone)}, for this address alone.`,
    ].filter((line) => line !== ''),
    code: link.url,
  };
}

/** Asked before anything is revoked: exactly whom it is about. */
export function revokeConfirmation(draftId: DraftId, emails: readonly string[]): Message {
  const { shown, more } = upTo(emails, 20);
  return {
    summary: `Revoke ${emails.length === 1 ? 'this invitation' : `these ${count(emails.length, 'invitation')}`}?`,
    body: [
      list([...shown, ...(more > 0 ? [`${count(more, 'other')}`] : [])]),
      'The links stop working at once, and the buttons in their messages go.',
    ],
    buttons: [
      {
        label: emails.length === 1 ? 'Revoke' : `Revoke ${emails.length}`,
        action: { do: 'revoke.confirm', draftId },
        style: 'danger',
      },
      { label: emails.length === 1 ? 'Keep it' : 'Keep them', action: { do: 'revoke.keep' } },
    ],
  };
}

/** What became of each. */
export function revokeResult(lines: RevokeResult): Message {
  const revoked = lines.filter((line) => line.now);
  return {
    summary:
      revoked.length > 0
        ? `Revoked ${count(revoked.length, 'invitation')}; ${revoked.length === 1 ? 'its link is' : 'their links are'} dead.`
        : 'Nothing was left to revoke.',
    rows: upTo(lines, 40).shown.map((line) => ({
      title: line.email,
      detail: line.now ? 'revoked' : `was ${line.outcome} before`,
    })),
    buttons: [{ label: 'See pending', action: { do: 'pending' } }],
  };
}

/** Revoking was called off. */
export function revokeKept(): Message {
  return { summary: 'Nothing was revoked.' };
}

/** One sentence on a resend, for the top of the list or the admins' card. */
export function resendNotice([line]: ResendResult): string {
  if (!line) return 'Nothing was sent.';
  return line.outcome === 'resent'
    ? `Sent again to ${line.email}; the old link is dead.`
    : `${line.email} was not invited again: the invitation was ${line.outcome}.`;
}

/** Which invitation a button or form names, in words; for choosing several. */
export function pendingOption(row: PendingInvitation): { value: InvitationId; label: string } {
  return { value: row.id, label: oneLine(row.email, 75) };
}
