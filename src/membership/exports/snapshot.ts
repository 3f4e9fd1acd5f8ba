import { type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';

/** How many rows are in memory at a time; two such batches are, for one is fetched while the other is used. */
const batchSize = 1_000;

/** Reads in one snapshot, which lasts as long as the reading; a connection on which nothing moves ends all the same. */
export function inSnapshot(db: Database, read: (tx: Transaction) => Promise<void>): Promise<void> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`set local idle_in_transaction_session_timeout = '60s'`);
      await tx.execute(sql`set local statement_timeout = '60s'`);
      await read(tx);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** What a statement selects, by a cursor; the next batch is on its way while one is used. */
export async function* batchesOf<Row extends Record<string, unknown>>(
  tx: Transaction,
  select: SQL,
): AsyncGenerator<Row[]> {
  await tx.execute(sql`declare exported no scroll cursor for ${select}`);
  // drizzle asks again each time somebody waits for what it returned: a promise of our own asks once.
  const fetch = async () =>
    (await tx.execute(sql.raw(`fetch ${batchSize} from exported`))) as unknown as Row[];
  let next = fetch();
  for (;;) {
    const rows = await next;
    if (rows.length === batchSize) {
      next = fetch();
      // Whoever stops reading leaves it behind; its failure is that of the transaction.
      next.catch(() => {});
    }
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) break;
  }
  await tx.execute(sql`close exported`);
}
