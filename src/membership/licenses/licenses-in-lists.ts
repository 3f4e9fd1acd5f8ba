import { type SQL, sql } from 'drizzle-orm';
import type { Standing } from '../policy.ts';

/** Defines `products` for a `with`: the catalogue is short and read once, not for each row of a list. */
export function products({ accountId }: Standing): SQL {
  return sql`products as materialized (select id, name from license_product where account_id = ${accountId})`;
}

/** The names of what one row of a list has, as an array, by name. */
export function licensesOf(table: SQL, isOfRow: SQL): SQL {
  return sql`array(select d.name from ${table} join products d on d.id = product_id where ${isOfRow} order by d.name)`;
}
