import type { ExportId } from '../../db/id.ts';
import { endExport, handOver } from '../membership/exports/advance-export.ts';
import { type Export, type ExportScope, isSameScope, readExport } from '../membership/exports/read-export.ts';
import { exportProgress } from '../messages/exports.ts';
import { type OutgoingFile, type Posting, Undeliverable } from '../messages/messenger.ts';
import { makeFile } from './make-export.ts';
import { type JobContext, type Leased, renewLease } from './outbox.ts';
import { findPostings, forgetPosting, type Reached, redraw, sendTo, storePosting } from './reach.ts';

/** The outbox row of an export. */
export type ExportRow = Leased & { topic: ExportId };

/** How often it is asked whether the file is still wanted, and how often people see how far it is. */
export interface Pace {
  askEveryMs: number;
  showEveryMs: number;
}

/** One delivery of an export to somebody who is there. */
export interface Turn {
  context: JobContext;
  row: ExportRow;
  pace: Pace;
  reached: Reached;
}

/** Nobody waits for the file any more, or they may not have it. */
class Unwanted extends Error {}

/** What the file is called, by what is in it and the day. */
export function nameOf({ content }: Export): string {
  return `${content}-${new Date().toISOString().slice(0, 10)}.csv`;
}

/**
 * Makes the file and brings it to the platform. What comes back names it there, and from then on it is to be shown;
 * undefined when it was cancelled meanwhile, or its requester may not have it any more.
 */
export async function sendExport(turn: Turn, found: Export): Promise<object | undefined> {
  const { context, reached } = turn;
  const { db } = context;
  const { id, content, scope } = found;
  if (!scope) return undefined;
  const posting = await beginProgress(turn, found);
  const ask = createWatch(turn, id, scope);
  const display = createDisplay(turn, posting, found);
  try {
    const file = await makeFile(db, { content, scope }, async (progress) => {
      display.show(progress);
      await ask();
    });
    try {
      const { bytes, rows } = file;
      const outgoing: OutgoingFile = {
        ...{ name: nameOf(found), bytes },
        read: (from, to) => asking(file.read(from, to), ask, to === bytes),
      };
      const upload = await reached.messenger.files.upload(outgoing, found.upload);
      return (await handOver(db, id, { scope, rows, upload })) === 'sent' ? upload : undefined;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Unwanted)) throw error;
    return undefined;
  } finally {
    await display.settled();
  }
}

/** The person's one message about it: found again after an attempt that was cut off, or after they accepted an offer. */
async function beginProgress({ context, row, reached }: Turn, found: Export): Promise<Posting> {
  const [posted] = await findPostings(context.db, found.id);
  if (posted && (await isDrawn(context, posted, found))) return posted;
  const posting = await sendTo(context, reached, exportProgress(found), row);
  const { userId } = reached.person;
  await context.db.transaction((tx) => storePosting(tx, posting, { ...row, userId }));
  return posting;
}

/** False when they have deleted it, and need a new one. */
async function isDrawn(context: JobContext, posted: Posting, found: Export): Promise<boolean> {
  try {
    await redraw(context, posted, exportProgress(found));
    return true;
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    await forgetPosting(context.db, posted);
    return false;
  }
}

/** Asks now and then, or at once, whether the file is wanted and allowed, and keeps the lease; rejects when not. */
function createWatch({ context: { db }, row, pace }: Turn, id: ExportId, scope: ExportScope) {
  let askedAt = Date.now();
  return async (now = false): Promise<void> => {
    if (!now && Date.now() - askedAt < pace.askEveryMs) return;
    askedAt = Date.now();
    if (!(await renewLease(db, row))) throw new Error('another process took the export over');
    const found = await readExport(db, id);
    if (found?.status === 'making' && isSameScope(found.scope, scope)) return;
    await endExport(db, id, 'not-allowed');
    throw new Unwanted();
  };
}

/** Draws how far it is, every few seconds at most and without waiting; the file does not depend on it. */
function createDisplay({ context, pace }: Turn, posting: Posting, found: Export) {
  let shownAt = Date.now();
  let drawing: Promise<void> | undefined;
  return {
    show(progress: { done: number; total: number }): void {
      if (drawing || Date.now() - shownAt < pace.showEveryMs) return;
      shownAt = Date.now();
      drawing = redraw(context, posting, exportProgress(found, progress))
        .catch((error) => context.report(error, 'the progress of an export'))
        .finally(() => {
          drawing = undefined;
        });
    },
    /** Resolves when nothing is being drawn that would come after what is drawn next. */
    settled: async () => drawing,
  };
}

/** The pieces of a file, asked for while they go out; the last of them only after one more question. */
async function* asking(
  pieces: AsyncIterable<Uint8Array>,
  ask: (now?: boolean) => Promise<void>,
  toTheEnd: boolean,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  for await (const piece of pieces) {
    if (held) yield held;
    held = piece;
    await ask();
  }
  if (toTheEnd) await ask(true);
  if (held) yield held;
}
