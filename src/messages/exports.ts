import type { ExportStatus } from '../../db/export-schema.ts';
import type { ExportId } from '../../db/id.ts';
import type { BegunExport } from '../membership/exports/request-export.ts';
import type { Message } from './message.ts';
import { count } from './words.ts';

/** An export has begun; what follows comes to the requester alone. */
export function exportBegun({ organization }: BegunExport): Message {
  const of = organization ? `of ${organization}` : 'of all organizations';
  return {
    summary: `The export of the members ${of} has begun.`,
    body: ['usher sends it as a file to your own chat with it, where nobody else sees it.'],
  };
}

/** How far the making of a file is; drawn anew as it goes on. */
export function exportProgress(exportId: ExportId, progress?: { done: number; total: number }): Message {
  const done = (progress?.done ?? 0).toLocaleString('en');
  return {
    summary: progress
      ? `Your export: ${done} of ${count(progress.total, 'person', 'people')} …`
      : 'Your export begins …',
    buttons: [{ label: 'Cancel', action: { do: 'export.cancel', exportId }, style: 'danger' }],
  };
}

/** What is said with the question whether somebody wants the file. */
export const exportOffer =
  'The active and the removed members, as a table for Excel. usher makes it when you allow it.';

/** What became of an export that has come to its end. */
export function exportEnded(status: ExportStatus, rows = 0): Message {
  switch (status) {
    case 'sent':
      return {
        summary: `Your export has ${count(rows, 'person', 'people')}; the file is here in this chat.`,
        footnote: 'It holds personal data: keep it only as long as you need it.',
      };
    case 'cancelled':
      return { summary: 'The export was cancelled. You get no file.', buttons: again };
    case 'declined':
      return { summary: 'You declined the file, so none was made.', buttons: again };
    case 'expired':
      return { summary: 'Nobody accepted the file within an hour, so none was made.', buttons: again };
    case 'not-allowed':
      return {
        summary: 'Your role has changed since you asked for the export, so the file was not sent.',
        body: ['Account Admins, Owners and Admins can export members.'],
      };
    case 'failed':
      return {
        summary: 'The file could not be sent.',
        body: ['Please ask for it again; if that fails too, tell whoever runs usher.'],
        buttons: again,
      };
    case 'making':
    case 'offered':
      return { summary: 'Your export is on its way.' };
  }
}

const again: NonNullable<Message['buttons']> = [{ label: 'Export again', action: { do: 'export' } }];
