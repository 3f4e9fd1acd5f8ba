import type { Here } from '../../src/commands/command.ts';
import { type Messenger, Undeliverable } from '../../src/messages/messenger.ts';

/** Where something was asked, as the signed request says. */
export interface AskedIn {
  id: string;
  name: string;
}

/** The channel in which somebody asks; undefined in direct messages, whose ids begin with a D. */
export function findHere(
  messenger: Messenger,
  workspaceId: string,
  place: AskedIn | undefined,
): Here | undefined {
  if (!place || place.id.startsWith('D')) return undefined;
  const { id } = place;
  return {
    id,
    // Slack does not tell the names of private channels.
    name: /^(privategroup|mpdm-)/.test(place.name) ? 'a private channel' : `#${place.name}`,
    async say(message) {
      try {
        const room = { platform: 'slack', workspaceId, channel: id } as const;
        return await messenger.post(room, message, `here-${id}`);
      } catch (error) {
        if (error instanceof Undeliverable) return undefined;
        throw error;
      }
    },
    change: (posting, message) => messenger.update(posting, message),
  };
}

/** Whether others see the message on which something was pressed. */
export function isShared(body: {
  channel?: { id: string } | undefined;
  container?: { [field: string]: unknown };
}): boolean {
  const { channel, container } = body;
  return channel !== undefined && !channel.id.startsWith('D') && container?.is_ephemeral !== true;
}
