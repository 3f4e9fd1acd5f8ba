import type { Block } from './block-schemas.ts';
import type { ApiAnswer } from './emulator.ts';
import type { Known } from './refuse.ts';
import type { RawView } from './views.ts';

type Body = Record<string, unknown>;

/** Brings what a successful Web API call did onto people's screens. */
export function applyCall(method: string, body: Body, answer: ApiAnswer, known: Known): void {
  const { screens, views, triggers } = known;
  const channel = String(answer.channel ?? body.channel ?? '');
  const blocks = body.blocks as Block[] | undefined;
  const view = answer.view as RawView;
  const personId = triggers.get(String(body.trigger_id))?.personId ?? '';
  switch (method) {
    case 'chat.postMessage': {
      const { text } = answer.message as { text: string };
      knowDirectMessage(String(body.channel), channel, known);
      screens.post({ channel, ts: String(answer.ts), text, blocks, metadata: body.metadata });
      return;
    }
    case 'chat.postEphemeral': {
      const ts = String(answer.message_ts);
      screens.whisper(String(body.user), { channel, ts, text: String(body.text ?? ''), blocks });
      return;
    }
    case 'chat.update': {
      const ref = { channel, ts: String(answer.ts) };
      const kept = body.text === undefined ? screens.find(ref)?.blocks : undefined;
      const text = String(answer.text ?? '');
      screens.replace(ref, { text, blocks: blocks ?? kept, metadata: body.metadata });
      return;
    }
    case 'chat.delete':
      screens.remove({ channel, ts: String(answer.ts) });
      return;
    case 'conversations.open':
      knowDirectMessage(String(body.users), (answer.channel as { id: string }).id, known);
      return;
    case 'files.completeUploadExternal':
      showFiles(body, answer, known);
      return;
    case 'views.open':
      views.open(personId, view);
      return;
    case 'views.push':
      views.push(personId, view);
      return;
    case 'views.update':
      views.update(view);
      return;
    case 'views.publish':
      views.publish(String(body.user_id), view);
  }
}

function knowDirectMessage(personId: string, channel: string, { directory, screens }: Known): void {
  if (directory.find(personId)) screens.openDirectMessage(personId, channel);
}

interface SharedFile {
  id: string;
  name: string;
  title: string;
  size: number;
  url_private: string;
  shares: Record<'public' | 'private', Record<string, { ts: string }[]> | undefined>;
}

/** A shared file is a message of its own; its ts stands in the file's shares only. */
function showFiles(body: Body, answer: ApiAnswer, { screens }: Known): void {
  const channel = String(body.channel_id ?? '');
  const files = answer.files as SharedFile[];
  const ts = files
    .flatMap(({ shares }) => [shares.public?.[channel], shares.private?.[channel]])
    .flatMap((shares) => shares ?? [])
    .at(-1)?.ts;
  if (!ts) return;
  screens.post({
    channel,
    ts,
    blocks: body.blocks as Block[] | undefined,
    text: String(body.initial_comment ?? ''),
    files: files.map(({ id, name, title, size, url_private: url }) => ({ id, name, title, size, url })),
  });
}
