import type { DraftId } from '../../db/id.ts';
import type { Line } from '../membership/members/change-lines.ts';
import type { Button, Message, Row } from './message.ts';
import { unknownLine } from './obstacles.ts';
import { count, oneLine, upTo } from './words.ts';

/** How many lines one message shows. */
const linesShown = 20;

/** The words in which a change of several people is asked about. */
interface Words<Kind extends Line> {
  unknown: readonly string[];
  /** Whether a line is about somebody who changes; everybody else comes first. */
  isGoing(line: Kind): boolean;
  /** Whether there is more to say of them than that; they come next, to be seen however many there are. */
  isNotable(line: Kind): boolean;
  question(whom: string): string;
  nothing: string;
  /** What confirming means. */
  meaning: string;
  rowOf(line: Kind): Row;
  confirm(going: number, draftId: DraftId): Button;
  keep(going: number): string;
}

/** Who changes and who does not and why, before anything is changed; without a draft there is nothing to confirm. */
export function peopleReview<Kind extends Line>(
  { draftId, lines }: { draftId?: DraftId; lines: readonly Kind[] },
  words: Words<NoInfer<Kind>>,
): Message {
  const going = lines.filter(words.isGoing);
  const rank = (line: Kind) => (words.isGoing(line) ? (words.isNotable(line) ? 1 : 2) : 0);
  const { shown, more } = upTo(
    lines.toSorted((a, b) => rank(a) - rank(b)),
    linesShown,
  );
  const [only] = going;
  const whom =
    going.length === 1 && only ? oneLine(only.fullName, 100) : count(going.length, 'person', 'people');
  return {
    summary: draftId ? words.question(whom) : words.nothing,
    body: [...(draftId ? [words.meaning] : []), ...unknownLine(words.unknown)],
    rows: shown.map(words.rowOf),
    ...moreLines(more),
    ...(draftId
      ? {
          buttons: [
            words.confirm(going.length, draftId),
            { label: words.keep(going.length), action: { do: 'keep' } },
          ],
        }
      : {}),
  };
}

/** Whether nothing stands in the way of a line. */
export function isUnhindered({ obstacle }: Pick<Line, 'obstacle'>): boolean {
  return obstacle === undefined;
}

/** What needs a look before what does not, as far as one message shows it. */
export function oddFirst<Kind>(
  lines: readonly Kind[],
  isGoing: (line: Kind) => boolean,
): { shown: Kind[]; more: number } {
  return upTo([...lines.filter((line) => !isGoing(line)), ...lines.filter(isGoing)], linesShown);
}

/** How many lines are not shown, and what became of all of them. */
export function moreLines(more: number, became = ''): Pick<Message, 'footnote'> {
  return more > 0 ? { footnote: `And ${count(more, 'more person', 'more people')}${became}.` } : {};
}

/** Who was not reached before it was stopped. */
export function leftAsTheyAre(left: number): string[] {
  return left > 0
    ? [`You stopped it: ${count(left, 'person stays as they are', 'people stay as they are')}.`]
    : [];
}
