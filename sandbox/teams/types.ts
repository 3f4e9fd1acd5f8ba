/** Somebody to seed: a login-like ASCII `name`, and what Teams should say about them. `note` is shown on the page only. */
export interface PersonSeed {
  name: string;
  realName: string;
  email: string;
  timeZone?: string;
  note?: string;
  isGuest?: boolean;
  /** Has left the tenant. */
  deleted?: boolean;
  /** Has the app for themselves, so that usher can write to them; everybody on the team does unless this says otherwise. */
  hasApp?: boolean;
  /** On the team, where the app is installed too; everybody is unless this says otherwise. */
  onTeam?: boolean;
  /** Set for somebody of another tenant, met in a shared channel. */
  tenantId?: string;
}

/** A person of the tenant. The object is live: after `person.deleted = true` Teams says so. */
export interface PretendPerson extends PersonSeed {
  /** As the bot knows them: `29:…`. */
  readonly id: string;
  readonly aadObjectId: string;
  timeZone: string;
  hasApp: boolean;
  onTeam: boolean;
  /** Has taken the app away again, so that usher may not even reach them through the team. */
  sentAway: boolean;
}

/** An Adaptive Card as JSON. On screens every action has an `id`; the ones beginning with `sandbox-` never reach usher. */
export interface Card {
  type: 'AdaptiveCard';
  version?: string;
  body?: unknown[];
  actions?: unknown[];
  [other: string]: unknown;
}

/** A file in a message: one that is offered has no address yet. */
export interface SharedFile {
  name: string;
  size: number;
  /** What the offer says about it; only offers have one. */
  offer?: { description: string; context: unknown };
  uniqueId?: string;
  url?: string;
}

/** A message as one person sees it. */
export interface Shown {
  /** The activity id. */
  id: string;
  conversation: string;
  /** `28:…` is usher, `29:…` a person. */
  from: string;
  fromName: string;
  text: string;
  cards: Card[];
  files?: SharedFile[];
  /** Milliseconds; later messages have a larger one. */
  sentAt: number;
  edited?: true;
  /** What Teams itself says below the message to this person: usher could not be reached, or its answer to a button. */
  notice?: string;
}

/** An open dialog. Its card says usher's problems itself; `text` stands instead of a card when usher sent only that. */
export interface Modal {
  id: string;
  title: string;
  card?: Card;
  text?: string;
  height: number | 'small' | 'medium' | 'large';
  width: number | 'small' | 'medium' | 'large';
  /** What was typed when the client objected, by input id; to be filled in again. */
  values: Record<string, string>;
  /** What the client objects to, by input id: nothing was sent. */
  errors?: Record<string, string>;
  /** Teams' own sentence when usher could not be reached or sent something Teams does not take. */
  problem?: string;
}

export interface Conversation {
  id: string;
  name: string;
  kind: 'personal' | 'group' | 'channel';
  /** The team a channel belongs to. */
  team?: string;
  messages: Shown[];
}

/** Everything one person sees now. */
export interface Screen {
  conversations: Conversation[];
  modal?: Modal;
}

/** usher's answer to one request; status 0 when none came in time, `notSent` when Teams' client had no reason to ask. */
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
  /** The whole header, `Bearer …`; null sends none. */
  authorization: string | null;
}

/** What usher calls, by name; `token` is the login, `openid` and `keys` are the channel's published keys. */
export type Route =
  | 'conversations.create'
  | 'activities.send'
  | 'activities.reply'
  | 'activities.update'
  | 'activities.delete'
  | 'members.get'
  | 'members.page'
  | 'members.list'
  | 'graph'
  | 'upload'
  | 'download'
  | 'token'
  | 'openid'
  | 'keys';

/** A call usher made; status 0 means usher got no answer. Secrets are left out of the body. */
export interface Call {
  method: Route | 'unknown';
  path: string;
  body: Record<string, unknown>;
  at: number;
  status: number;
  error?: string;
  /** The header `x-ms-client-request-id`, by which an attempt can be traced. */
  requestId?: string;
}

/** `cut-before` loses the request, `cut-after` delivers it and loses the answer. */
export type Fault =
  | { status: 429; retryAfter: number }
  | { status: 401 | 403 | 404 | 412 | 500 | 502 | 503 | 504; error?: string }
  | 'hang'
  | 'cut-before'
  | 'cut-after';

/** A button by its label, or exactly by its action's id on the screen. */
export type Clicked = string | { actionId: string };

/** What a person puts into an input: text, one value or label, several of them, or nothing. */
export type FieldValue = string | string[] | boolean | null;
/** Inputs by id or label. */
export type FieldValues = Record<string, FieldValue>;
