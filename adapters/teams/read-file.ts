import { z } from 'zod';
import type { CommandContext } from '../../src/commands/command.ts';
import { type GivenFile, readAtMost } from '../../src/commands/given-file.ts';
import { Refusal } from '../../src/membership/refusal.ts';
import type { Inbound } from './activity.ts';
import { isFileUrl } from './file-urls.ts';

const attached = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().max(500).default('file'),
  content: z.object({ downloadUrl: z.string().max(5_000) }),
});

/** The first file that was sent with a message; people can send some only in their own chat with usher. */
export function givenFile({ attachments }: Inbound): GivenFile | undefined {
  for (const attachment of attachments ?? []) {
    const { data } = attached.safeParse(attachment);
    if (data) return { name: data.name, url: data.content.downloadUrl };
  }
  return undefined;
}

/** Fetches files people sent, from the storage Teams keeps them in and from nowhere else. Their addresses need no token. */
export function createFileReader(fileHosts: readonly string[]): CommandContext['readFile'] {
  return async ({ url }, mostBytes) => {
    const notToBeHad = () => new Refusal('file-not-to-be-had', {});
    if (!isFileUrl(url, fileHosts)) throw notToBeHad();
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
    if (!response.ok || !response.body) throw notToBeHad();
    return readAtMost(response.body, mostBytes);
  };
}
