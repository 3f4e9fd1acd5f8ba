import type { Database } from '../../db/connect.ts';
import { byteOrderMark, csvLine } from '../membership/csv.ts';
import type { ExportScope } from '../membership/exports/read-export.ts';
import { memberColumns, readMembers } from '../membership/exports/read-members.ts';
import { createSpool, type Spool } from './spool.ts';

/** A finished file on this machine, without a name; whoever has it closes it. */
export interface MadeFile extends Pick<Spool, 'bytes' | 'read' | 'close'> {
  rows: number;
}

/** Writes what is read as CSV, a batch of rows at a time; `progress` is told after each and may stop it by rejecting. */
export async function makeFile(
  db: Database,
  scope: ExportScope,
  progress: (of: { done: number; total: number }) => Promise<void>,
): Promise<MadeFile> {
  const spool = await createSpool();
  try {
    let done = 0;
    let total = 0;
    await spool.append(byteOrderMark + csvLine(memberColumns));
    await readMembers(db, scope, {
      begin: (count) => {
        total = count;
      },
      rows: async (batch) => {
        await spool.append(batch.map(csvLine).join(''));
        done += batch.length;
        await progress({ done, total });
      },
    });
    return { rows: done, bytes: spool.bytes, read: spool.read, close: spool.close };
  } catch (error) {
    await spool.close();
    throw error;
  }
}
