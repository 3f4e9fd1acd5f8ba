import type { Person } from '../sandbox.d.ts';

/** What the pretend Teams serves, and what the Teams parts of the page hand to each other. */

export type TeamsPerson = Person & { hasApp: boolean; onTeam: boolean };
export type Card = { type: 'AdaptiveCard'; body?: unknown[]; actions?: unknown[]; [other: string]: unknown };

/** A file in a message, or the offer of one. */
export type SharedFile = {
  name: string;
  size: number;
  offer?: { description: string };
  uniqueId?: string;
};

/** A message as the sandbox tells it. */
export type Shown = {
  id: string;
  conversation: string;
  from: string;
  fromName: string;
  text: string;
  cards: Card[];
  files?: SharedFile[];
  sentAt: number;
  edited?: true;
  notice?: string;
};
export type ShownScreen = {
  conversations: {
    id: string;
    name: string;
    kind: 'personal' | 'group' | 'channel';
    team?: string;
    messages: Shown[];
  }[];
  modal?: Modal;
};

/** The same as the page draws it; `summary` is what a list or a notice says of it. */
export type Message = Shown & { ts: string; user: string; summary: string };
export type Conversation = {
  id: string;
  name: string;
  kind: 'dm' | 'group' | 'channel';
  team?: string;
  messages: Message[];
};
type Size = number | 'small' | 'medium' | 'large';
export type Modal = {
  id: string;
  title: string;
  card?: Card;
  text?: string;
  height: Size;
  width: Size;
  values: Record<string, string>;
  errors?: Record<string, string>;
  problem?: string;
};
export type Screen = { conversations: Conversation[]; modal?: Modal };

/** What stands in the inputs of a card, by id. */
export type Values = Record<string, string | string[]>;

/** A button of a card as it was pressed; `does` says what it asks usher for. */
export type Press = { actionId: string; does: string; values: Values };
