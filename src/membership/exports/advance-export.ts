import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { ExportStatus } from '../../../db/export-schema.ts';
import type { ExportId } from '../../../db/id.ts';
import { record } from '../record.ts';
import { type Export, type ExportScope, isSameScope, lockExport } from './read-export.ts';

/** How long an offer of a file can be accepted. */
const offerLasts = sql`interval '1 hour'`;

/** The most offers one turn of the clock ends. */
const clockBatch = 100;

/** Notes that the requester was asked whether they want the file. */
export async function noteOffer(tx: Transaction, id: ExportId): Promise<void> {
  await tx.execute(sql`
    update export_request set status = 'offered', offer_ends_at = now() + ${offerLasts}
    where id = ${id} and status = 'making'`);
}

/**
 * Decides, with everything locked, that the requester gets a file with these rows: only while they wait for it, and may
 * still have exactly what is in it. From this commit on the audit log says that they have it.
 */
export function handOver(
  db: Database,
  id: ExportId,
  file: { scope: ExportScope; rows: number; upload: unknown },
): Promise<ExportStatus> {
  return db.transaction(async (tx) => {
    const found = await lockExport(tx, id);
    if (found?.status !== 'making') return found?.status ?? 'cancelled';
    if (!isSameScope(found.scope, file.scope)) return end(tx, found, 'not-allowed');
    await tx.execute(sql`
      update export_request set status = 'sent', rows = ${file.rows}, upload = ${JSON.stringify(file.upload)}::jsonb
      where id = ${id}`);
    const { accountId, organizationId, memberId: actorMemberId, content } = found;
    const event = { name: 'export.sent', exportId: id, content, rows: file.rows } as const;
    await record(tx, [{ accountId, organizationId, actorMemberId, event }]);
    return 'sent';
  });
}

/** Ends an export that is under way without a file. What it is by then is returned. */
export function endExport(
  db: Database,
  id: ExportId,
  status: 'not-allowed' | 'failed',
): Promise<ExportStatus> {
  return db.transaction(async (tx) => {
    const found = await lockExport(tx, id);
    if (found?.status !== 'making' && found?.status !== 'offered') return found?.status ?? 'cancelled';
    return end(tx, found, status);
  });
}

async function end(
  tx: Transaction,
  { id, accountId, organizationId, memberId }: Export,
  status: 'not-allowed' | 'failed',
): Promise<ExportStatus> {
  await tx.execute(sql`update export_request set status = ${status}, upload = null where id = ${id}`);
  const event = { name: 'export.failed', exportId: id, reason: status } as const;
  await record(tx, [{ accountId, organizationId, actorMemberId: memberId, event }]);
  return status;
}

/** Ends offers nobody has answered in time. Returns how many; call again while it is a full batch. */
export function expireOffers(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx.execute<Pick<Export, 'id' | 'accountId'> & Record<string, unknown>>(sql`
      update export_request set status = 'expired' where id in (
        select id from export_request where status = 'offered' and offer_ends_at <= now()
        order by offer_ends_at limit ${clockBatch} for update skip locked)
      returning id, account_id as "accountId"`);
    await record(
      tx,
      rows.map(({ id, accountId }) => ({
        ...{ accountId, organizationId: null, actorMemberId: null },
        event: { name: 'export.expired', exportId: id },
      })),
    );
    return rows.length;
  });
}
