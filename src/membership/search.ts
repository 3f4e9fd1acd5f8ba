import { type SQL, sql } from 'drizzle-orm';
import { cleanLine } from './clean-text.ts';
import type { ListWords } from './list-words.ts';

/** A search looks at no more than this many matches; beyond, the person is asked to say more. */
export const matchLimit = 2_000;

/** Rows of one page, where the next one begins, and whether more matched than were looked at. */
export interface Page<Row> {
  rows: Row[];
  next?: string;
  tooMany?: true;
}

/** A page of a list of an organization, and the words it was narrowed by, as they were understood. */
export interface ListPage<Row> extends Page<Row> {
  organization: string;
  words: ListWords;
}

/** Where a text is searched, as the indexes are made: any part of one, the beginning of the other. */
export interface TextColumns {
  anywhere: SQL;
  prefix: SQL;
}

/** Where a member is searched. */
export const memberColumns: TextColumns = {
  anywhere: sql`lower(m.full_name || ' ' || m.email)`,
  prefix: sql`lower(m.full_name)`,
};

/**
 * The condition that finds `term` in a column pair: any part of `anywhere` (a trigram index) from three characters on,
 * the beginning of `prefix` for one or two, which trigrams cannot find. What people type never acts as a pattern.
 */
export function matching(term: string, columns: TextColumns): SQL {
  const literal = asSearched(term);
  if (isLongEnough(literal)) return sql`${columns.anywhere} like ${anywherePattern(literal)}`;
  // A range by bytes, which a plan made once for every term can follow in the index; it could not follow a pattern.
  return sql`(${columns.prefix} ~>=~ ${literal} and ${columns.prefix} ~<~ ${`${literal}\u{10FFFF}`})`;
}

/** What is looked for when somebody types this: names and addresses are compared in lower case. */
export function asSearched(term: string): string {
  return cleanLine(term, 200).toLowerCase();
}

/** Whether trigrams can find it anywhere; shorter ones are found at the beginning alone. */
export function isLongEnough(literal: string): boolean {
  return [...literal].length >= 3;
}

/** The pattern of whatever contains this, literally. */
export function anywherePattern(literal: string): string {
  return `%${literal.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Cuts the one row too many that tells whether there is a next page. */
export function pageOf<Row>(rows: Row[], size: number, keyOf: (row: Row) => string): Page<Row> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, ...(rows.length > size && last ? { next: keyOf(last) } : {}) };
}
