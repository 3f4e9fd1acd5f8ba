import type { MoveConsequences } from '../membership/members/move-member.ts';
import type { MovedLine, MoveReview } from '../membership/members/move-members.ts';
import { roleNames } from '../membership/refusal.ts';
import { leftLines } from './groups.ts';
import type { Message } from './message.ts';
import { whyNot } from './obstacles.ts';
import { isUnhindered, leftAsTheyAre, moreLines, oddFirst, peopleReview } from './people-review.ts';
import { count, list, oneLine, upTo } from './words.ts';

/** What becomes of what somebody has who moves, half a sentence each. */
export function movingLines({ freed, machines, kept, invitations, groups }: MoveConsequences): string[] {
  return [
    ...(freed.length > 0
      ? [`${count(freed.length, 'seat')} will be free: ${list(upTo(freed, 10).shown)}`]
      : []),
    ...(machines > 0 ? [`${count(machines, 'registered machine')} will be dropped`] : []),
    ...leftLines(groups, 'leaves'),
    ...(kept.length > 0 ? [`keeps ${list(upTo(kept, 10).shown)}`] : []),
    ...(invitations > 0 ? [`${count(invitations, 'pending invitation')} they sent will stay open`] : []),
  ];
}

/** Who would move, what is freed and what stays, and who does not move and why, before anybody is moved. */
export function moveReview(review: MoveReview, unknown: readonly string[]): Message {
  const { to, role } = review;
  return peopleReview(review, {
    unknown,
    isGoing: isUnhindered,
    isNotable: ({ consequences }) => movingLines(consequences).length > 0,
    question: (whom) => `Move ${whom} to ${to}?`,
    nothing: 'Nobody would be moved.',
    meaning: `There they will be ${roleNames[role]}: the role they have now is not carried along. Licences of the account and projects stay theirs; seats and teams of the organization they leave do not.`,
    rowOf: (line) => ({
      title: oneLine(line.fullName, 100),
      detail: [
        line.email,
        line.obstacle
          ? `stays ${roleNames[line.from]} of ${oneLine(line.organization, 100)}: ${whyNot(line.obstacle)}`
          : `${roleNames[line.from]} of ${oneLine(line.organization, 100)} → ${roleNames[role]}`,
        ...(line.obstacle ? [] : movingLines(line.consequences)),
      ].join(' · '),
    }),
    confirm: (going, draftId) => ({
      label: going === 1 ? 'Move' : `Move ${going}`,
      action: { do: 'move.confirm', draftId },
      style: 'primary',
    }),
    keep: (going) => (going === 1 ? 'Keep them there' : 'Keep all of them'),
  });
}

/** What became of each. */
export function moveResult({ to, lines }: { to: string; lines: readonly MovedLine[] }, left = 0): Message {
  const moved = lines.filter(isUnhindered);
  const { shown, more } = oddFirst(lines, isUnhindered);
  return {
    summary:
      moved.length > 0 ? `Moved ${count(moved.length, 'person', 'people')} to ${to}.` : 'Nobody was moved.',
    body: leftAsTheyAre(left),
    rows: shown.map((line) => ({
      title: oneLine(line.fullName, 100),
      detail: line.obstacle
        ? `not moved: ${whyNot(line.obstacle)}`
        : ['moved', ...(line.freed > 0 ? [`${count(line.freed, 'seat')} free again`] : [])].join(' · '),
      ...(line.obstacle
        ? {}
        : { buttons: [{ label: 'Card', action: { do: 'card', memberId: line.memberId } as const }] }),
    })),
    ...moreLines(more, ', all moved'),
  };
}
