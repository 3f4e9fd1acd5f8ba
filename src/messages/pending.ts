import type { DraftId, InvitationId, OrganizationId } from '../../db/id.ts';
import type { CopiedLink } from '../membership/invitations/copy-link.ts';
import type { PendingInvitation } from '../membership/invitations/list-invitations.ts';
import type { ResendResult } from '../membership/invitations/resend-invitations.ts';
import type { RevokeResult } from '../membership/invitations/revoke-invitations.ts';
import { roleNames } from '../membership/refusal.ts';
import type { ListPage } from '../membership/search.ts';
import { type Asked, carriedOn, narrowedTo, navigation, tooManyNote } from './lists.ts';
import type { Message, Row } from './message.ts';
import { count, duration, list, moment, oneLine, upTo } from './words.ts';

/** The list of pending invitations. */
export function pendingList(page: ListPage<PendingInvitation>, asked: Asked & { notice?: string }): Message {
  const search = carriedOn(asked);
  const about = `ending invitations to ${page.organization}${narrowedTo(page.words)}`;
  return {
    summary: page.rows.length > 0 ? `P${about}` : `No p${about}.`,
    ...(asked.notice ? { body: [asked.notice] } : {}),
    rows: page.rows.map((row) => pendingRow(row, search)),
    ...tooManyNote(page),
    buttons: [
      ...navigation('pending', page, asked),
      { label: 'Invite people', action: { do: 'invite', ...(asked.in ? { in: asked.in } : {}) } },
      ...(page.rows.length > 1
        ? [{ label: 'Revoke several…', action: { do: 'pending.revoke-several', ...search } } as const]
        : []),
    ],
  };
}

const deliveryWords: Record<PendingInvitation['delivery'], string> = {
  sending: 'being sent',
  delivered: 'delivered',
  unreachable: 'not found in chat: pass the link on',
  refused: 'usher may not write to them in chat: pass the link on',
};

function pendingRow(row: PendingInvitation, search: { search?: string; in?: OrganizationId }): Row {
  const { id: invitationId } = row;
  const sent = row.sentAgo < 60 ? 'just now' : `${duration(row.sentAgo)} ago`;
  const isOpen = row.timeLeft > 0;
  return {
    title: row.email,
    detail: [
      [roleNames[row.role], ...(row.licenses.length > 0 ? [`with ${list(row.licenses)}`] : [])].join(' '),
      `invited by ${oneLine(row.invitedBy, 60)}`,
      `sent ${sent}`,
      isOpen ? `${duration(row.timeLeft)} left` : 'expired',
      // That a link arrived means nothing once it has run out; that it could not still does.
      ...(isOpen || row.delivery === 'unreachable' || row.delivery === 'refused'
        ? [deliveryWords[row.delivery]]
        : []),
    ].join(' · '),
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
      emails.length === 1
        ? 'The link stops working at once, and the buttons in their message go.'
        : 'The links stop working at once, and the buttons in their messages go.',
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
export function revokeResult(lines: RevokeResult, about: { in?: OrganizationId } = {}): Message {
  const revoked = lines.filter((line) => line.now);
  return {
    summary:
      revoked.length > 0
        ? `Revoked ${count(revoked.length, 'invitation')}; ${revoked.length === 1 ? 'its link no longer works' : 'their links no longer work'}.`
        : 'Nothing was left to revoke.',
    rows: upTo(lines, 40).shown.map((line) => ({
      title: line.email,
      detail: line.now ? 'revoked' : `was ${line.outcome} before`,
    })),
    buttons: [{ label: 'See pending', action: { do: 'pending', ...about } }],
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
    ? `Sent again to ${line.email}; the old link no longer works.`
    : `${line.email} was not invited again: the invitation was ${line.outcome}.`;
}

/** Which invitation a button or form names, in words; for choosing several. */
export function pendingOption(row: PendingInvitation): { value: InvitationId; label: string } {
  return { value: row.id, label: oneLine(row.email, 75) };
}
