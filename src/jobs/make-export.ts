import type { Database } from '../../db/connect.ts';
import type { AuditEntry } from '../membership/audit/list-events.ts';
import type { Names } from '../membership/audit/names.ts';
import { byteOrderMark, csvLine } from '../membership/csv.ts';
import { readAudit } from '../membership/exports/read-audit.ts';
import type { Export, ExportScope } from '../membership/exports/read-export.ts';
import { memberColumns, readMembers } from '../membership/exports/read-members.ts';
import { auditCells, auditColumns } from '../messages/audit.ts';
import { createSpool, type Spool } from './spool.ts';

/** A finished file on this machine, without a name; whoever has it closes it. */
export interface MadeFile extends Pick<Spool, 'bytes' | 'read' | 'close'> {
  rows: number;
}

/** What a file is made of. */
export type MadeOf = Pick<Export, 'content'> & { scope: ExportScope };

/** Writes what is read as CSV, a batch of rows at a time; `progress` is told after each and may stop it by rejecting. */
export async function makeFile(
  db: Database,
  { content, scope }: MadeOf,
  progress: (of: { done: number; total: number }) => Promise<void>,
): Promise<MadeFile> {
  const spool = await createSpool();
  try {
    let done = 0;
    let total = 0;
    const begin = (count: number) => {
      total = count;
    };
    const rows = async (batch: (string | null)[][]) => {
      await spool.append(batch.map(csvLine).join(''));
      done += batch.length;
      await progress({ done, total });
    };
    const columns = content === 'members' ? memberColumns : auditColumns;
    await spool.append(byteOrderMark + csvLine(columns));
    if (content === 'members') await readMembers(db, scope, { begin, rows });
    else {
      const entries = (batch: AuditEntry[], names: Names) => rows(batch.map((one) => auditCells(one, names)));
      await readAudit(db, scope, { begin, entries });
    }
    return { rows: done, bytes: spool.bytes, read: spool.read, close: spool.close };
  } catch (error) {
    await spool.close();
    throw error;
  }
}
