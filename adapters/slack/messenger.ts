import type { webApi } from '@slack/bolt';
import type { Message } from '../../src/messages/message.ts';
import { type Messenger, type Posting, Undeliverable } from '../../src/messages/messenger.ts';
import { call } from './client.ts';
import { createDirectory } from './directory.ts';
import { createFileSender } from './files.ts';
import { renderMessage } from './render-message.ts';

/** Nothing in a message is fetched or previewed by Slack. */
const quiet = { unfurl_links: false, unfurl_media: false } as const;

/** Says things in one workspace, by direct messages of the bot and in channels it was invited to. */
export function createMessenger(client: webApi.WebClient, teamId: () => Promise<string>): Messenger {
  let directory: ReturnType<typeof createDirectory> | undefined;

  async function say(
    { workspaceId, to }: { workspaceId: string; to: string },
    message: Message,
    deliveryId: string,
  ): Promise<Posting> {
    const metadata = { event_type: 'usher_delivery', event_payload: { id: deliveryId } };
    const { channel, ts } = await call(() =>
      client.chat.postMessage({ channel: to, ...renderMessage(message), ...quiet, metadata }),
    );
    if (!channel || !ts) throw new Undeliverable('Slack did not say where the message went');
    return { platform: 'slack', workspaceId, channel, messageId: ts };
  }

  return {
    platform: 'slack',
    async findPerson(workspaceId, email) {
      if (workspaceId !== (await teamId())) return undefined;
      directory ??= createDirectory(client, workspaceId);
      return directory(email);
    },
    // Posting to a person opens the direct message by itself.
    send: ({ workspaceId, userId }, message, deliveryId) =>
      say({ workspaceId, to: userId }, message, deliveryId),
    async post({ workspaceId, channel }, message, deliveryId) {
      if (workspaceId !== (await teamId())) throw new Undeliverable('usher does not speak in that workspace');
      return say({ workspaceId, to: channel }, message, deliveryId);
    },
    async update({ channel, messageId }, message) {
      await call(() => client.chat.update({ channel, ts: messageId, ...renderMessage(message) }));
    },
    files: createFileSender(client),
  };
}
