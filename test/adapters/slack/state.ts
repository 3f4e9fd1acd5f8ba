import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { eventually } from '../../jobs/eventually.ts';

const tables = [
  ...[
    'account',
    'workspace',
    'organization',
    'member',
    'chat_identity',
    'invitation',
    'draft',
    'export_request',
  ],
  ...['license_product', 'license_pool', 'invitation_license', 'license_assignment', 'registered_machine'],
  'organization_channel',
];

/** Everything people can change, as one text: equal texts mean that nothing was changed. */
export async function readState(db: Database): Promise<string> {
  const parts = tables.map(async (table) => {
    const rows = await db.execute(
      sql.raw(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`),
    );
    return [table, rows.map(({ row }) => row)];
  });
  return JSON.stringify(Object.fromEntries(await Promise.all(parts)), null, 1);
}

/** Resolves when nothing waits to be delivered now. */
export function everythingSaid(db: Database): Promise<unknown> {
  return eventually('everything due was delivered', async () => {
    const [row] = await db.execute<{ due: number }>(
      sql`select count(*)::int as due from outbox where status = 'waiting' and due_at <= now()`,
    );
    return row?.due === 0;
  });
}

/** How many rows a table has. */
export async function countOf(db: Database, table: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql.raw(`select count(*)::int as count from ${table}`));
  return row?.count ?? 0;
}
