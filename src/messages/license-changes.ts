import type { AssignLine } from '../membership/licenses/allocate.ts';
import type { AssignResult } from '../membership/licenses/assign-licenses.ts';
import type { Product } from '../membership/licenses/list-products.ts';
import type { TakeBackLine } from '../membership/licenses/take-back-licenses.ts';
import type { Button, Message, Row } from './message.ts';
import { unknownLine, whyNot } from './obstacles.ts';
import { sourceName } from './pools.ts';
import { count, oneLine, upTo } from './words.ts';

/** How many lines one message shows. */
const linesShown = 20;

/** What became of each; those who got none first. */
export function assignResult({ product, lines }: AssignResult, unknown: readonly string[]): Message {
  const isNew = ({ outcome }: AssignLine) => outcome === 'assigned' || outcome === 'moved';
  const given = lines.filter(isNew);
  const short = lines.filter(({ outcome }) => outcome === 'no-seat').length;
  const whom = count(given.length, 'person', 'people');
  return {
    summary: given.length > 0 ? `${product}: assigned to ${whom}.` : `${product}: nothing was changed.`,
    body: [
      ...(short > 0 ? [`For ${count(short, 'person', 'people')} there was no seat left.`] : []),
      ...unknownLine(unknown),
    ],
    ...result([...lines.filter((line) => !isNew(line)), ...given], (line) =>
      line.obstacle ? whyNot(line.obstacle) : assignWords(line),
    ),
  };
}

function assignWords({ outcome, pool, from }: AssignLine): string {
  const source = sourceName(pool?.organization ?? null);
  switch (outcome) {
    case 'assigned':
      return `has it from ${source} now`;
    case 'moved':
      return `has it from ${source} now, no longer from ${sourceName(from?.organization ?? null)}`;
    case 'held':
      return `has it already, from ${source}`;
    default:
      return 'no seat left';
  }
}

/** What became of each; those from whom nothing was taken first. */
export function takeBackResult(
  { product, lines }: { product: string; lines: TakeBackLine[] },
  unknown: readonly string[],
): Message {
  const isTaken = ({ outcome }: TakeBackLine) => outcome === 'taken-back';
  const taken = lines.filter(isTaken);
  const whom = count(taken.length, 'person', 'people');
  return {
    summary:
      taken.length > 0 ? `${product}: taken back from ${whom}.` : `${product}: nothing was taken back.`,
    body: unknownLine(unknown),
    ...result([...lines.filter((line) => !isTaken(line)), ...taken], takenWords),
  };
}

function takenWords({ obstacle, outcome, machines }: TakeBackLine): string {
  if (obstacle) return whyNot(obstacle);
  if (outcome === 'not-held') return 'had none';
  return ['taken back', ...(machines > 0 ? [`${count(machines, 'machine')} forgotten`] : [])].join(' · ');
}

function result<Line extends AssignLine | TakeBackLine>(
  lines: readonly Line[],
  words: (line: Line) => string,
): Pick<Message, 'rows' | 'footnote' | 'buttons'> {
  const { shown, more } = upTo(lines, linesShown);
  const [only] = lines;
  const buttons: Button[] = [
    ...(lines.length === 1 && only
      ? [{ label: 'Card', action: { do: 'card', memberId: only.memberId } } as const]
      : []),
    { label: 'All licences', action: { do: 'licenses' } },
  ];
  return {
    rows: shown.map(
      (line): Row => ({ title: oneLine(line.fullName, 100), detail: `${line.email} · ${words(line)}` }),
    ),
    ...(more > 0 ? { footnote: `And ${count(more, 'more person', 'more people')}.` } : {}),
    buttons,
  };
}

const kindWords: Record<Product['kind'], string> = {
  'per-seat': 'per seat',
  'per-concurrent-use': 'per concurrent use: any number of people',
};

/** The kinds of products in words, as something to choose. */
export const kindNames: Record<Product['kind'], string> = {
  'per-seat': 'Per seat: one person a seat',
  'per-concurrent-use': 'Per concurrent use: any number of people',
};

/** The products there are, with what an Account Admin may do to them. */
export function catalogue(
  { products, more }: { products: Product[]; more: boolean },
  notice?: string,
): Message {
  return {
    summary: 'The catalogue of licences',
    ...(notice ? { body: [notice] } : {}),
    rows: products.map(({ id: productId, name, kind, retired }) => ({
      title: name,
      detail: `${kindWords[kind]}${retired ? ' · retired: offered to nobody new' : ''}`,
      buttons: [
        { label: 'Rename…', action: { do: 'product.rename', productId } },
        retired
          ? { label: 'Offer again', action: { do: 'product.retire', productId, retired: false } }
          : { label: 'Retire', action: { do: 'product.retire', productId, retired: true }, style: 'danger' },
      ],
    })),
    ...(more ? { footnote: 'There are more; these are the first twenty.' } : {}),
    buttons: [
      { label: 'Add a product…', action: { do: 'product.add' } },
      { label: 'All licences', action: { do: 'licenses' } },
    ],
  };
}

/** One sentence on a change of the catalogue, for the top of it. */
export const catalogueNotices = {
  added: (product: string) => `${product} was added. It has no seats yet: set them under All licences.`,
  renamed: (from: string, to: string) =>
    from === to ? `${to} keeps its name.` : `${from} is called ${to} now; seats and holders stay.`,
  retired: (product: string) =>
    `${product} is offered to nobody new. Whoever has it keeps it until it is taken back.`,
  restored: (product: string) => `${product} is offered again.`,
};
