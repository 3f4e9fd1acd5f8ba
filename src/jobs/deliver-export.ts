import type { ExportId } from '../../db/id.ts';
import { endExport, noteOffer } from '../membership/exports/advance-export.ts';
import { estimateBytes } from '../membership/exports/estimate-bytes.ts';
import { type Export, readExport } from '../membership/exports/read-export.ts';
import { exportEnded, exportOffer } from '../messages/exports.ts';
import { Undeliverable } from '../messages/messenger.ts';
import { close, type JobContext } from './outbox.ts';
import { findPostings, forgetPosting, reach, redraw, sendTo, storePosting } from './reach.ts';
import { type ExportRow, nameOf, type Pace, sendExport, type Turn } from './send-export.ts';

const usualPace: Pace = { askEveryMs: 500, showEveryMs: 3_000 };

/**
 * Takes an export on from wherever it stands: offers the file, makes and sends it, or says how it ended. After a process
 * that was killed the file is begun anew; one that was uploaded is not made a second time.
 */
export async function deliverExport(context: JobContext, row: ExportRow, pace = usualPace): Promise<void> {
  const { db } = context;
  const found = await readExport(db, row.topic);
  if (!found) return close(db, row, 'dropped', 'there is no such export');
  if (found.status === 'offered') return close(db, row, 'dropped', 'it waits for an answer');
  const { accountId, email, platform, workspaceId } = found;
  const there = { accountId, email, only: { platform, workspaceId } };
  const reached = await reach(context, there, async (one) => {
    await advance({ context, row, pace, reached: one }, found);
    return true;
  });
  if (!reached) await giveUpExport(context, row, 'the requester is not in that chat');
}

async function advance(turn: Turn, found: Export): Promise<void> {
  const { context, row, reached } = turn;
  const { db } = context;
  if (found.status === 'sent') await show(turn, found.upload, true);
  if (found.status === 'making') {
    if (!found.scope) await endExport(db, found.id, 'not-allowed');
    else if (reached.messenger.files.offer && !found.upload) return offer(turn, found);
    else {
      const sent = await sendExport(turn, found);
      if (sent) await show(turn, sent, false);
    }
  }
  const isSaid = await drawEnd(context, found.id);
  const now = await readExport(db, found.id);
  // Ended before anything was said about it: only that needs a message of its own.
  if (now?.status === 'not-allowed' && !isSaid) await sendTo(context, reached, exportEnded(now), row);
  await close(db, row, 'sent');
}

async function show({ row, reached }: Turn, uploaded: unknown, again: boolean): Promise<void> {
  const { messenger, person } = reached;
  await messenger.files.show(person, uploaded, { deliveryId: `d-${row.id}-${row.attempt}`, again });
}

async function offer({ context, row, reached }: Turn, found: Export): Promise<void> {
  const { messenger, person } = reached;
  const bytes = await estimateBytes(context.db, found);
  const description = exportOffer(found.content);
  const file = { name: nameOf(found), description, bytes, context: { exportId: found.id } };
  const posting = await messenger.files.offer?.(person, file, `d-${row.id}-${row.attempt}`);
  await context.db.transaction(async (tx) => {
    await noteOffer(tx, found.id);
    if (posting) await storePosting(tx, posting, { ...row, userId: person.userId });
    await close(tx, row, 'sent');
  });
}

/** Says on the person's message how the export ended, and leaves it alone from then on. False when there is none. */
async function drawEnd(context: JobContext, id: ExportId): Promise<boolean> {
  const { db } = context;
  const found = await readExport(db, id);
  if (!found || found.status === 'making' || found.status === 'offered') return false;
  const postings = await findPostings(db, id);
  for (const posting of postings) {
    try {
      await redraw(context, posting, exportEnded(found));
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
    }
    await forgetPosting(db, posting);
  }
  return postings.length > 0;
}

/** After too many attempts, or where nobody is: the export is over, and its message says so. */
export async function giveUpExport(context: JobContext, row: ExportRow, reason: string): Promise<void> {
  await endExport(context.db, row.topic, 'failed');
  await drawEnd(context, row.topic).catch((error) => context.report(error, 'the end of an export'));
  await close(context.db, row, 'dead', reason);
}
