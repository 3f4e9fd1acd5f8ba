import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';

export interface OutboxRow extends Record<string, unknown> {
  id: number;
  kind: string;
  status: 'waiting' | 'sent' | 'dropped' | 'dead';
  attempt: number;
  note: string | null;
  /** Hours until it is due. */
  dueIn: number;
}

/** The outbox rows about the invitations of one address, oldest first. */
export async function outboxOf(db: Database, email: string, kind?: string): Promise<OutboxRow[]> {
  const rows = await db.execute<OutboxRow>(sql`
    select o.id::int, o.kind, o.status, o.attempt, o.note,
      extract(epoch from o.due_at - now())::float / 3600 as "dueIn"
    from outbox o join invitation i on i.id = o.topic
    where i.email = ${email} ${kind ? sql`and o.kind = ${kind}` : sql``} order by o.id`);
  return [...rows];
}
