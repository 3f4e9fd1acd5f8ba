import type { OrganizationId } from '../../db/id.ts';
import type { Unaddressed } from '../membership/address-list.ts';
import type { GroupOffer } from '../membership/groups/offer-groups.ts';
import type { InviteResult } from '../membership/invitations/invite-members.ts';
import {
  isInvitable,
  type Review,
  type ReviewLine,
  type SeatsLine,
} from '../membership/invitations/review-invitations.ts';
import { groupRoleNames, roleNames } from '../membership/refusal.ts';
import { groupName } from './groups.ts';
import type { Button, Message, Row } from './message.ts';
import { poolName } from './pools.ts';
import { count, list, oneLine, upTo } from './words.ts';

/** How many lines one message shows: with buttons each is two blocks, and a platform draws no more than 50. */
const linesShown = 20;

/** What the admin looks at before anything is sent: one line per address, the doubtful ones first. */
export function reviewMessage(review: Review, about: { in?: OrganizationId } = {}): Message {
  const invitable = review.lines.filter(isInvitable).length;
  const doubtful = (line: ReviewLine) =>
    !isInvitable(line) || line.suggestion !== undefined || line.sharedMailbox === true;
  const odd = review.lines.filter(doubtful);
  const { shown, more } = upTo([...odd, ...review.lines.filter((line) => !doubtful(line))], linesShown);
  const oddToo = upTo(odd, linesShown).more;
  const short = review.seats.some(({ missing }) => missing > 0);
  const buttons: Button[] = [
    ...(invitable > 0 && !short
      ? [
          {
            label: `Send ${count(invitable, 'invitation')}`,
            action: { do: 'invite.send', draftId: review.draftId },
            style: 'primary',
          } as const,
        ]
      : []),
    ...(short ? [{ label: 'See licences', action: { do: 'licenses', ...about } } as const] : []),
    { label: 'Cancel', action: { do: 'invite.cancel' } },
  ];
  return {
    summary:
      invitable > 0
        ? `Invite ${count(invitable, 'person', 'people')} to ${review.organization}?`
        : `There is nobody new to invite to ${review.organization} here.`,
    body: [
      ...(invitable > 0
        ? [
            `They join as ${roleNames[review.role]}. ${short ? 'Nothing can be sent: seats are missing.' : 'Nothing is sent before you press Send.'}`,
            ...review.seats.map(seatsLine),
            ...groupsLine(review.groups),
          ]
        : []),
      ...(short
        ? [`${review.ask.length > 0 ? list(review.ask, 'or') : 'Whoever sets the seats'} can add seats.`]
        : []),
      ...(review.personalLine ? [`Your line to them: “${oneLine(review.personalLine, 300)}”`] : []),
    ],
    rows: shown.map((line) => reviewRow(line, review)),
    ...(more > 0
      ? {
          footnote: `And ${count(more, 'more address', 'more addresses')}, ${oddToo > 0 ? `${oddToo.toLocaleString('en')} of them as doubtful` : 'nothing odd about them'}.`,
        }
      : {}),
    buttons,
  };
}

/** "They come into team QA as User and project Payments app as Tester." */
function groupsLine(groups: readonly GroupOffer[]): string[] {
  if (groups.length === 0) return [];
  const { shown, more } = upTo(groups, 20);
  const names = shown.map(({ group, role }) => `${groupName(group)} as ${groupRoleNames[role]}`);
  return [`They come into ${list([...names, ...(more > 0 ? [`${more} more`] : [])])}.`];
}

/** "KSE in Payments: 12 of 15 after this". */
function seatsLine({ pool, after, missing }: SeatsLine): string {
  const number = (value: number) => value.toLocaleString('en');
  if (pool.kind === 'per-concurrent-use') {
    return `${poolName(pool)}: ${count(after, 'person', 'people')} after this, ${number(pool.total)} at the same time`;
  }
  const seats = pool.total - pool.dedicated;
  return missing > 0
    ? `${poolName(pool)}: ${number(seats - pool.used)} of ${number(seats)} left, ${count(missing, 'seat')} missing`
    : `${poolName(pool)}: ${number(after)} of ${number(seats)} after this`;
}

const whyUnaddressed: Record<Unaddressed, string> = {
  bot: 'cannot be invited: this is an app, not a person',
  guest: 'cannot be invited: guests cannot use usher',
  elsewhere: 'cannot be invited: they belong to another workspace; type the address they have here',
  gone: 'cannot be invited: their account is closed',
  hidden: 'usher cannot see the address of this person; type it instead',
};

function reviewRow(line: ReviewLine, { draftId }: Review): Row {
  if (!('email' in line)) {
    return {
      title: oneLine(line.text, 80) || '(nothing readable)',
      detail:
        line.verdict === 'unknown-mention'
          ? whyUnaddressed[line.why]
          : line.text.startsWith('@')
            ? 'usher cannot tell who this is; type the address instead'
            : 'not a valid address; it will be left out',
    };
  }
  const { email, suggestion } = line;
  const notes = [
    verdictWords(line),
    ...(suggestion ? [`did you mean ${suggestion}?`] : []),
    ...(line.sharedMailbox ? ['looks like a shared mailbox: whoever reads it can join'] : []),
  ];
  return {
    title: email,
    detail: notes.join(' · '),
    ...(suggestion && isInvitable(line)
      ? {
          buttons: [
            {
              label: oneLine(`Use ${suggestion}`, 75),
              action: { do: 'invite.change', draftId, from: email, to: suggestion } as const,
            },
          ],
        }
      : {}),
    ...(line.move ? { buttons: [{ label: 'Move…', action: { do: 'move', ...line.move } as const }] } : {}),
    ...(line.verdict === 'already-pending' && line.invitationId
      ? {
          buttons: [
            {
              label: 'Resend instead',
              action: { do: 'resend', invitationId: line.invitationId } as const,
            },
          ],
        }
      : {}),
  };
}

function verdictWords(line: Extract<ReviewLine, { email: string }>): string {
  switch (line.verdict) {
    case 'will-be-invited':
      return 'will be invited';
    case 'will-come-back':
      return 'was removed: will come back on joining';
    case 'already-pending':
      return 'already pending';
    case 'already-a-member':
      return 'already a member';
    case 'member-of-another-organization':
      return `belongs to ${line.home ?? 'another organization'}: joining moves nobody; an Account Admin can move them`;
  }
}

/** The result, again one line per address, the ones that were not sent first. */
export function inviteResultMessage(
  { organization, lines }: InviteResult,
  about: { in?: OrganizationId } = {},
): Message {
  const sent = lines.filter((line) => line.outcome === 'invited');
  const others = lines.filter((line) => line.outcome !== 'invited');
  const { shown, more } = upTo([...others, ...sent], linesShown);
  return {
    summary:
      sent.length > 0
        ? `Invited ${count(sent.length, 'person', 'people')} to ${organization}.`
        : `Nobody new was invited to ${organization}.`,
    body: sent.length > 0 ? ['usher tells you here what they answer.'] : [],
    rows: shown.map((line) => ({ title: line.email, detail: outcomeWords(line) })),
    ...(more > 0 ? { footnote: `And ${count(more, 'more person', 'more people')}, all invited.` } : {}),
    buttons: [{ label: 'See pending', action: { do: 'pending', ...about } }],
  };
}

function outcomeWords({ outcome, home }: InviteResult['lines'][number]): string {
  switch (outcome) {
    case 'invited':
    case 'will-be-invited':
    case 'will-come-back':
      return 'invited';
    case 'already-pending':
      return 'not sent: already pending';
    case 'already-a-member':
      return 'not sent: already a member';
    case 'member-of-another-organization':
      return `not sent: belongs to ${home ?? 'another organization'}, and joining moves nobody`;
  }
}

/** The review was called off. */
export function inviteCancelled(): Message {
  return { summary: 'Nothing was sent.' };
}
