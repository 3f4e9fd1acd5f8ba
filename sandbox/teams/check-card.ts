import type { CardClient } from './card-client.ts';
import { actionsOf } from './surface.ts';
import type { Card } from './types.ts';

/** The content type of a card in an attachment. */
const cardType = 'application/vnd.microsoft.card.adaptive';
/** How much one message, or the card of a dialog, may hold. */
const largestBytes = 28 * 1024;
const versions = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'];

/** Why Teams would not draw this card as it was meant, in words; empty when it would. */
export function checkCard(content: unknown, client: CardClient): string[] {
  const card = content as Partial<Card> | null;
  if (typeof card !== 'object' || card?.type !== 'AdaptiveCard') return ['The content is no AdaptiveCard.'];
  const problems = client.problemsOf(card);
  if (!versions.includes(String(card.version))) problems.push('Teams takes schema versions up to 1.5.');
  const ids = actionsOf(card as Card).flatMap(({ id }) => id ?? []);
  if (new Set(ids).size < ids.length) problems.push('Two actions have the same id.');
  return problems;
}

/** Whether this, as JSON, is more than Teams takes. */
export function isTooBig(body: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(body)) > largestBytes;
}

/** The card of an attachment, a dialog or an answer. Throws with the reason when Teams would not draw it. */
export function readCard(attachment: unknown, client: CardClient): Card {
  const { contentType, content } = (attachment ?? {}) as { contentType?: unknown; content?: unknown };
  if (contentType !== cardType) throw new Error(`Teams draws ${cardType} here, not ${contentType}.`);
  if (isTooBig(content)) throw new Error(`The card is larger than ${largestBytes} bytes.`);
  const problems = checkCard(content, client);
  if (problems.length > 0) throw new Error(problems.join(' '));
  return content as Card;
}
