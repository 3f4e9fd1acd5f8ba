// @ts-check

/** @import { Conversation, Person, Screen, Task } from './sandbox.d.ts' */

/** @typedef {{ kind: 'home' } | { kind: 'conversation', conversation: Conversation } | { kind: 'nothing' }} Place */

const remembered = 'usher-sandbox';

/** What the page knows and what each person has open; the part that survives a reload is kept for this tab only. */
export function createState() {
  const saved = load();
  const state = {
    /** @type {Person[]} */
    people: [],
    current: saved.current ?? '',
    /** @type {Map<string, Screen>} */
    screens: new Map(),
    /** Conversation id or `home`, by person. @type {Map<string, string>} */
    open: new Map(saved.open),
    /** Time stamp of the last message read, by person and conversation. @type {Map<string, number>} */
    read: new Map(saved.read),
    /** Unsent text, by person and place. @type {Map<string, string>} */
    drafts: new Map(),
    /** Commands sent, oldest first, by person. @type {Map<string, string[]>} */
    sent: new Map(),
    /** @type {Task[]} */
    tasks: [],
    /** Titles of the tasks already tried. @type {Set<string>} */
    done: new Set(saved.done),
  };
  return { ...state, save, forget };

  /** After the sandbox was started anew nobody's id is the same. @this {typeof state} */
  function forget() {
    for (const part of [this.screens, this.open, this.read, this.drafts, this.sent, this.done]) part.clear();
  }

  /** @this {typeof state} */
  function save() {
    const { current, open, read, done } = this;
    sessionStorage.setItem(
      remembered,
      JSON.stringify({ current, open: [...open], read: [...read], done: [...done] }),
    );
  }
}

/** @typedef {ReturnType<typeof createState>} State */

/** @returns {{ current?: string, open?: [string, string][], read?: [string, number][], done?: string[] }} */
function load() {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {string} personId @param {string} place */
export function keyOf(personId, place) {
  return `${personId}/${place}`;
}

/** The direct messages with usher. @param {Screen | undefined} screen */
export function appConversation(screen) {
  return screen?.conversations.find(isApp);
}

/** @param {Conversation} conversation */
export function isApp(conversation) {
  return conversation.kind === 'dm' && conversation.name.toLowerCase() === 'usher';
}

/**
 * What this person looks at; on the first look that is the direct message that waits for them, else the one with usher.
 *
 * @param {State} state
 * @param {string} personId
 * @returns {Place}
 */
export function openPlace(state, personId) {
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
 * How many messages of others this person has not had on the screen; what stood in a channel at the first look counts as read.
 *
 * @param {State} state
 * @param {string} personId
 * @param {Conversation} conversation
 */
export function unreadCount(state, personId, conversation) {
  const key = keyOf(personId, conversation.id);
  if (!state.read.has(key)) state.read.set(key, conversation.kind === 'channel' ? lastTs(conversation) : 0);
  const seen = state.read.get(key) ?? 0;
  return conversation.messages.filter(({ ts, user }) => user !== personId && Number(ts) > seen).length;
}

/** @param {State} state @param {string} personId @param {Conversation} conversation */
export function markRead(state, personId, conversation) {
  state.read.set(keyOf(personId, conversation.id), lastTs(conversation));
}

/** Direct messages that wait for this person. @param {State} state @param {string} personId */
export function unreadDirect(state, personId) {
  const conversations = state.screens.get(personId)?.conversations ?? [];
  return conversations
    .filter(({ kind }) => kind === 'dm')
    .reduce((sum, conversation) => sum + unreadCount(state, personId, conversation), 0);
}

/** @param {Conversation} conversation */
function lastTs({ messages }) {
  return Math.max(0, ...messages.map(({ ts }) => Number(ts)));
}
