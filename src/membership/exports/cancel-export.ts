import { sql } from 'drizzle-orm';
import type { ExportId } from '../../../db/id.ts';
import { lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { type Export, lockExport } from './read-export.ts';

/** Stops an export of the actor's own: no file comes of it after this commit, unless it was sent before. */
export function cancelExport(context: Context, { exportId }: { exportId: ExportId }): Promise<Export> {
  return operation(context, async (tx) => {
    const { accountId, organizationId, memberId } = await lockStanding(tx, context);
    const found = await lockExport(tx, exportId);
    if (found?.memberId !== memberId) throw new Refusal('export-not-found', {});
    const cancelled: Export = { ...found, status: 'cancelled' };
    if (found.status === 'cancelled') return cancelled;
    if (found.status !== 'making' && found.status !== 'offered') throw new Refusal('export-is-over', {});
    await tx.execute(
      sql`update export_request set status = 'cancelled', upload = null where id = ${exportId}`,
    );
    await record(tx, [
      { accountId, organizationId, actorMemberId: memberId, event: { name: 'export.cancelled', exportId } },
    ]);
    return cancelled;
  });
}
