import { z } from 'zod';
import type { Files } from './files.ts';
import type { SharedFile } from './types.ts';

const prefix = 'application/vnd.microsoft.teams.card.file.';
const offer = z.strictObject({
  contentType: z.literal(`${prefix}consent`),
  name: z.string().min(1),
  content: z.strictObject({
    description: z.string(),
    sizeInBytes: z.int().positive(),
    acceptContext: z.unknown(),
    declineContext: z.unknown(),
  }),
});
const shared = z.strictObject({
  contentType: z.literal(`${prefix}info`),
  name: z.string().min(1),
  contentUrl: z.url({ protocol: /^https$/ }),
  content: z.strictObject({ uniqueId: z.string(), fileType: z.string() }),
});

/** Whether an attachment is a file, or the offer of one. */
export function isFileAttachment(attachment: unknown): boolean {
  const { contentType } = (attachment ?? {}) as { contentType?: unknown };
  return typeof contentType === 'string' && contentType.startsWith(prefix);
}

/** The file of an attachment. Throws with the reason when Teams would not draw it. */
export function readFile(attachment: unknown, files: Files): SharedFile {
  const offered = offer.safeParse(attachment);
  if (offered.success) {
    const { name, content } = offered.data;
    const { description, sizeInBytes: size, acceptContext: context } = content;
    return { name, size, offer: { description, context } };
  }
  const { name, contentUrl: url, content } = shared.parse(attachment);
  const stored = files.read(content.uniqueId);
  if (!stored) throw new Error('The file is not in the storage of the person.');
  return { name, size: stored.length, uniqueId: content.uniqueId, url };
}
