import { type SQL, sql } from 'drizzle-orm';
import { cleanLine } from './clean-text.ts';

/** A search looks at no more than this many matches; beyond, the person is asked to say more. */
export const matchLimit = 2_000;

/** Rows of one page, where the next one begins, and whether more matched than were looked at. */
export interface Page<Row> {
  rows: Row[];
  next?: string;
  tooMany?: true;
}

/**
 * The condition that finds `term` in a column pair: any part of `anywhere` (a trigram index) from three characters on,
 * the beginning of `prefix` for one or two, which trigrams cannot find. What people type never acts as a pattern.
 */
export function matching(term: string, columns: { anywhere: SQL; prefix: SQL }): SQL {
  const literal = cleanLine(term, 200).toLowerCase();
  if ([...literal].length >= 3) {
    return sql`${columns.anywhere} like ${`%${literal.replace(/[\\%_]/g, '\\$&')}%`}`;
  }
  // A range by bytes, which a plan made once for every term can follow in the index; it could not follow a pattern.
  return sql`(${columns.prefix} ~>=~ ${literal} and ${columns.prefix} ~<~ ${`${literal}\u{10FFFF}`})`;
}

/** Cuts the one row too many that tells whether there is a next page. */
export function pageOf<Row>(rows: Row[], size: number, keyOf: (row: Row) => string): Page<Row> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, ...(rows.length > size && last ? { next: keyOf(last) } : {}) };
}
