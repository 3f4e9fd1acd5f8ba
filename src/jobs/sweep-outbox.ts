import { claimDue, type JobContext } from './outbox.ts';

/** How many rows go to the queue in one call. */
const bulk = 1000;

/** Hands every due row to the queue. */
export async function sweepOutbox(
  { db }: Pick<JobContext, 'db'>,
  enqueue: (rows: { id: number; attempt: number }[]) => Promise<void>,
): Promise<number> {
  let handed = 0;
  for (;;) {
    const rows = await claimDue(db, bulk);
    if (rows.length > 0) await enqueue(rows);
    handed += rows.length;
    if (rows.length < bulk) return handed;
  }
}
