import { z } from 'zod';
import {
  type FileSender,
  type OutgoingFile,
  RateLimited,
  Undeliverable,
} from '../../src/messages/messenger.ts';
import type { OpenChat } from './activity.ts';
import type { Connector } from './client.ts';
import { isFileUrl } from './file-urls.ts';

/** Where the bytes of an accepted file go, and what it is called in the person's own storage. */
export const uploadTarget = z.object({
  uploadUrl: z.string().max(5_000),
  contentUrl: z.string().max(5_000),
  uniqueId: z.string().max(200),
  fileType: z.string().max(20),
  name: z.string().max(500),
});

const stored = uploadTarget.omit({ uploadUrl: true });

/** A multiple of 320 KiB, which is what an upload in pieces has to consist of. */
const pieceBytes = 16 * 320 * 1024;

/** Gives people files in their own chat: offered on a consent card, put into their storage, and shown as a file card. */
export function createFileSender(options: {
  connector: Connector;
  openChat: OpenChat;
  tenantId: string;
  fileHosts: readonly string[];
}): FileSender {
  const { connector, openChat, tenantId, fileHosts } = options;
  return {
    async offer(to, { name, description, bytes, context }, deliveryId) {
      const address = await openChat(to);
      const content = { description, sizeInBytes: bytes, acceptContext: context, declineContext: context };
      const contentType = 'application/vnd.microsoft.teams.card.file.consent';
      const attachment = { contentType, name, content };
      const messageId = await connector.send(address, { summary: name, attachment }, deliveryId);
      return { platform: 'teams', workspaceId: tenantId, channel: address.conversationId, messageId };
    },
    async upload(file, where) {
      const { uploadUrl, ...named } = uploadTarget.parse(where);
      if (!isFileUrl(uploadUrl, fileHosts)) throw new Undeliverable('the file was to go to an unknown host');
      for (let from = 0; from < file.bytes; from += pieceBytes) await putPiece(uploadUrl, file, from);
      return named;
    },
    async show(to, given, { deliveryId }) {
      const { contentUrl, name, uniqueId, fileType } = stored.parse(given);
      const contentType = 'application/vnd.microsoft.teams.card.file.info';
      const attachment = { contentType, contentUrl, name, content: { uniqueId, fileType } };
      await connector.send(await openChat(to), { summary: name, attachment }, deliveryId);
    },
  };
}

/** Sends the piece that begins here. A storage that refuses it will refuse it again. */
async function putPiece(url: string, file: OutgoingFile, from: number): Promise<void> {
  const to = Math.min(from + pieceBytes, file.bytes);
  const parts: Uint8Array[] = [];
  for await (const part of file.read(from, to)) parts.push(part);
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-range': `bytes ${from}-${to - 1}/${file.bytes}` },
    body: Buffer.concat(parts),
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  await response.arrayBuffer();
  if (response.ok) return;
  if (response.status === 429) throw new RateLimited(Number(response.headers.get('retry-after')) || 5);
  if (response.status < 500) throw new Undeliverable(`the storage of files answers ${response.status}`);
  throw new Error(`the storage of files answers ${response.status}`);
}
