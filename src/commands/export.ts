import type { ExportContent } from '../../db/export-schema.ts';
import type { ExportId } from '../../db/id.ts';
import { answerOffer } from '../membership/exports/answer-offer.ts';
import { cancelExport } from '../membership/exports/cancel-export.ts';
import { requestExport } from '../membership/exports/request-export.ts';
import { may } from '../membership/policy.ts';
import { exportBegun, exportEnded } from '../messages/exports.ts';
import { misunderstoodMessage } from '../messages/welcome.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';

/** `/usher export`: the members as a file. */
export const exportCommand: Command = {
  word: 'export',
  does: 'Get the active and the removed members as a file for Excel',
  example: '/usher export',
  offeredTo: (standing) => may(standing, 'export', standing.organizationId),
  // Everybody is in the file: whoever asks for some is not to get all by mistake.
  organization: 'known',
  run: async (context, words) =>
    words === ''
      ? beginExport(context, 'members')
      : { message: misunderstoodMessage(`export ${words}`, exportCommand) },
};

/** Begins a file of this. */
export async function beginExport(context: CommandContext, content: ExportContent): Promise<Said> {
  return { message: exportBegun(await requestExport(context, { content })) };
}

export const exportActions: Pick<ActionHandlers, 'export' | 'audit.export' | 'export.cancel'> = {
  export: (context) => beginExport(context, 'members'),
  'audit.export': (context) => beginExport(context, 'audit'),
  'export.cancel': async (context, { exportId }) => {
    return { message: exportEnded(await cancelExport(context, { exportId })), replace: true };
  },
};

/** The answer of whoever was offered a file; accepted, it goes to `upload`. The message that offered it says what follows. */
export async function answerFile(
  context: CommandContext,
  answer: { exportId: ExportId; upload: object | undefined },
): Promise<undefined> {
  await answerOffer(context, answer);
}
