import type { Refusals } from '../membership/refusal.ts';
import type { Message } from './message.ts';
import { list, oneLine, quoted } from './words.ts';

/** The sentences for search words that are not understood. */
export const aboutLists: {
  [Code in 'filter-not-known' | 'filter-value-not-known']: (data: Refusals[Code]) => Message;
} = {
  'filter-not-known': ({ filter, known, nearest }) => ({
    summary: `This list cannot be narrowed by “${oneLine(filter, 30)}:”.`,
    body: [
      ...(nearest ? [`Perhaps you mean “${nearest}:”.`] : []),
      `It can be narrowed by ${list(known.map((each) => `${each}:`))}. To look for those very letters, put them in quotation marks.`,
    ],
  }),
  'filter-value-not-known': ({ filter, value, known, nearest, examples }) => ({
    summary:
      value === ''
        ? `Nothing stands behind “${filter}:”.`
        : `There is nothing called ${quoted(value, 40)} for “${filter}:”.`,
    body: [
      ...(nearest ? [`Perhaps you mean “${oneLine(nearest, 60)}”.`] : []),
      known.length > 0
        ? `${examples ? 'Type, for example,' : 'It can be'} ${named(known)}.`
        : 'There is none yet.',
    ],
  }),
};

function named(known: readonly string[]): string {
  return list(
    known.map((each) => oneLine(each, 60)),
    'or',
  );
}
