import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { type AuditEntry, type AuditRow, entryOf } from '../audit/list-events.ts';
import { type Names, readNames } from '../audit/names.ts';
import type { ExportScope } from './read-export.ts';
import { batchesOf, inSnapshot } from './snapshot.ts';

/** Who is given the audit log: first how many entries there are, then the entries with the names in them. */
export interface AuditReading {
  begin(total: number): void;
  entries(batch: AuditEntry[], names: Names): Promise<void>;
}

/** Reads what happened in a scope, the newest first, in one snapshot; what things are called is read batch by batch. */
export function readAudit(db: Database, scope: ExportScope, reading: AuditReading): Promise<void> {
  const { accountId, organizationId } = scope;
  const here = organizationId ? sql`e.organization_id = ${organizationId}` : sql`e.account_id = ${accountId}`;
  return inSnapshot(db, async (tx) => {
    const [row] = await tx.execute<{ total: number }>(
      sql`select count(*)::int as total from audit_event e where ${here}`,
    );
    reading.begin(row?.total ?? 0);
    const select = sql`
      select e.id, e.at, e.organization_id, e.actor_member_id, e.action, e.subject, e.refusal, e.data
      from audit_event e where ${here} order by e.at desc, e.id desc`;
    for await (const batch of batchesOf<AuditRow>(tx, select)) {
      await reading.entries(batch.map(entryOf), await readNames(tx, scope, batch));
    }
  });
}
