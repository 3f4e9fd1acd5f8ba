import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import type { Export } from './read-export.ts';

const tables = { members: sql`member`, audit: sql`audit_event` };

/** About how big the file will be: what a platform is told before there is one. */
export async function estimateBytes(db: Database, { content, scope }: Export): Promise<number> {
  if (!scope) return 1_000;
  const { accountId, organizationId } = scope;
  const here = organizationId ? sql`organization_id = ${organizationId}` : sql`account_id = ${accountId}`;
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${tables[content]} where ${here}`,
  );
  return 1_000 + 200 * (row?.count ?? 0);
}
