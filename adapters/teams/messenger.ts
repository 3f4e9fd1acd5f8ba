import { type ChatPerson, type Messenger, Undeliverable } from '../../src/messages/messenger.ts';
import type { Address, OpenChat } from './activity.ts';
import type { Connector, RosterMember } from './client.ts';
import type { Directory } from './directory.ts';
import { createFileSender } from './files.ts';
import type { Graph } from './graph.ts';
import type { Places } from './places.ts';
import { renderMessage } from './render-message.ts';

/**
 * Says things in one tenant: to people usher is installed for, or who are in a team or group chat it is installed in; with
 * Graph, to everybody, by installing itself for them first.
 */
export function createMessenger(options: {
  connector: Connector;
  places: Places;
  directory: Directory;
  tenantId: string;
  graph: Graph | undefined;
  fileHosts: readonly string[];
}): { messenger: Messenger; openChat: OpenChat } {
  const { connector, places, directory, tenantId, graph } = options;

  async function openChat(person: Pick<ChatPerson, 'userId'> & Partial<ChatPerson>): Promise<Address> {
    const { userId } = person;
    const chat = await places.findChat({ userId });
    if (chat) return chat.address;
    const found = await directory.find({ userId });
    if (!found) return installFor(userId, person);
    const address = await connector.openChat(found.room.serviceUrl, found.member.id);
    await places.rememberChat(address, { ...personOf(found.member), email: found.member.email });
    return address;
  }

  /** The chat that begins by installing usher for somebody; it is on the server that carries the tenant's other places. */
  async function installFor(userId: string, person: Partial<ChatPerson>): Promise<Address> {
    const serviceUrl = graph && (await places.findServiceUrl());
    if (!serviceUrl) throw new Undeliverable('usher is not installed for this person in Teams');
    const address = { serviceUrl, conversationId: await graph.install(userId) };
    const { fullName = '', timeZone = 'UTC' } = person;
    await places.rememberChat(address, { userId, email: undefined, fullName, timeZone });
    return address;
  }

  function personOf({ userId, fullName }: RosterMember): ChatPerson {
    // Rosters tell no time zone; the person's first activity does.
    return { platform: 'teams', workspaceId: tenantId, userId, fullName, timeZone: 'UTC' };
  }

  const messenger: Messenger = {
    platform: 'teams',
    async findPerson(workspaceId, email) {
      if (workspaceId !== tenantId) return undefined;
      const chat = await places.findChat({ email });
      if (chat) return chat.person;
      const member = (await directory.find({ email }))?.member ?? (await graph?.findUser(email));
      return member && personOf(member);
    },
    async send(to, message, deliveryId) {
      const address = await openChat(to);
      const messageId = await connector.send(address, renderMessage(message), deliveryId);
      return { platform: 'teams', workspaceId: tenantId, channel: address.conversationId, messageId };
    },
    async post({ workspaceId, channel }, message, deliveryId) {
      const address = workspaceId === tenantId ? await places.findAddress(channel) : undefined;
      if (!address) throw new Undeliverable('usher is not installed there any more');
      const messageId = await connector.send(address, renderMessage(message, address), deliveryId);
      return { platform: 'teams', workspaceId, channel, messageId };
    },
    async update({ channel, messageId }, message) {
      const address = await places.findAddress(channel);
      if (!address) throw new Undeliverable('usher is not installed there any more');
      await connector.update(address, messageId, renderMessage(message, address));
    },
    files: createFileSender({ ...options, openChat }),
  };
  return { messenger, openChat };
}
