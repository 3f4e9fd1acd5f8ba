import type { MoveConsequences } from '../membership/members/move-member.ts';
import type { MovedLine, MoveReview } from '../membership/members/move-members.ts';
import { roleNames } from '../membership/refusal.ts';
import { leftLines } from './groups.ts';
import type { Message } from './message.ts';
import { unknownLine, whyNot } from './obstacles.ts';
import { count, list, oneLine, upTo } from './words.ts';

/** How many lines one message shows. */
const linesShown = 20;

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
export function moveReview({ to, role, draftId, lines }: MoveReview, unknown: readonly string[]): Message {
  const going = lines.filter((line) => !line.obstacle);
  const { shown, more } = upTo([...lines.filter((line) => line.obstacle), ...going], linesShown);
  const [only] = going;
  const whom =
    going.length === 1 && only ? oneLine(only.fullName, 100) : count(going.length, 'person', 'people');
  return {
    summary: draftId ? `Move ${whom} to ${to}?` : 'Nobody would be moved.',
    body: [
      ...(draftId
        ? [
            `There they will be ${roleNames[role]}: the role they have now is not carried along. Licences of the account and projects stay theirs; seats and teams of the organization they leave do not.`,
          ]
        : []),
      ...unknownLine(unknown),
    ],
    rows: shown.map((line) => ({
      title: oneLine(line.fullName, 100),
      detail: [
        line.email,
        line.obstacle
          ? `stays ${roleNames[line.from]} of ${oneLine(line.organization, 100)}: ${whyNot(line.obstacle)}`
          : `${roleNames[line.from]} of ${oneLine(line.organization, 100)} → ${roleNames[role]}`,
        ...(line.obstacle ? [] : movingLines(line.consequences)),
      ].join(' · '),
    })),
    ...(more > 0 ? { footnote: `And ${count(more, 'more person', 'more people')}.` } : {}),
    ...(draftId
      ? {
          buttons: [
            {
              label: going.length === 1 ? 'Move' : `Move ${going.length}`,
              action: { do: 'move.confirm', draftId } as const,
              style: 'primary' as const,
            },
            {
              label: going.length === 1 ? 'Keep them there' : 'Keep all of them',
              action: { do: 'keep' } as const,
            },
          ],
        }
      : {}),
  };
}

/** What became of each. */
export function moveResult({ to, lines }: { to: string; lines: readonly MovedLine[] }): Message {
  const moved = lines.filter((line) => !line.obstacle);
  const { shown, more } = upTo([...lines.filter((line) => line.obstacle), ...moved], linesShown);
  return {
    summary:
      moved.length > 0 ? `Moved ${count(moved.length, 'person', 'people')} to ${to}.` : 'Nobody was moved.',
    rows: shown.map((line) => ({
      title: oneLine(line.fullName, 100),
      detail: line.obstacle
        ? `not moved: ${whyNot(line.obstacle)}`
        : ['moved', ...(line.freed > 0 ? [`${count(line.freed, 'seat')} free again`] : [])].join(' · '),
      ...(line.obstacle
        ? {}
        : { buttons: [{ label: 'Card', action: { do: 'card', memberId: line.memberId } as const }] }),
    })),
    ...(more > 0 ? { footnote: `And ${count(more, 'more person', 'more people')}, all moved.` } : {}),
  };
}
