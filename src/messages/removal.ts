import type { DraftId } from '../../db/id.ts';
import type { Consequences } from '../membership/members/close-member.ts';
import type { RemovedMember } from '../membership/members/list-removed.ts';
import type { RemovalReview, RemovedLine } from '../membership/members/remove-members.ts';
import { roleNames } from '../membership/refusal.ts';
import type { ListPage } from '../membership/search.ts';
import { leftLines } from './groups.ts';
import { type Asked, narrowedTo, navigation, tooManyNote } from './lists.ts';
import type { Message } from './message.ts';
import { whyNot } from './obstacles.ts';
import { isUnhindered, leftAsTheyAre, moreLines, oddFirst, peopleReview } from './people-review.ts';
import { count, day, list, oneLine, upTo } from './words.ts';

/** What goes with somebody who goes, one sentence each. */
function consequenceLines(
  { invitations, licenses, machines, groups }: Consequences,
  whose = 'theirs',
): string[] {
  const { count: number, emails } = invitations;
  const more = number - emails.length;
  const named = list([...emails, ...(more > 0 ? [count(more, 'other')] : [])]);
  return [
    ...(licenses.length > 0
      ? [`${count(licenses.length, 'seat')} will be free: ${list(upTo(licenses, 10).shown)}`]
      : []),
    ...(machines > 0 ? [`${count(machines, 'registered machine')} will be dropped`] : []),
    ...leftLines(groups, whose === 'yours' ? 'You leave' : 'leaves'),
    ...(number > 0 ? [`${count(number, 'pending invitation')} of ${whose} will be revoked: ${named}`] : []),
  ];
}

/** Who would go and what with them, and who stays and why, before anybody is removed. */
export function removalReview(review: RemovalReview, unknown: readonly string[]): Message {
  return peopleReview(review, {
    unknown,
    isGoing: isUnhindered,
    isNotable: ({ consequences }) => consequenceLines(consequences).length > 0,
    question: (whom) => `Remove ${whom}?`,
    nothing: 'Nobody would be removed.',
    meaning: 'Their access ends at once. What they did stays on record, and they can be invited back.',
    rowOf: (line) => ({
      title: oneLine(line.fullName, 100),
      detail: [
        line.email,
        line.obstacle
          ? `stays ${roleNames[line.role]}: ${whyNot(line.obstacle)}`
          : `${roleNames[line.role]} of ${line.organization}`,
        ...(line.obstacle ? [] : consequenceLines(line.consequences)),
      ].join(' · '),
    }),
    confirm: (going, draftId) => ({
      label: going === 1 ? 'Remove' : `Remove ${going}`,
      action: { do: 'remove.confirm', draftId },
      style: 'danger',
    }),
    keep: (going) => (going === 1 ? 'Keep them here' : 'Keep all of them'),
  });
}

/** What became of each. */
export function removalResult(lines: readonly RemovedLine[], left = 0): Message {
  const gone = lines.filter(isUnhindered);
  const { shown, more } = oddFirst(lines, isUnhindered);
  return {
    summary: gone.length > 0 ? `Removed ${count(gone.length, 'person', 'people')}.` : 'Nobody was removed.',
    body: leftAsTheyAre(left),
    rows: shown.map((line) => ({
      title: oneLine(line.fullName, 100),
      detail: line.obstacle
        ? `not removed: ${whyNot(line.obstacle)}`
        : [
            'removed',
            ...(line.licenses > 0 ? [`${count(line.licenses, 'seat')} free again`] : []),
            ...(line.revoked > 0 ? [`${count(line.revoked, 'invitation')} revoked`] : []),
          ].join(' · '),
    })),
    ...moreLines(more, ', all removed'),
    buttons: [{ label: 'See who was removed', action: { do: 'removed' } }],
  };
}

/** Asked before somebody leaves. */
export function leaveReview(leaving: {
  draftId: DraftId;
  organization: string;
  consequences: Consequences;
}): Message {
  return {
    summary: `Leave ${leaving.organization}?`,
    body: [
      'Your access ends at once. The way back is a new invitation.',
      ...consequenceLines(leaving.consequences, 'yours').map((line) => `${line}.`),
    ],
    buttons: [
      { label: 'Leave', action: { do: 'leave.confirm', draftId: leaving.draftId }, style: 'danger' },
      { label: 'Stay', action: { do: 'keep' } },
    ],
  };
}

/** Somebody has left. */
export function leftMessage({ organization, revoked }: { organization: string; revoked: number }): Message {
  return {
    summary: `You have left ${organization}.`,
    body: [
      ...(revoked > 0
        ? [`${count(revoked, 'invitation')} of yours ${revoked === 1 ? 'was' : 'were'} revoked.`]
        : []),
      'If you would like to come back, ask one of its admins for an invitation.',
    ],
  };
}

const reasonWords: Record<RemovedMember['reason'], (by: string) => string> = {
  removed: (by) => `removed by ${by}`,
  left: () => 'left by themselves',
};

/** Why somebody is not active any more, and who did it. */
export function removalWords(reason: RemovedMember['reason'], by: string): string {
  return reasonWords[reason](oneLine(by, 60));
}

/** The list of those who were removed or left. */
export function removedList(page: ListPage<RemovedMember>, asked: Asked): Message {
  const about = `emoved from ${page.organization}${narrowedTo(page.words)}`;
  return {
    summary: page.rows.length > 0 ? `R${about}` : `Nobody r${about}.`,
    rows: page.rows.map((row) => ({
      title: oneLine(row.fullName, 100),
      detail: `${row.email} · ${removalWords(row.reason, row.removedBy)} · ${day(row.removedAt)}`,
      buttons: [
        { label: 'Invite back', action: { do: 'invite.back', memberId: row.id } },
        { label: 'Card', action: { do: 'card', memberId: row.id } },
      ],
    })),
    ...tooManyNote(page),
    buttons: navigation('removed', page, asked),
  };
}
