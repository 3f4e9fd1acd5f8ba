import type { Block, View } from './block-kit.d.ts';

/** What the pretend Slack gateway serves, and what the parts of the page hand to each other. */

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
  /** What people typed, by block and action; outlives a redraw. */
  values: Values;
  errors: Record<string, string>;
  /** A prefix that makes DOM ids unique on the page. */
  scope: string;
};
