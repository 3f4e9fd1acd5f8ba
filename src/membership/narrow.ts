import { type SQL, sql } from 'drizzle-orm';
import { matchLimit } from './search.ts';

/** The rows a list is about, before it is narrowed. */
export interface Rows {
  /** The table with its alias, and the id of a row. */
  table: SQL;
  id: SQL;
  /** What holds of all of them. */
  scope: SQL;
}

/** Something that has to hold of a row. */
export interface Condition {
  holds: SQL;
  /** Selects the ids of the rows of which it holds, from an index that knows them: without end, so that it can be cut off. */
  ids: SQL;
  /** What follows `where` to select those rows themselves; only of conditions on the row alone. */
  rows?: SQL;
}

/** A condition on the row alone. `inOrder` is how its index keeps the rows, and keeps the planner from another one. */
export function ofRow({ table, id, scope }: Rows, holds: SQL, inOrder: SQL = sql``): Condition {
  const rows = sql`${scope} and ${holds} ${inOrder}`;
  return { holds, rows, ids: sql`select ${id} as id from ${table} where ${rows}` };
}

/** A condition on what belongs to a row, found from there. */
export function ofOthers(holds: SQL, ids: SQL): Condition {
  return { holds, ids };
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
  const { table, id, scope } = rows;
  const [only, ...others] = wanted;
  if (only?.rows && others.length === 0) {
    return {
      ctes: sql`matches as materialized (select * from ${table} where ${only.rows} limit ${limit + 1})`,
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
  const sets = of(
    ({ ids }, set) => sql`${set} as materialized (select id from (${ids} limit ${limit + 1}) as known)`,
    sql`, `,
  );
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
        select * from ${table} where ${id} = any(array(${chosen})) and ${scope} and ${hold})`,
    tooMany: sql`(select size > ${limit} from shortest)`,
  };
}
