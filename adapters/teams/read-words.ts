import { z } from 'zod';
import type { Inbound } from './activity.ts';

const mention = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string().regex(/^2[89]:[\w-]{1,200}$/), name: z.string().nullish() }),
  text: z.string().min(1),
});

/**
 * What somebody typed, as they typed it: without the mention of usher itself, and without the `/usher` that Slack wants.
 * Mentions of people become `<@id|name>`, for only Teams knows who that is.
 */
export function readWords({ text, entities, recipient }: Inbound): string {
  let words = text ?? '';
  for (const entity of entities ?? []) {
    const { data } = mention.safeParse(entity);
    if (data && data.mentioned.id !== recipient.id)
      words = words.replace(data.text, () => `<@${data.mentioned.id}|${labelOf(data.mentioned.name)}>`);
    else if (isOf(entity, recipient.id)) words = words.replace(String(entity.text), ' ');
  }
  return words
    .replace(/&(?:lt|gt|amp|nbsp);/g, (entity) => unescaped[entity] ?? ' ')
    .replaceAll('\u00a0', ' ')
    .trim()
    .replace(/^\/?usher(?=\s|$)/i, '')
    .trim();
}

const unescaped: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

function isOf(entity: { type: string; mentioned?: unknown }, id: string): boolean {
  const { mentioned } = entity;
  return typeof mentioned === 'object' && mentioned !== null && 'id' in mentioned && mentioned.id === id;
}

function labelOf(name: string | null | undefined): string {
  return (name ?? '').replace(/[<>|]/g, '');
}
