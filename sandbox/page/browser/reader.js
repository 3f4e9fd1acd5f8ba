// @ts-check
import { arrivals } from './news.js';
import { notices } from './notices.js';
import { createRefresh } from './refresh.js';
import { sandbox } from './sandbox-calls.js';
import { openPlace, unreadCount } from './state.js';
import { followChanges } from './wire.js';

/** @import { State } from './state.js' */
/** @import { AnyScreen, Page, Person, Platform } from './sandbox.d.ts' */

/**
 * @typedef {object} Reader
 * @property {() => Promise<void>} refresh reads everything again
 * @property {() => void} follow reads again after each change, from now on
 * @property {(email: string) => Person | undefined} byEmail
 */

/**
 * @template {AnyScreen} S
 * @typedef {object} Source
 * @property {string} changes address of the events
 * @property {() => Promise<Person[]>} people
 * @property {(as: string) => Promise<S>} screen
 */

/**
 * Keeps everybody's screen on one platform up to date, and announces what arrives where nobody looks.
 *
 * @template {AnyScreen} S
 * @param {Platform} platform
 * @param {State<S>} state
 * @param {{ source: Source<S>, page: Page, drawNews: (text: string) => Node | string }} options
 * @returns {Reader}
 */
export function createReader(platform, state, { source, page, drawNews }) {
  /** Reads everybody's screen, the current person's first. */
  async function load() {
    try {
      const [people, notes] = await Promise.all([source.people(), sandbox.notes()]);
      state.people = people.map((person) => ({ ...person, note: notes[person.email] ?? 'Not invited yet' }));
      if (!state.people.some(({ id }) => id === state.current)) {
        if (state.current) page.progress.forget();
        state.forget();
        state.current = (byEmail(page.chosen()) ?? state.people[0])?.id ?? '';
      }
      await loadScreen(state.current);
      page.render();
      await Promise.all(
        state.people.filter(({ id }) => id !== state.current).map(({ id }) => loadScreen(id)),
      );
      page.render();
    } catch (error) {
      page.connected(platform, false);
      console.warn(error);
    }
  }

  /** @param {string} personId */
  async function loadScreen(personId) {
    if (!personId) return;
    const before = state.screens.get(personId);
    const after = await source.screen(personId);
    state.screens.set(personId, after);
    for (const { conversation, message } of arrivals(before, after, personId)) {
      if (!isOnScreen(personId, conversation.id))
        announce(personId, conversation.id, message.summary ?? message.text);
    }
  }

  /** @param {string} email */
  function byEmail(email) {
    return state.people.find((person) => person.email === email);
  }

  /** @param {string} personId @param {string} conversationId */
  function isOnScreen(personId, conversationId) {
    if (personId !== state.current || !page.isShown(platform)) return false;
    const place = openPlace(state, personId);
    return place.kind === 'conversation' && place.conversation.id === conversationId;
  }

  /** @param {string} personId @param {string} conversationId @param {string} text */
  function announce(personId, conversationId, text) {
    const person = state.people.find(({ id }) => id === personId);
    const run = () => {
      state.open.set(personId, conversationId);
      page.show(platform, person?.email ?? '');
    };
    const isStale = () => {
      const conversation = state.screens.get(personId)?.conversations.find(({ id }) => id === conversationId);
      return conversation !== undefined && unreadCount(state, personId, conversation) === 0;
    };
    const where = page.isShown(platform) ? '' : { slack: ' in Slack', teams: ' in Teams' }[platform];
    const title =
      personId === state.current
        ? `New message from usher${where}`
        : `New message for ${person?.realName ?? ''}${where}`;
    notices.news(title, drawNews(text), { label: 'Show it', run, isStale });
  }

  const refresh = createRefresh(load);
  return {
    refresh,
    byEmail,
    follow() {
      followChanges(source.changes, {
        changed: () => void refresh(),
        connected: (isConnected) => page.connected(platform, isConnected),
      });
    },
  };
}
