import { type SQL, sql } from 'drizzle-orm';
import { asSearched, isLongEnough, matching, matchLimit, type TextColumns } from './search.ts';

/** The rows a list is about, before it is narrowed. */
export interface Rows {
  /** The table, and what the conditions call it. */
  table: SQL;
  as: SQL;
  /** What holds of all of them. */
  scope: SQL;
  /** The order of the list, which an index keeps. */
  inOrder: SQL;
}

/** Something that has to hold of a row. */
export interface Condition {
  holds: SQL;
  /** Selects the ids of so many rows at most of which it holds, from an index that knows them. */
  ids(most: number): SQL;
  /** Selects those rows themselves; only of conditions on the row alone. */
  rows?(most: number): SQL;
}

/** A condition on the row alone. `inOrder` is how its index keeps the rows, and keeps the planner from another one. */
export function ofRow({ table, as, scope }: Rows, holds: SQL, inOrder: SQL = sql``): Condition {
  const select = (what: SQL, most: number) => sql`
    select ${as}.${what} from ${table} ${as} where ${scope} and ${holds} ${inOrder} limit ${most}::int`;
  return { holds, ids: (most) => select(sql`id`, most), rows: (most) => select(sql`*`, most) };
}

/**
 * The condition that a text is found in these columns. An index on parts of a text gives nothing before it has read all
 * that fit: what a quarter of the first rows of the list have is looked for along the list instead.
 */
export function ofText(rowsOfList: Rows, text: string, columns: TextColumns): Condition {
  const { table, as, scope, inOrder } = rowsOfList;
  const holds = matching(text, columns);
  if (!isLongEnough(asSearched(text))) return ofRow(rowsOfList, holds);
  const first = (count: number) =>
    sql`(select * from ${table} ${as} where ${scope} ${inOrder} limit ${count}::int) ${as}`;
  const isCommon = sql`(select count(*) filter (where ${holds}) * 4 > count(*) from ${first(40)})`;
  const rows = (most: number) => sql`
    with common as materialized (
      select * from ${first(most * 5)} where ${isCommon} and ${holds} limit ${most}::int)
    select * from common where (select count(*) from common) = ${most}::int
    union all
    (select * from ${table} ${as} where ${scope} and ${holds} and (select count(*) from common) < ${most}::int
      limit ${most}::int)`;
  return { holds, ids: (most) => sql`select id from (${rows(most)}) as known`, rows };
}

/** A condition on what belongs to a row, found from there. */
export function ofOthers(holds: SQL, ids: SQL): Condition {
  return { holds, ids: (most) => sql`${ids} limit ${most}::int` };
}

/** What `with` has to define so that `matches` are the rows, and whether there were more than are looked at. */
export interface Narrowed {
  ctes: SQL;
  tooMany: SQL;
}

/**
 * Finds the rows of which all conditions hold. Each condition brings the ids it knows, one more than `limit` at most;
 * the shortest list decides whose rows are looked at, so a condition that fits everybody costs nothing beside one that
 * fits few. When even the shortest goes beyond the limit, only those rows are looked at, and that is said.
 */
export function narrow(rows: Rows, wanted: readonly Condition[], limit = matchLimit): Narrowed {
  const { table, as, scope } = rows;
  const most = limit + 1;
  const [only, ...others] = wanted;
  if (only?.rows && others.length === 0) {
    return {
      ctes: sql`matches as materialized (${only.rows(most)})`,
      tooMany: sql`(select count(*) > ${limit} from matches)`,
    };
  }
  // Of lists of one length the first is taken: what belongs to a row costs more to look at than the row.
  const conditions = [...wanted.filter((each) => !each.rows), ...wanted.filter((each) => each.rows)];
  const of = (write: (condition: Condition, set: SQL, place: number) => SQL, between: SQL) =>
    sql.join(
      conditions.map((condition, place) => write(condition, sql.raw(`ids${place}`), place)),
      between,
    );
  const sets = of(({ ids }, set) => sql`${set} as materialized (${ids(most)})`, sql`, `);
  const sizes = of((_, set, place) => sql`((select count(*)::int from ${set}), ${place}::int)`, sql`, `);
  const taken = sql`(select place from shortest)`;
  const chosen = of(
    (_, set, place) => sql`select id from ${set} where ${taken} = ${place}::int`,
    sql` union all `,
  );
  const hold = of(({ holds }, _, place) => sql`(${taken} = ${place}::int or ${holds})`, sql` and `);
  return {
    ctes: sql`${sets},
      shortest as materialized (
        select size, place from (values ${sizes}) as s (size, place) order by size, place limit 1),
      matches as materialized (
        select * from ${table} ${as} where ${as}.id = any(array(${chosen})) and ${scope} and ${hold})`,
    tooMany: sql`(select size > ${limit} from shortest)`,
  };
}
