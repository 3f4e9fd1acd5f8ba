// @ts-check

/** @import { AnyConversation, AnyScreen, Person } from './sandbox.d.ts' */

/**
 * What the page knows of one platform and what each person has open there; the part that survives a reload is kept
 * under `name`, for this tab only.
 *
 * @template {AnyScreen} S
 * @param {string} name
 */
export function createState(name) {
  const saved = load(name);
  return {
    /** @type {Person[]} */
    people: [],
    current: saved.current ?? '',
    /** @type {Map<string, S>} */
    screens: new Map(),
    /** Conversation id or `home`, by person. @type {Map<string, string>} */
    open: new Map(saved.open),
    /** Time stamp of the last message read, by person and conversation. @type {Map<string, number>} */
    read: new Map(saved.read),
    /** Unsent text, by person and place. @type {Map<string, string>} */
    drafts: new Map(),
    /** Commands sent, oldest first, by person. @type {Map<string, string[]>} */
    sent: new Map(),

    /** After the sandbox was started anew nobody's id is the same. */
    forget() {
      for (const part of [this.screens, this.open, this.read, this.drafts, this.sent]) part.clear();
    },

    save() {
      const { current, open, read } = this;
      sessionStorage.setItem(name, JSON.stringify({ current, open: [...open], read: [...read] }));
    },
  };
}

/**
 * @template {AnyScreen} [S=AnyScreen]
 * @typedef {ReturnType<typeof createState<S>>} State
 */

/**
 * @template {AnyConversation} [C=AnyConversation]
 * @typedef {{ kind: 'home' } | { kind: 'conversation', conversation: C } | { kind: 'nothing' }} Place
 */

/** @param {string} name @returns {{ current?: string, open?: [string, string][], read?: [string, number][] }} */
function load(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {string} personId @param {string} place */
export function keyOf(personId, place) {
  return `${personId}/${place}`;
}

/** The direct messages with usher. @param {AnyScreen | undefined} screen */
export function appConversation(screen) {
  return screen?.conversations.find(isApp);
}

/** @param {AnyConversation} conversation */
export function isApp(conversation) {
  return conversation.kind === 'dm' && conversation.name.toLowerCase() === 'usher';
}

/**
 * What this person looks at; on the first look that is the direct message that waits for them, else the one with usher.
 *
 * @template {AnyScreen} S
 * @param {State<S>} state
 * @param {string} personId
 * @returns {Place<S['conversations'][number]>}
 */
export function openPlace(state, personId) {
  /** @type {S['conversations'][number][]} */
  const conversations = state.screens.get(personId)?.conversations ?? [];
  const chosen = state.open.get(personId);
  if (chosen === 'home') return { kind: 'home' };
  const conversation =
    conversations.find(({ id }) => id === chosen) ??
    conversations.find((one) => one.kind === 'dm' && unreadCount(state, personId, one) > 0) ??
    conversations.find(isApp) ??
    conversations[0];
  if (!conversation) return { kind: 'nothing' };
  state.open.set(personId, conversation.id);
  return { kind: 'conversation', conversation };
}

/**
 * How many messages of others this person has not had on the screen; what stood elsewhere than in a direct message at
 * the first look counts as read.
 *
 * @param {Pick<State, 'read'>} state
 * @param {string} personId
 * @param {AnyConversation} conversation
 */
export function unreadCount(state, personId, conversation) {
  const key = keyOf(personId, conversation.id);
  if (!state.read.has(key)) state.read.set(key, conversation.kind === 'dm' ? 0 : lastTs(conversation));
  const seen = state.read.get(key) ?? 0;
  return conversation.messages.filter(({ ts, user }) => user !== personId && Number(ts) > seen).length;
}

/** @param {Pick<State, 'read'>} state @param {string} personId @param {AnyConversation} conversation */
export function markRead(state, personId, conversation) {
  state.read.set(keyOf(personId, conversation.id), lastTs(conversation));
}

/**
 * How many direct messages wait for this person, and when the last of them came; 0 for never.
 *
 * @param {Pick<State, 'read' | 'screens'>} state
 * @param {string} personId
 */
export function waitingFor(state, personId) {
  const conversations = state.screens.get(personId)?.conversations ?? [];
  const waiting = conversations.filter((one) => one.kind === 'dm' && unreadCount(state, personId, one) > 0);
  return {
    count: waiting.reduce((sum, one) => sum + unreadCount(state, personId, one), 0),
    last: Math.max(0, ...waiting.map(lastTs)),
  };
}

/** @param {AnyConversation} conversation */
function lastTs({ messages }) {
  return Math.max(0, ...messages.map(({ ts }) => Number(ts)));
}
