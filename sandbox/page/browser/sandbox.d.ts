import type { Block, View } from './block-kit.d.ts';
import type { Progress } from './progress.js';

/** What the sandbox serves for Slack and for both, and what the parts of the page hand to each other. */

export type Platform = 'slack' | 'teams';
/** What parts for both platforms know of messages, conversations and screens; `ts` is in seconds. */
export type AnyMessage = { ts: string; user: string; text: string; summary?: string; ephemeral?: boolean };
export type AnyConversation = {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'dm';
  messages: AnyMessage[];
};
export type AnyScreen = { conversations: AnyConversation[] };

/** One platform on the page. */
export type Client = {
  /** Who one can be there, with what the notes say about them. */
  people(): Person[];
  /** The address of the person one is there, if anybody is known. */
  current(): string;
  /** Becomes the person with this address, if there is one. */
  become(email: string): void;
  /** How many direct messages wait for the person with this address, and when the last of them came. */
  waiting(email: string): { count: number; last: number };
  /** Draws what changed; cheap enough to call after anything. */
  render(): void;
  refresh(): Promise<void>;
  /** Goes where the task begins, and writes its command without sending it. */
  startTask(task: Task): void;
};

/** What a platform needs from the page around it. */
export type Page = {
  progress: Progress;
  /** The address of the person chosen on the page. */
  chosen(): string;
  isShown(platform: Platform): boolean;
  /** Goes to a person's screen on a platform. */
  show(platform: Platform, email: string): void;
  render(): void;
  connected(platform: Platform, isConnected: boolean): void;
};

export type Person = {
  id: string;
  name: string;
  realName: string;
  email: string;
  timeZone: string;
  note?: string;
};
export type Message = {
  ts: string;
  channel: string;
  user: string;
  userName?: string;
  text: string;
  blocks?: Block[];
  ephemeral?: boolean;
  edited?: boolean;
  files?: { id: string; name: string; title: string; size: number; url: string }[];
};
export type Conversation = { id: string; name: string; kind: 'channel' | 'dm'; messages: Message[] };
export type Modal = View & { id: string; errors?: Record<string, string>; problem?: string };
export type Screen = { conversations: Conversation[]; modal?: Modal; home?: View };
export type Task = {
  title: string;
  as?: string;
  text?: string;
  in?: Platform;
  place?: string;
  until?: { press: string } | { hours: number };
};

/** usher's answer to a click, command or submission; status 0 means none, `wasHeard` false that the sandbox itself is away. */
export type Answer = { status: number; body: unknown; wasHeard: boolean };

/** What a field holds: text or one value, several values, or nothing. */
export type FieldValue = string | string[] | null;
export type Values = Record<string, Record<string, FieldValue>>;

export type Press = { actionId: string; blockId: string; value?: FieldValue };

/** How drawn blocks reach names, typed values and the gateway; one per message, modal or home tab. */
export type DrawContext = {
  userName(id: string): string | undefined;
  channelName(id: string): string | undefined;
  people(): Person[];
  viewer: string;
  press(press: Press): Promise<void>;
  /** Gives a chosen file to the sandbox; resolves with its id. */
  giveFile(file: File): Promise<string>;
  /** What people typed, by block and action; outlives a redraw. */
  values: Values;
  errors: Record<string, string>;
  /** A prefix that makes DOM ids unique on the page. */
  scope: string;
};
