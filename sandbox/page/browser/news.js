// @ts-check

/** @import { Conversation, Message, Screen } from './sandbox.d.ts' */

/**
 * Direct messages that came since the screen was last read; nothing on the first look.
 *
 * @param {Screen | undefined} before
 * @param {Screen} after
 * @param {string} personId
 * @returns {{ conversation: Conversation, message: Message }[]}
 */
export function arrivals(before, after, personId) {
  if (!before) return [];
  return after.conversations
    .filter(({ kind }) => kind === 'dm')
    .flatMap((conversation) => {
      const known = before.conversations.find(({ id }) => id === conversation.id)?.messages ?? [];
      const last = Math.max(0, ...known.map(({ ts }) => Number(ts)));
      return conversation.messages
        .filter(({ ts, user, ephemeral }) => Number(ts) > last && user !== personId && !ephemeral)
        .map((message) => ({ conversation, message }));
    });
}
