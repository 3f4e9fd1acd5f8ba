import { type Reply, refused } from './call-log.ts';
import type { CardClient } from './card-client.ts';
import { isTooBig, readCard } from './check-card.ts';
import type { Files } from './files.ts';
import { isFileAttachment, readFile } from './shared-file.ts';
import type { Card, SharedFile } from './types.ts';

/** What of an activity people get to see, or why Teams does not take it. */
export type CheckedMessage = { text: string; cards: Card[]; files: SharedFile[] } | { refusal: Reply };

/** Checks a message usher sends. */
export function checkMessage(
  body: Record<string, unknown>,
  { client, files }: { client: CardClient; files: Files },
): CheckedMessage {
  const { type, text = '', attachments = [] } = body ?? {};
  if (type !== 'message') return bad(`The activity type ${type} cannot be sent.`);
  if (typeof text !== 'string' || !Array.isArray(attachments))
    return bad('The activity has the wrong shape.');
  if (isTooBig(body)) return { refusal: refused(413, 'MessageSizeTooBig', 'Message size too large.') };
  if (text === '' && attachments.length === 0)
    return bad("Activity must include non empty 'text' field or at least 1 attachment.");
  try {
    return {
      text,
      cards: attachments.filter((one) => !isFileAttachment(one)).map((one) => readCard(one, client)),
      files: attachments.filter(isFileAttachment).map((one) => readFile(one, files)),
    };
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
}

function bad(message: string): CheckedMessage {
  return { refusal: refused(400, 'BadSyntax', message) };
}
