import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FilterKey,
  formatListWords,
  type ListWords,
  mostFilters,
  parseListWords,
} from '../../src/membership/list-words.ts';
import { Refusal } from '../../src/membership/refusal.ts';

const known = ['role', 'license', 'idle'] as const satisfies FilterKey[];
const parse = (words: string) => parseListWords(words, known);

test.each<[string, string, [string, string][]]>([
  ['', '', []],
  ['ana ruiz', 'ana ruiz', []],
  ['role:admin', '', [['role', 'admin']]],
  ['ana  role:admin\truiz', 'ana ruiz', [['role', 'admin']]],
  [
    'Role:Admin IDLE:30d',
    '',
    [
      ['role', 'Admin'],
      ['idle', '30d'],
    ],
  ],
  ['license:"TestOps Guest" ana', 'ana', [['license', 'TestOps Guest']]],
  ['license:“TestOps Guest” ana', 'ana', [['license', 'TestOps Guest']]],
  ['license:"TestOps Guest', '', [['license', 'TestOps Guest']]],
  [
    'licence:KSE licenses:KRE',
    '',
    [
      ['license', 'KSE'],
      ['license', 'KRE'],
    ],
  ],
  ['"role:admin" ana', 'role:admin ana', []],
  ['ana@acme.com', 'ana@acme.com', []],
  [':smile: 10:30', ':smile: 10:30', []],
  ['role:', '', [['role', '']]],
  ['O"Neil', 'O Neil', []],
  ['""', '', []],
])('"%s" means the text "%s" and the filters %j', (words, text, filters) => {
  expect(parse(words)).toEqual({ text, filters: filters.map(([key, value]) => ({ key, value })) });
});

test('a filter the list does not have is refused, and the nearest named', () => {
  expect(() => parse('rôle:x rol:admin')).toThrow(Refusal);
  expect(() => parse('lisence:KSE')).toThrow(
    expect.objectContaining({ data: { filter: 'lisence', known, nearest: 'license' } }),
  );
});

test('more filters than one search takes are left out', () => {
  expect(parse('role:user '.repeat(50)).filters).toHaveLength(mostFilters);
});

describe('whatever words', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9@.:_%'é🙂-]{1,12}$/u);
  const value = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  const words: fc.Arbitrary<ListWords> = fc.record({
    text: fc.array(word, { maxLength: 4 }).map((parts) => parts.join(' ')),
    filters: fc.array(fc.record({ key: fc.constantFrom(...known), value }), { maxLength: mostFilters }),
  });

  test('are written, they are read as the same', () => {
    fc.assert(
      fc.property(words, (wanted) => {
        expect(parse(formatListWords(wanted))).toEqual(wanted);
      }),
    );
  });

  test('are typed, in any order, they mean the same', () => {
    const shuffled = words.chain(({ text, filters }) =>
      fc
        .shuffledSubarray([...Array(filters.length + 1).keys()], { minLength: filters.length + 1 })
        .map((order) => ({ text, filters, order })),
    );
    fc.assert(
      fc.property(shuffled, ({ text, filters, order }) => {
        const parts = order.map((place) =>
          formatListWords(
            place === filters.length
              ? { text, filters: [] }
              : { text: '', filters: filters.slice(place, place + 1) },
          ),
        );
        const read = parse(parts.join(' '));
        const sorted = (list: readonly { key: string; value: string }[]) =>
          list.map((each) => JSON.stringify(each)).sort();
        expect([read.text, sorted(read.filters)]).toEqual([text, sorted(filters)]);
      }),
    );
  });

  test('are typed, they are understood or refused in words, and never break anything', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(...'role:"idle license “” \n\u0000\u200b'), maxLength: 80 }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        try {
          const read = parse(text);
          expect(parse(formatListWords(read)).filters).toHaveLength(read.filters.length);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
