import { distance } from 'fastest-levenshtein';
import { cleanLine } from './clean-text.ts';
import { Refusal } from './refusal.ts';

/** Everything a list can be narrowed by; each list knows some of them. */
export type FilterKey =
  | ('role' | 'license' | 'team' | 'project' | 'idle' | 'expired' | 'delivery')
  | ('about' | 'by' | 'on' | 'since');

/** One filter as it was typed: `license:"TestOps Guest"`. */
export interface Filter<Key extends FilterKey = FilterKey> {
  key: Key;
  value: string;
}

/** What somebody looks for in a list: free text, and filters of which every one has to hold. */
export interface ListWords<Key extends FilterKey = FilterKey> {
  text: string;
  filters: Filter<Key>[];
}

/** The most filters one search takes. */
export const mostFilters = 8;

/** Other spellings of a filter. */
const aliases: Record<string, string> = { licence: 'license', licenses: 'license', licences: 'license' };

/**
 * Reads the words behind a list: filters `key:value` or `key:"two words"` anywhere among free text, which may be quoted
 * too and then means itself. Refuses a filter the list does not have, naming the nearest.
 */
export function parseListWords<Key extends FilterKey>(words: string, known: readonly Key[]): ListWords<Key> {
  // Phones turn straight quotes into curly ones while people type.
  const line = cleanLine(words.replace(/[“”„‟]/g, '"'), 1_000);
  const texts: string[] = [];
  const filters: Filter<Key>[] = [];
  for (const [, name, quotedValue, value, quotedText, text] of line.matchAll(token)) {
    if (name === undefined) texts.push(quotedText ?? text ?? '');
    else filters.push({ key: keyNamed(name, known), value: (quotedValue ?? value ?? '').trim() });
  }
  return {
    text: texts
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join(' '),
    filters: filters.slice(0, mostFilters),
  };
}

const token = /(?:([a-z]+):(?:"([^"]*)"?|([^\s"]*)))|"([^"]*)"?|([^\s"]+)/gi;

function keyNamed<Key extends FilterKey>(name: string, known: readonly Key[]): Key {
  const typed = name.toLowerCase();
  const wanted = aliases[typed] ?? typed;
  const key = known.find((each) => each === wanted);
  if (key) return key;
  throw new Refusal('filter-not-known', { filter: typed, known, nearest: nearestTo(typed, known) });
}

/** Writes the words that are read as exactly this. A quotation mark inside cannot be written, and is left out. */
export function formatListWords({ text, filters }: ListWords): string {
  const written = filters.map(({ key, value }) => `${key}:${quoted(value, /^[^\s"]+$/)}`);
  const free = text === '' ? [] : [quotedText(text)];
  return [...free, ...written].join(' ');
}

function quotedText(text: string): string {
  return text
    .split(' ')
    .map((word) => (/^[a-z]+:/i.test(word) ? quoted(word, /^$/) : word.replaceAll('"', '')))
    .join(' ');
}

function quoted(value: string, plain: RegExp): string {
  return plain.test(value) ? value : `"${value.replaceAll('"', '')}"`;
}

/** Which of these somebody may have meant; undefined when there is none. */
function nearestTo(typed: string, known: readonly string[]): string | undefined {
  const near = (candidate: string) => distance(candidate.toLowerCase(), typed.toLowerCase().slice(0, 60));
  return [...known].sort((a, b) => near(a) - near(b))[0];
}

/** Refuses the value of a filter, naming what there is and the nearest of it. */
export function refuseValue(
  { key, value }: Filter,
  known: readonly string[],
  more: { examples?: true } = {},
): Refusal<'filter-value-not-known'> {
  const nearest = more.examples ? undefined : nearestTo(value, known);
  return new Refusal('filter-value-not-known', {
    ...{ filter: key, value, known: known.slice(0, 12), ...more },
    ...(nearest && value !== '' ? { nearest } : {}),
  });
}
