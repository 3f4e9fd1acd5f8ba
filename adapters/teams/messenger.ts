import { type ChatPerson, type Messenger, Undeliverable } from '../../src/messages/messenger.ts';
import type { Address } from './activity.ts';
import type { Connector } from './client.ts';
import { createDirectory, type Found } from './directory.ts';
import type { Places } from './places.ts';
import { renderMessage } from './render-message.ts';

/** Opens the chat with somebody; rejects with `Undeliverable` where usher is not installed for them. */
export type OpenChat = (person: Pick<ChatPerson, 'userId'>) => Promise<Address>;

/** Says things in one tenant: to people usher is installed for, or who are in a team or group chat it is installed in. */
export function createMessenger(
  connector: Connector,
  places: Places,
  tenantId: string,
): { messenger: Messenger; openChat: OpenChat } {
  const directory = createDirectory(connector, places);

  async function openChat({ userId }: Pick<ChatPerson, 'userId'>): Promise<Address> {
    const chat = await places.findChat({ userId });
    if (chat) return chat.address;
    const found = await directory.find({ userId });
    if (!found) throw new Undeliverable('usher is not installed for this person in Teams');
    const address = await connector.openChat(found.room.serviceUrl, found.member.id);
    await places.rememberChat(address, { ...personOf(found), email: found.member.email });
    return address;
  }

  function personOf({ member: { userId, fullName } }: Found): ChatPerson {
    // Rosters tell no time zone; the person's first activity does.
    return { platform: 'teams', workspaceId: tenantId, userId, fullName, timeZone: 'UTC' };
  }

  const messenger: Messenger = {
    platform: 'teams',
    async findPerson(workspaceId, email) {
      if (workspaceId !== tenantId) return undefined;
      const chat = await places.findChat({ email });
      if (chat) return chat.person;
      const found = await directory.find({ email });
      return found && personOf(found);
    },
    async send(to, message, deliveryId) {
      const address = await openChat(to);
      const messageId = await connector.send(address, renderMessage(message), deliveryId);
      return { platform: 'teams', workspaceId: tenantId, channel: address.conversationId, messageId };
    },
    async update({ channel, messageId }, message) {
      const address = await places.findAddress(channel);
      if (!address) throw new Undeliverable('usher is not installed there any more');
      await connector.update(address, messageId, renderMessage(message));
    },
  };
  return { messenger, openChat };
}
