import type { ActiveMember } from '../membership/members/list-members.ts';
import type { OwnCard } from '../membership/members/show-own-card.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Page } from '../membership/search.ts';
import type { Button, Message } from './message.ts';
import { day, list, oneLine, platformNames } from './words.ts';

/** The list of active members. */
export function memberList(
  page: Page<ActiveMember> & { organization: string },
  asked: { search?: string; after?: string },
): Message {
  const search = asked.search ? { search: asked.search } : {};
  const about = asked.search ? ` matching “${oneLine(asked.search, 60)}”` : '';
  const buttons: Button[] = [
    ...(page.next
      ? [{ label: 'Next page', action: { do: 'members', ...search, after: page.next, turn: true } } as const]
      : []),
    ...(asked.after
      ? [{ label: 'First page', action: { do: 'members', ...search, turn: true } } as const]
      : []),
    ...(asked.search ? [{ label: 'Show all', action: { do: 'members', turn: true } } as const] : []),
    { label: 'Invite people', action: { do: 'invite' } },
  ];
  return {
    summary:
      page.rows.length > 0
        ? `Members of ${page.organization}${about}`
        : `No members of ${page.organization}${about}.`,
    rows: page.rows.map((row) => ({
      title: oneLine(row.fullName, 100),
      detail: `${row.email} · ${roleNames[row.role]} · joined ${day(row.joinedAt)}`,
    })),
    ...(page.tooMany ? { footnote: 'More than 2,000 match; type more of the name to narrow it down.' } : {}),
    buttons,
  };
}

/** A member's own card. */
export function ownCard(card: OwnCard): Message {
  return {
    summary: oneLine(card.fullName, 100),
    facts: [
      { label: 'E-mail', value: card.email },
      { label: 'Organization', value: card.organization },
      { label: 'Role', value: roleNames[card.role] },
      ...(card.accountRole === 'account-admin' ? [{ label: 'Account role', value: 'Account Admin' }] : []),
      { label: 'Joined', value: day(card.joinedAt) },
      ...(card.invitedBy ? [{ label: 'Invited by', value: oneLine(card.invitedBy, 100) }] : []),
      { label: 'Admins', value: list(card.admins) },
      { label: 'Uses usher in', value: list(card.platforms.map((platform) => platformNames[platform])) },
    ],
  };
}

/** Somebody asked for the card of another person. */
export function onlyOwnCard(): Message {
  return {
    summary: 'Only your own card can be shown: type /usher who alone.',
    body: ['To find other people, type /usher members and a part of their name.'],
  };
}
