import type { Block } from './block-schemas.ts';
import type { Directory } from './directory.ts';
import { withIds } from './surface.ts';
import type { Conversation, Shown } from './types.ts';

/** Which message is meant. */
export interface MessageRef {
  channel: string;
  ts: string;
}
/** What a message is made of before it is shown. */
interface NewMessage extends MessageRef {
  text: string;
  blocks?: Block[] | undefined;
  user?: string;
  metadata?: unknown;
  files?: NonNullable<Shown['files']>;
}

/** Who sees which messages: channels for everybody, direct messages for one person, ephemeral messages for one person. */
export interface Screens {
  post(message: NewMessage): Shown;
  /** Shows a message to one person only; Slack keeps no copy that could be updated by its ts. */
  whisper(personId: string, message: NewMessage): Shown;
  find(ref: MessageRef): Shown | undefined;
  /** Replaces text and blocks where the message stands; false when it is gone. */
  replace(ref: MessageRef, change: Pick<NewMessage, 'text' | 'blocks' | 'metadata'>): boolean;
  remove(ref: MessageRef): boolean;
  /** The direct message between a person and usher, once it was opened. */
  directMessage(personId: string): string | undefined;
  openDirectMessage(personId: string, channelId: string): void;
  nameOf(channelId: string): string;
  conversationsOf(personId: string): Conversation[];
}

type Stored = Shown & { onlyFor?: string };

export function createScreens(world: {
  directory: Directory;
  /** Channel ids by name. */
  channels: Map<string, string>;
  botUserId: string;
  changed: () => void;
}): Screens {
  const { directory, channels, botUserId, changed } = world;
  const messages = new Map<string, Stored[]>([...channels.values()].map((id) => [id, []]));
  const directMessages = new Map<string, string>();
  const channelNames = new Map([...channels].map(([name, id]) => [id, name]));

  function store({ blocks = [], user = botUserId, ...message }: NewMessage, onlyFor?: string): Stored {
    const stored: Stored = {
      ...message,
      user,
      userName: userName(user),
      blocks: withIds(blocks),
      ...(onlyFor !== undefined && { ephemeral: true, onlyFor }),
    };
    const others = messages.get(message.channel) ?? [];
    others.push(stored);
    messages.set(message.channel, others);
    changed();
    return shown(stored);
  }
  function userName(id: string): string {
    if (id === botUserId) return 'usher';
    return id === 'USLACKBOT' ? 'Slackbot' : (directory.find(id)?.realName ?? id);
  }
  function stored(ref: MessageRef): Stored | undefined {
    return messages.get(ref.channel)?.find((one) => one.ts === ref.ts);
  }
  function conversation(
    id: string,
    name: string,
    kind: Conversation['kind'],
    personId: string,
  ): Conversation {
    const visible = (messages.get(id) ?? []).filter((one) => !one.onlyFor || one.onlyFor === personId);
    return { id, name, kind, messages: visible.map(shown) };
  }

  return {
    post: (message) => store(message),
    whisper: (personId, message) => store(message, personId),
    find: (ref) => {
      const found = stored(ref);
      return found && shown(found);
    },
    replace: (ref, { text, blocks = [], metadata }) => {
      const found = stored(ref);
      if (!found) return false;
      Object.assign(found, { text, blocks: withIds(blocks) }, metadata !== undefined && { metadata });
      if (!found.ephemeral) found.edited = true;
      changed();
      return true;
    },
    remove: (ref) => {
      if (!stored(ref)) return false;
      messages.set(ref.channel, messages.get(ref.channel)?.filter((one) => one.ts !== ref.ts) ?? []);
      changed();
      return true;
    },
    directMessage: (personId) => directMessages.get(personId),
    openDirectMessage: (personId, channelId) => {
      if (directMessages.get(personId) === channelId) return;
      directMessages.set(personId, channelId);
      channelNames.set(channelId, 'directmessage');
      changed();
    },
    nameOf: (channelId) => channelNames.get(channelId) ?? channelId,
    conversationsOf: (personId) => {
      const direct = directMessages.get(personId);
      return [
        ...[...channels].map(([name, id]) => conversation(id, name, 'channel', personId)),
        ...(direct ? [conversation(direct, 'usher', 'dm', personId)] : []),
      ];
    },
  };
}

/** A copy, so that what somebody saw stays as they saw it when the message changes. */
function shown({ onlyFor: _, ...message }: Stored): Shown {
  return structuredClone(message);
}
