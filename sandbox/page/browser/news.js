// @ts-check

/** @import { AnyConversation, AnyMessage, AnyScreen } from './sandbox.d.ts' */

/**
 * Direct messages that came since the screen was last read; nothing on the first look.
 *
 * @param {AnyScreen | undefined} before
 * @param {AnyScreen} after
 * @param {string} personId
 * @returns {{ conversation: AnyConversation, message: AnyMessage }[]}
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
