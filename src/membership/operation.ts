import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { Context } from './context.ts';
import type { PrivilegedAction } from './privileged-actions.ts';
import { recordRefusal } from './record.ts';
import { Refusal } from './refusal.ts';

/** Deadlock and serialization failure: the whole transaction may be tried again. */
const worthRetrying = new Set(['40P01', '40001']);
const lockTimedOut = '55P03';
const attempts = 5;

/**
 * Runs one operation in one transaction. All of it is committed, or nothing. A refusal undoes everything and, when the
 * operation is privileged, leaves an audit row of its own.
 */
export async function operation<Result>(
  context: Context,
  run: (tx: Transaction) => Promise<Result>,
  privileged?: { action: PrivilegedAction; subject?: string },
): Promise<Result> {
  try {
    const result = await retrying(() => context.db.transaction((tx) => once(tx, context.replayKey, run)));
    context.announce();
    return result;
  } catch (error) {
    if (error instanceof Refusal && privileged) await recordRefusal(context, privileged, error);
    throw error;
  }
}

async function retrying<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      const code = sqlState(error);
      if (code === lockTimedOut) throw new Refusal('busy', {});
      if (code === undefined || !worthRetrying.has(code) || attempt === attempts) throw error;
      await wait(Math.random() * 20 * attempt);
    }
  }
}

/** Two calls with one key: the second waits for the first to commit, and is given its answer. */
async function once<Result>(
  tx: Transaction,
  key: string | undefined,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  if (key === undefined) return run(tx);
  const [claimed] = await tx.execute(
    sql`insert into replay_key (key) values (${key}) on conflict do nothing returning key`,
  );
  if (!claimed) {
    const [first] = await tx.execute<{ answer: Result }>(
      sql`select answer from replay_key where key = ${key}`,
    );
    if (first) return first.answer;
    throw new Refusal('busy', {});
  }
  const result = await run(tx);
  await tx.execute(
    sql`update replay_key set answer = ${JSON.stringify(result ?? null)}::jsonb where key = ${key}`,
  );
  return result;
}

/** The SQLSTATE of a database error, also when drizzle has wrapped it. */
export function sqlState(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
