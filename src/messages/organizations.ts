import type { Message } from './message.ts';
import { oneLine } from './words.ts';

/** An answer to words that seem to name an organization there is not, which were taken as they stand. */
export function unknownOrganization(
  message: Message,
  text: string,
  { nearest }: { nearest?: string },
): Message {
  const asked = `“in ${oneLine(text, 60)}”`;
  const note = nearest
    ? `There is no organization called “${oneLine(text, 60)}”. Did you mean ${oneLine(nearest, 100)}?`
    : `No organization is called that, so usher took ${asked} as part of what you typed.`;
  return { ...message, body: [note, ...(message.body ?? [])] };
}
