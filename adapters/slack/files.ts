import { Readable } from 'node:stream';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { FileSender, OutgoingFile } from '../../src/messages/messenger.ts';
import { call } from './client.ts';

const uploaded = z.object({ fileId: z.string(), name: z.string() });
type Uploaded = z.infer<typeof uploaded>;

/** An upload on which nothing moves for so long is given up. */
const idleMs = 30_000;

/** Gives people files in their direct messages: uploaded first, which nobody sees, and then shown. */
export function createFileSender(client: webApi.WebClient): FileSender {
  return {
    async upload(file): Promise<Uploaded> {
      const { name, bytes } = file;
      const { upload_url: url, file_id: fileId } = await call(() =>
        client.files.getUploadURLExternal({ filename: name, length: bytes }),
      );
      if (!url || !fileId) throw new Error('Slack did not say where the file goes');
      await sendBytes(url, file);
      return { fileId, name };
    },
    async show({ userId }, given, { again }) {
      const { fileId, name } = uploaded.parse(given);
      const { channel } = await call(() => client.conversations.open({ users: userId }));
      const channelId = channel?.id ?? '';
      if (again && (await isShown(client, fileId, channelId))) return;
      const files: [{ id: string; title: string }] = [{ id: fileId, title: name }];
      await call(() => client.files.completeUploadExternal({ files, channel_id: channelId }));
    },
  };
}

/** The client would hold the whole file in memory: its bytes go out as they are read. */
async function sendBytes(url: string, file: OutgoingFile): Promise<void> {
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), idleMs);
  let unread: unknown;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of file.read(0, file.bytes)) {
        clearTimeout(timer);
        timer = setTimeout(() => idle.abort(), idleMs);
        yield piece;
      }
    } catch (error) {
      unread = error;
      throw error;
    }
  }
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(file.bytes) },
    body: Readable.toWeb(Readable.from(pieces(), { objectMode: false })) as ReadableStream,
    duplex: 'half',
    redirect: 'error' as const,
    signal: idle.signal,
  };
  try {
    const response = await fetch(url, request);
    if (!response.ok) throw new Error(`Slack took no file: ${response.status}`);
  } catch (error) {
    // fetch wraps whatever ended the reading.
    throw unread ?? error;
  } finally {
    clearTimeout(timer);
  }
}

const shares = z.record(z.string(), z.unknown()).default({});
const fileInfo = z.object({
  ims: z.array(z.string()).default([]),
  shares: z.object({ public: shares, private: shares }).partial().default({}),
});

async function isShown(client: webApi.WebClient, file: string, channel: string): Promise<boolean> {
  const found = await call(() => client.files.info({ file }));
  const { ims, shares: known } = fileInfo.parse(found.file);
  return ims.includes(channel) || channel in { ...known.public, ...known.private };
}
