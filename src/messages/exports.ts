import type { ExportContent, ExportStatus } from '../../db/export-schema.ts';
import type { ExportId } from '../../db/id.ts';
import type { BegunExport } from '../membership/exports/request-export.ts';
import type { Button, Message } from './message.ts';
import { count } from './words.ts';

const whatItIs: Record<ExportContent, string> = { members: 'the members', audit: 'the audit log' };
const many = {
  members: (rows: number) => count(rows, 'person', 'people'),
  audit: (rows: number) => count(rows, 'entry', 'entries'),
};

/** An export has begun; what follows comes to the requester alone. */
export function exportBegun({ content, organization }: BegunExport): Message {
  const of = organization ? `of ${organization}` : 'of all organizations';
  return {
    summary: `The export of ${whatItIs[content]} ${of} has begun.`,
    body: ['usher sends it as a file to your own chat with it, where nobody else sees it.'],
  };
}

/** How far the making of a file is; drawn anew as it goes on. */
export function exportProgress(
  { id: exportId, content }: { id: ExportId; content: ExportContent },
  progress?: { done: number; total: number },
): Message {
  const done = (progress?.done ?? 0).toLocaleString('en');
  return {
    summary: progress ? `Your export: ${done} of ${many[content](progress.total)} …` : 'Your export begins …',
    buttons: [{ label: 'Cancel', action: { do: 'export.cancel', exportId }, style: 'danger' }],
  };
}

/** What is said with the question whether somebody wants the file. */
export function exportOffer(content: ExportContent): string {
  const what =
    content === 'members' ? 'The active and the removed members' : 'Everything that was done and refused';
  return `${what}, as a table for Excel. usher makes it when you allow it.`;
}

/** What became of an export that has come to its end. */
export function exportEnded(ended: {
  status: ExportStatus;
  content: ExportContent;
  rows: number | null;
}): Message {
  const { status, content, rows } = ended;
  const buttons: Button[] = [
    { label: 'Export again', action: { do: content === 'members' ? 'export' : 'audit.export' } },
  ];
  switch (status) {
    case 'sent':
      return {
        summary: `Your export has ${many[content](rows ?? 0)}; the file is here in this chat.`,
        footnote: 'It holds personal data: keep it only as long as you need it.',
      };
    case 'cancelled':
      return { summary: 'The export was cancelled. You get no file.', buttons };
    case 'declined':
      return { summary: 'You declined the file, so none was made.', buttons };
    case 'expired':
      return { summary: 'Nobody accepted the file within an hour, so none was made.', buttons };
    case 'not-allowed':
      return {
        summary: 'Your role has changed since you asked for the export, so the file was not sent.',
        body: ['Account Admins, Owners and Admins can have such files.'],
      };
    case 'failed':
      return {
        summary: 'The file could not be sent.',
        body: ['Please ask for it again; if that fails too, tell whoever runs usher.'],
        buttons,
      };
    case 'making':
    case 'offered':
      return { summary: 'Your export is on its way.' };
  }
}
