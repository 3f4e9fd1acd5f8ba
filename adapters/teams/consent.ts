import { z } from 'zod';
import { type ExportId, isId } from '../../db/id.ts';
import { answerFileOffer } from '../../src/commands/run-command.ts';
import { staleMessage } from '../../src/messages/refusals.ts';
import type { Inbound } from './activity.ts';
import { targetOf } from './answer.ts';
import { uploadTarget } from './files.ts';
import type { Turns } from './turn.ts';

const context = z.object({ exportId: z.custom<ExportId>((value) => isId('exp', value)) });
const consent = z.discriminatedUnion('action', [
  z.object({ action: z.literal('accept'), context, uploadInfo: uploadTarget }),
  z.object({ action: z.literal('decline'), context }),
]);

/** Takes somebody's answer to a consent card, after it was acknowledged. */
export function onConsent(turns: Turns, inbound: Inbound): void {
  const { data } = consent.safeParse(inbound.value);
  turns.answer(inbound, targetOf(inbound), async (who) => {
    if (!data) return { message: staleMessage() };
    const upload = data.action === 'accept' ? data.uploadInfo : undefined;
    return answerFileOffer(who, { exportId: data.context.exportId, upload }, turns.report);
  });
}
