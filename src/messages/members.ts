import type { DraftId } from '../../db/id.ts';
import type { Details } from '../membership/events.ts';
import { groupKinds } from '../membership/groups/group.ts';
import type { Finding } from '../membership/members/find-people.ts';
import type { ActiveMember } from '../membership/members/list-members.ts';
import type { MemberCard } from '../membership/members/show-member.ts';
import { roleNames } from '../membership/refusal.ts';
import type { ListPage } from '../membership/search.ts';
import { membershipFacts } from './groups.ts';
import { licenseFacts } from './licenses.ts';
import { type Asked, narrowedTo, navigation, tooManyNote } from './lists.ts';
import type { Button, Message } from './message.ts';
import { removalWords } from './removal.ts';
import {
  day,
  duration,
  isTimeZone,
  list,
  momentOfDay,
  oneLine,
  platformNames,
  quoted,
  upTo,
} from './words.ts';

/** The list of active members. */
export function memberList(page: ListPage<ActiveMember>, asked: Asked): Message {
  const about = `embers of ${page.organization}${narrowedTo(page.words)}`;
  return {
    summary: page.rows.length > 0 ? `M${about}` : `No m${about}.`,
    rows: page.rows.map((row) => ({
      title: oneLine(row.fullName, 100),
      detail: [
        row.email,
        roleNames[row.role],
        ...(row.licenses.length > 0 ? [list(upTo(row.licenses, 10).shown)] : []),
        `joined ${day(row.joinedAt)}`,
        `last access ${agoWords(row.lastAccessAgo)}`,
      ].join(' · '),
      buttons: [{ label: 'Card', action: { do: 'card', memberId: row.id } }],
    })),
    ...tooManyNote(page),
    buttons: [
      ...navigation('members', page, asked),
      { label: 'Invite people', action: { do: 'invite', ...(asked.in ? { in: asked.in } : {}) } },
      { label: 'Export', action: { do: 'export', ...(asked.in ? { in: asked.in } : {}) } },
    ],
  };
}

/** It is kept once an hour, so nothing more exact is said. */
function agoWords(secondsAgo: number): string {
  return secondsAgo < 2 * 3600 ? 'just now' : `${duration(secondsAgo)} ago`;
}

/** The card of a member, with what the viewer may do. */
export function memberCard(card: MemberCard, timeZone: string): Message {
  const { member, removed, admins, platforms } = card;
  return {
    summary: oneLine(member.fullName, 100),
    ...(card.picture
      ? { picture: { url: card.picture, alt: `Picture of ${oneLine(member.fullName, 100)}` } }
      : {}),
    facts: [
      { label: 'E-mail', value: member.email },
      ...detailFacts(card.details),
      { label: 'Organization', value: member.organization },
      { label: 'Role', value: roleNames[member.role] },
      ...(member.accountRole === 'account-admin' ? [{ label: 'Account role', value: 'Account Admin' }] : []),
      { label: 'Status', value: member.status === 'active' ? 'Active' : 'Inactive' },
      { label: 'Joined', value: day(card.joinedAt, timeZone) },
      ...(removed ? [] : [{ label: 'Last access', value: agoWords(card.lastAccessAgo) }]),
      ...(removed ? [] : licenseFacts(card.licenses)),
      ...membershipFacts(card.groups),
      ...(card.invitedBy ? [{ label: 'Invited by', value: oneLine(card.invitedBy, 100) }] : []),
      ...(removed
        ? [
            {
              label: 'Gone since',
              value: `${day(removed.at, timeZone)}, ${removalWords(removed.reason, removed.by)}`,
            },
          ]
        : []),
      ...timeZoneFact(card.timeZone, admins ? 'Your time' : 'Their time'),
      ...(admins ? [{ label: 'Admins', value: list(admins) }] : []),
      ...(platforms.length > 0
        ? [{ label: 'Uses usher in', value: list(platforms.map((platform) => platformNames[platform])) }]
        : []),
    ],
    buttons: cardButtons(card),
  };
}

/** The clock where they are says more than the name of the zone. */
function timeZoneFact(timeZone: string | undefined, label: string): { label: string; value: string }[] {
  return timeZone && isTimeZone(timeZone) ? [{ label, value: momentOfDay(new Date(), timeZone) }] : [];
}

function detailFacts({ phone, whereToReach, employedSince }: Details): { label: string; value: string }[] {
  return [
    ...(phone ? [{ label: 'Phone', value: oneLine(phone, 40) }] : []),
    ...(whereToReach ? [{ label: 'Where to reach', value: oneLine(whereToReach, 200) }] : []),
    ...(employedSince ? [{ label: 'Employed since', value: day(new Date(employedSince)) }] : []),
  ];
}

function cardButtons({ member: { id: memberId, status }, actions }: MemberCard): Button[] {
  const { accountRole } = actions;
  return [
    ...(actions.roles.length > 0
      ? [{ label: 'Change role…', action: { do: 'role', memberId } } as const]
      : []),
    ...(actions.transfer ? [{ label: 'Make Owner…', action: { do: 'transfer', memberId } } as const] : []),
    ...(accountRole && status === 'active'
      ? [
          {
            label: accountRole === 'user' ? 'Take back Account Admin…' : 'Make Account Admin…',
            action: { do: 'account.review', memberId, accountRole },
          } as const,
        ]
      : []),
    ...(actions.licenses ? [{ label: 'Licences…', action: { do: 'card.licenses', memberId } } as const] : []),
    ...(actions.groups
      ? groupKinds.map(
          (kind) => ({ label: `Add to a ${kind}…`, action: { do: 'card.group', kind, memberId } }) as const,
        )
      : []),
    ...(actions.details ? [{ label: 'Details…', action: { do: 'details', memberId } } as const] : []),
    ...(actions.move ? [{ label: 'Move…', action: { do: 'move', memberId } } as const] : []),
    ...(actions.inviteBack
      ? [{ label: 'Invite back', action: { do: 'invite.back', memberId }, style: 'primary' } as const]
      : []),
    ...(actions.remove
      ? [{ label: 'Remove…', action: { do: 'remove', memberId }, style: 'danger' } as const]
      : []),
    ...(actions.leave ? [{ label: 'Leave…', action: { do: 'leave' }, style: 'danger' } as const] : []),
  ];
}

/** Whoever is chosen is to become the Owner: the button opens that form. */
export const toTransfer = 'transfer';

/** Several people fit what was typed: which of them is meant? */
export function personChoice(
  { text, people, more }: Finding,
  choice: { draftId: DraftId; place: number } | typeof toTransfer,
): Message {
  return {
    summary: `Whom do you mean by ${quoted(text, 60)}?`,
    rows: people.map((person) => ({
      title: oneLine(person.fullName, 100),
      detail: [
        person.email,
        `${roleNames[person.role]} of ${oneLine(person.organization, 100)}`,
        ...(person.status === 'inactive' ? ['not active any more'] : []),
      ].join(' · '),
      buttons: [
        {
          label: oneLine(person.fullName, 75),
          action:
            choice === toTransfer
              ? { do: 'transfer', memberId: person.id }
              : { do: 'choose-person', ...choice, memberId: person.id },
        },
      ],
    })),
    ...(more ? { footnote: 'More people match; type more of the name, or the e-mail address.' } : {}),
    buttons: [{ label: 'None of them', action: { do: 'keep' } }],
  };
}

/** Something was called off. */
export function nothingChanged(): Message {
  return { summary: 'Nothing was changed.' };
}
