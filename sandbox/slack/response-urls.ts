import { randomBytes } from 'node:crypto';
import type { Block } from './block-schemas.ts';
import { checkMessage } from './check-blocks.ts';
import type { Emulator } from './emulator.ts';
import type { MessageRef, Screens } from './screens.ts';

/** Where an answer to somebody goes, and the message that was clicked. */
interface ReplyTo {
  personId: string;
  channel: string;
  original?: MessageRef & { ephemeral?: true };
}
/** What a response_url answers. */
interface Replied {
  status: number;
  body: unknown;
}

export interface ResponseUrls {
  create(reply: ReplyTo): string;
  /** Takes what usher sent to a response_url. */
  use(id: string, body: unknown): Promise<Replied>;
  /** Shows an answer to a command that came as the body of the HTTP answer. */
  show(reply: ReplyTo, body: unknown): Promise<Replied>;
  /** Makes every URL handed out so far as old as Slack lets none become. */
  expire(): void;
}

const uses = 5;
const lifeMs = 30 * 60_000;
const refusedWith = (error: string): Replied => ({ status: 404, body: { ok: false, error } });
const shown: Replied = { status: 200, body: 'ok' };

export function createResponseUrls(parts: {
  gatewayUrl: string;
  emulator: Emulator;
  screens: Screens;
}): ResponseUrls {
  const { gatewayUrl, emulator, screens } = parts;
  const replies = new Map<string, ReplyTo & { left: number; until: number }>();

  async function show(reply: ReplyTo, answered: unknown): Promise<Replied> {
    const message = typeof answered === 'string' ? { text: answered } : answered;
    if (typeof message !== 'object' || message === null) return { status: 400, body: 'invalid_payload' };
    const wrong = checkMessage(message);
    if (wrong) return { status: 400, body: wrong };
    const { text, blocks, replace_original, delete_original, response_type } = message as Record<
      string,
      unknown
    >;
    const { original } = reply;
    if (delete_original && original) return remove(original);
    if (typeof text !== 'string' && !Array.isArray(blocks))
      return { status: 400, body: { ok: false, error: 'no_text' } };
    const content = { text: String(text ?? ''), ...(Array.isArray(blocks) && { blocks: blocks as Block[] }) };
    if (replace_original && original) return replace(original, content);
    return response_type === 'in_channel' ? post(reply, content) : whisper(reply, content);
  }

  async function remove(original: NonNullable<ReplyTo['original']>): Promise<Replied> {
    if (!original.ephemeral && screens.find(original)) await emulator.call('chat.delete', { ...original });
    return screens.remove(original) ? shown : refusedWith('message_not_found');
  }
  async function replace(
    original: NonNullable<ReplyTo['original']>,
    content: { text: string; blocks?: Block[] },
  ) {
    const { channel, ts } = original;
    if (!screens.find(original)) return refusedWith('message_not_found');
    if (!original.ephemeral) await emulator.call('chat.update', { channel, ts, ...content });
    screens.replace(original, content);
    return shown;
  }
  async function post({ channel }: ReplyTo, content: { text: string; blocks?: Block[] }): Promise<Replied> {
    const { ts } = await emulator.call('chat.postMessage', { channel, ...content });
    screens.post({ channel, ts: String(ts), ...content });
    return shown;
  }
  async function whisper({ channel, personId }: ReplyTo, content: { text: string; blocks?: Block[] }) {
    const { message_ts } = await emulator.call('chat.postEphemeral', { channel, user: personId, ...content });
    screens.whisper(personId, { channel, ts: String(message_ts), ...content });
    return shown;
  }

  return {
    show,
    create: (reply) => {
      const id = randomBytes(12).toString('hex');
      replies.set(id, { ...reply, left: uses, until: Date.now() + lifeMs });
      return `${gatewayUrl}/response/${id}`;
    },
    use: async (id, body) => {
      const reply = replies.get(id);
      if (!reply || Date.now() >= reply.until) return refusedWith('expired_url');
      if (reply.left === 0) return refusedWith('used_url');
      reply.left -= 1;
      return show(reply, body);
    },
    expire: () => {
      for (const reply of replies.values()) reply.until = 0;
    },
  };
}
