import type { Answers, Field, Fields, Option } from '../../src/commands/form.ts';
import { onlyFirst } from '../../src/messages/words.ts';

type Choice = Extract<Field, { kind: 'choice' | 'choices' }>;

/** How a choice is written in a card. */
export function renderOption({ label, value }: Option) {
  return { title: label, value };
}

/**
 * The same fields with as many options as fit into so many bytes of a card, the chosen ones and the first; a field that
 * shows only some says so. Short lists stay whole as long as the long ones can give way.
 */
export function fitOptions(fields: Fields, answers: Answers<Fields>, room: number): Fields {
  const lists = Object.entries(fields).filter((entry): entry is [string, Choice] => 'options' in entry[1]);
  const shortFirst = lists.sort(([, a], [, b]) => bytesOf(a.options) - bytesOf(b.options));
  let left = room;
  const fitted = shortFirst.map(([name, field], place) => {
    const options = keepWithin(field, answers[name], left / (shortFirst.length - place));
    left -= bytesOf(options);
    return [name, { ...field, options, ...hintOf(field, options.length) }];
  });
  return { ...fields, ...Object.fromEntries(fitted) };
}

function bytesOf(options: readonly Option[]): number {
  return Buffer.byteLength(JSON.stringify(options.map(renderOption)));
}

function keepWithin({ options, initial = [] }: Choice, answer: unknown, room: number): Option[] {
  const chosen = [answer ?? initial].flat();
  const isChosen = ({ value }: Option) => chosen.includes(value);
  let left = room;
  const chosenFirst = [...options.filter(isChosen), ...options.filter((option) => !isChosen(option))];
  const kept = chosenFirst.filter((option) => {
    left -= bytesOf([option]);
    return left >= 0;
  });
  return options.filter((option) => kept.includes(option));
}

function hintOf({ hint, options }: Choice, shown: number): { hint?: string } {
  if (shown === options.length) return {};
  return { hint: [...(hint ? [hint] : []), onlyFirst(shown, options.length)].join(' ') };
}
