import { exportContents, exportStatuses } from '../../db/export-schema.ts';
import { newId } from '../../db/id.ts';
import * as batchReports from '../../src/messages/batch-report.ts';
import * as exports from '../../src/messages/exports.ts';
import type { Message } from '../../src/messages/message.ts';

type Named = [builder: string, message: Message | undefined];

/** Everything usher says about files it sends, and about long lists on their way. */
export function aboutFiles(text: string): Named[] {
  return [...aboutSending(text), ...aboutExports(text)];
}

function aboutSending(text: string): Named[] {
  const nobody = { joined: [], declined: [], expired: [], unreachable: [] };
  const batch = {
    organizationId: newId('org'),
    organization: text,
    size: 10_000,
    revoked: 3,
    sending: 7_000,
    ...nobody,
  };
  return [
    ['batchProgress', batchReports.batchProgress(newId('bat'), batch)],
    ['sendingStopped', batchReports.sendingStopped({ revoked: 7_000, organizationId: newId('org') })],
    ['sendingStopped', batchReports.sendingStopped({ revoked: 1, organizationId: newId('org') })],
  ];
}

function aboutExports(text: string): Named[] {
  const id = newId('exp');
  return exportContents.flatMap((content): Named[] => [
    ['exportBegun', exports.exportBegun({ exportId: id, content, organization: text })],
    ['exportBegun', exports.exportBegun({ exportId: id, content, organization: undefined })],
    ['exportProgress', exports.exportProgress({ id, content })],
    ['exportProgress', exports.exportProgress({ id, content }, { done: 12_000, total: 1_000_000 })],
    ['exportOffer', { summary: exports.exportOffer(content) }],
    ...exportStatuses.map(
      (status): Named => ['exportEnded', exports.exportEnded({ status, content, rows: 1_000_000 })],
    ),
  ]);
}
