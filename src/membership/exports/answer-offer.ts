import { sql } from 'drizzle-orm';
import type { ExportId } from '../../../db/id.ts';
import { authorize, lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { lockExport, rightToExport } from './read-export.ts';

/**
 * Takes the answer of whoever was offered a file. Accepted, it is made now and goes to `upload`, which the platform named;
 * declined, it is never made. An offer is answered once, and before it ends.
 */
export function answerOffer(
  context: Context,
  input: { exportId: ExportId; upload: object | undefined },
): Promise<void> {
  const { exportId, upload } = input;
  return operation(context, async (tx) => {
    const standing = await lockStanding(tx, context);
    const { accountId, organizationId, memberId } = standing;
    const found = await lockExport(tx, exportId);
    if (found?.memberId !== memberId) throw new Refusal('export-not-found', {});
    if (found.status !== 'offered' || found.offerEnded) throw new Refusal('export-is-over', {});
    if (upload) await authorize(tx, standing, rightToExport[found.content]);
    await tx.execute(sql`
      update export_request set status = ${upload ? 'making' : 'declined'},
        upload = ${upload ? JSON.stringify(upload) : null}::jsonb where id = ${exportId}`);
    const name = upload ? 'export.accepted' : 'export.declined';
    await record(tx, [
      { accountId, organizationId, actorMemberId: memberId, event: { name, exportId } as const },
    ]);
  });
}
