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
  ...['organization_channel', 'team', 'team_member', 'project', 'project_member'],
  ...['invitation_team', 'invitation_project'],
];

/** What usher notes of whoever uses it, whatever they do. */
const presence = ['last_access_at', 'profile_read_at', 'time_zone', 'picture_url'];

/** Everything people can change, as one text, but for when they were there: equal texts mean that nothing was changed. */
export async function readState(db: Database): Promise<string> {
  const parts = tables.map(async (table) => {
    const rows = await db.execute(
      sql`select to_jsonb(t) - ${sql.param(presence)}::text[] as row from ${sql.raw(table)} t order by 1`,
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
