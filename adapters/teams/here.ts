import type { Here } from '../../src/commands/command.ts';
import { type Messenger, Undeliverable } from '../../src/messages/messenger.ts';
import type { Address, Inbound } from './activity.ts';
import type { Places } from './places.ts';

/** The channel or group chat an activity comes from, not the thread in it; undefined in a personal chat. */
function spotOf({ conversation, serviceUrl }: Inbound): Address | undefined {
  if (conversation.conversationType === 'personal') return undefined;
  const [conversationId = ''] = conversation.id.split(';messageid=');
  return { serviceUrl, conversationId };
}

/** The channel or group chat in which somebody asks. */
export function findHere(
  { messenger, places, tenantId }: { messenger: Messenger; places: Places; tenantId: string },
  inbound: Inbound,
): Here | undefined {
  const spot = spotOf(inbound);
  if (!spot) return undefined;
  const { conversation, channelData } = inbound;
  const { conversationId: id } = spot;
  return {
    id,
    name: channelData.channel?.name ?? conversation.name ?? channelData.team?.name ?? 'a channel',
    async say(message) {
      // Whatever is said later goes to the server this authenticated activity came from.
      await places.rememberRoom(spot);
      try {
        const room = { platform: 'teams', workspaceId: tenantId, channel: id } as const;
        return await messenger.post(room, message, `here-${id}`);
      } catch (error) {
        if (error instanceof Undeliverable) return undefined;
        throw error;
      }
    },
    change: (posting, message) => messenger.update(posting, message),
  };
}
