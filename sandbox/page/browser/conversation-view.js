// @ts-check
import { contextFor } from './context.js';
import { createHome } from './home.js';
import { createLog } from './log.js';
import { drawIntro, showPlace } from './place.js';
import { isApp, keyOf, markRead, openPlace } from './state.js';

/** @import { createActions } from './actions.js' */
/** @import { createComposer } from './composer.js' */
/** @import { Author } from './message.js' */
/** @import { State } from './state.js' */
/** @import { Conversation, DrawContext, Message } from './sandbox.d.ts' */

/**
 * @typedef {object} Ports
 * @property {ReturnType<typeof createActions>} actions
 * @property {ReturnType<typeof createComposer>} composer
 * @property {{ refresh: () => Promise<void>, failed: (sentence: string) => void }} on
 */

/**
 * The middle of the page: a conversation with its composer, or usher's Home tab.
 *
 * @param {State} state
 * @param {Ports} ports
 */
export function createConversationView(state, { actions, composer, on }) {
  const log = createLog();
  const home = createHome();
  const tabs = { openHome: () => actions.choosePlace('home'), openMessages: actions.openApp };

  function showHome() {
    const key = keyOf(state.current, 'home');
    showPlace({ name: 'usher', kind: 'app', isHome: true }, tabs);
    log.forget();
    composer.hide();
    home.show({
      key,
      view: state.screens.get(state.current)?.home,
      context: () => contextFor(state, { surface: 'home', scope: 'home' }, on),
    });
  }

  /** @param {Conversation} conversation */
  function showConversation(conversation) {
    const { id, name, kind, messages } = conversation;
    const key = keyOf(state.current, id);
    const isUsher = isApp(conversation);
    const reader = state.people.find((person) => person.id === state.current)?.realName ?? '';
    if (document.visibilityState === 'visible') markRead(state, state.current, conversation);
    showPlace({ name, kind: isUsher ? 'app' : kind, isHome: false }, tabs);
    home.forget();
    log.show({
      key,
      label: `Messages in ${name}`,
      intro: () => drawIntro(conversation, isUsher, reader),
      messages,
      author: (message) => authorOf(state, message),
      contextFor: ({ channel, ts }) => messageContext(channel, ts),
    });
    composer.show({ key, name: kind === 'channel' ? `#${name}` : name, draft: state.drafts.get(key) ?? '' });
  }

  /** @param {string} channel @param {string} ts @returns {DrawContext} */
  function messageContext(channel, ts) {
    return contextFor(state, { surface: 'message', scope: `message-${ts}`, channel, ts }, on);
  }

  return {
    show() {
      const place = openPlace(state, state.current);
      if (place.kind === 'home') showHome();
      if (place.kind === 'conversation') showConversation(place.conversation);
    },
  };
}

/** @param {State} state @param {Message} message @returns {Author} */
function authorOf(state, { user, userName }) {
  if (user === 'USLACKBOT') return { name: 'Slackbot', isApp: false };
  const person = state.people.find(({ id }) => id === user);
  return person ? { name: person.realName, isApp: false } : { name: userName ?? 'usher', isApp: true };
}
