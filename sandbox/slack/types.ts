import type { Block } from './block-schemas.ts';
import type { StateValues } from './form-state.ts';

/** Somebody to seed: a login-like ASCII `name`, and what Slack should say about them. `note` is shown on the page only. */
export interface PersonSeed {
  name: string;
  realName: string;
  email: string;
  timeZone?: string;
  note?: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  isGuest?: boolean;
  isSingleChannelGuest?: boolean;
  isBot?: boolean;
  deleted?: boolean;
  /** Set for somebody of another workspace, met in a Slack Connect channel. */
  teamId?: string;
}

/** A person of the workspace. The object is live: after `person.deleted = true` Slack says so. */
export interface PretendPerson extends PersonSeed {
  readonly id: string;
  timeZone: string;
}

/** A message as one person sees it. */
export interface Shown {
  ts: string;
  channel: string;
  user: string;
  userName: string;
  text: string;
  blocks: Block[];
  ephemeral?: true;
  edited?: true;
  metadata?: unknown;
  files?: { id: string; name: string; title: string; size: number; url: string }[];
}

/** A modal or home tab as one person sees it. */
export interface View {
  id: string;
  type: 'modal' | 'home';
  hash: string;
  callback_id: string;
  private_metadata: string;
  external_id: string;
  blocks: Block[];
  root_view_id: string;
  previous_view_id: string | null;
  notify_on_close: boolean;
  clear_on_close: boolean;
  title?: { type: 'plain_text'; text: string } | null;
  submit?: { type: 'plain_text'; text: string } | null;
  close?: { type: 'plain_text'; text: string } | null;
  state: { values: StateValues };
}

/** An open modal; `errors` by block id stand under their fields, `problem` is Slack's own "we had some trouble". */
export interface Modal extends View {
  errors?: Record<string, string>;
  problem?: string;
}

export interface Conversation {
  id: string;
  name: string;
  kind: 'channel' | 'dm';
  messages: Shown[];
}

/** Everything one person sees now. */
export interface Screen {
  conversations: Conversation[];
  modal?: Modal;
  home?: View;
}

/** usher's answer to one request; status 0 when none came in time, `notSent` when Slack's client had no reason to ask. */
export interface Answer {
  status: number;
  body: unknown;
  ms: number;
  notSent?: true;
}

/** One request as it goes over the wire; `lastRequest` has every field, so sending it again repeats it byte for byte. */
export interface RawRequest {
  body: string;
  contentType: string;
  timestamp: string;
  signature: string;
}

/** A Web API call usher made (also `response_url` and `upload`); status 0 means usher got no answer. */
export interface Call {
  method: string;
  body: Record<string, unknown>;
  at: number;
  status: number;
  error?: string;
}

/** `cut-before` loses the request, `cut-after` delivers it and loses the answer. */
export type Fault =
  | { status: 429; retryAfter: number }
  | { status: 500 }
  | { error: string }
  | 'hang'
  | 'cut-before'
  | 'cut-after';

/** A button by its label or action id, or exactly by ids; `selected` chooses in a menu by value or label. */
export type Clicked =
  | string
  | { actionId: string; blockId?: string; value?: string; selected?: string | string[] };
