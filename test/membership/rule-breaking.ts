import { randomBytes } from 'node:crypto';
import postgres from 'postgres';

/** Something the database should not let pass. */
export type Write = (tx: postgres.TransactionSql) => Promise<unknown>;

/** The name of the rule that the database holds against this, or `none`. What it let pass is undone. */
export async function brokenBy(sql: postgres.Sql, write: Write): Promise<string> {
  try {
    await sql.begin(async (tx) => {
      await write(tx);
      await tx`set constraints all immediate`;
      throw new Error('none');
    });
  } catch (error) {
    if (error instanceof postgres.PostgresError) return error.constraint_name ?? error.message;
    if (error instanceof Error && error.message === 'none') return 'none';
    throw error;
  }
  return 'none';
}

/** An id that nothing has. */
export function unusedId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('hex')}`;
}
