import type { webApi } from '@slack/bolt';
import { type Messenger, Undeliverable } from '../../src/messages/messenger.ts';
import { call } from './client.ts';
import { createDirectory } from './directory.ts';
import { createFileSender } from './files.ts';
import { renderMessage } from './render-message.ts';

/** Nothing in a message is fetched or previewed by Slack. */
const quiet = { unfurl_links: false, unfurl_media: false } as const;

/** Says things in one workspace, by direct messages of the bot. */
export function createMessenger(client: webApi.WebClient, teamId: () => Promise<string>): Messenger {
  let directory: ReturnType<typeof createDirectory> | undefined;
  return {
    platform: 'slack',
    async findPerson(workspaceId, email) {
      if (workspaceId !== (await teamId())) return undefined;
      directory ??= createDirectory(client, workspaceId);
      return directory(email);
    },
    async send(to, message, deliveryId) {
      const metadata = { event_type: 'usher_delivery', event_payload: { id: deliveryId } };
      const { channel, ts } = await call(() =>
        // Posting to a person opens the direct message by itself.
        client.chat.postMessage({ channel: to.userId, ...renderMessage(message), ...quiet, metadata }),
      );
      if (!channel || !ts) throw new Undeliverable('Slack did not say where the message went');
      return { platform: 'slack', workspaceId: to.workspaceId, channel, messageId: ts };
    },
    async update({ channel, messageId }, message) {
      await call(() => client.chat.update({ channel, ts: messageId, ...renderMessage(message) }));
    },
    files: createFileSender(client),
  };
}
