// @ts-check
import { contextFor } from './context.js';
import { byId } from './element.js';
import { createHome } from './home.js';
import { createLog, entriesOf } from './log.js';
import { drawMessage } from './message.js';
import { drawIntro, showPlace } from './place.js';
import { isApp, keyOf, markRead, openPlace } from './state.js';

/** @import { createActions } from './actions.js' */
/** @import { createComposer } from './composer.js' */
/** @import { Author } from './message.js' */
/** @import { State } from './state.js' */
/** @import { Conversation, DrawContext, Message, Screen } from './sandbox.d.ts' */

/**
 * @typedef {object} Ports
 * @property {ReturnType<typeof createActions>} actions
 * @property {ReturnType<typeof createComposer>} composer
 * @property {{ refresh: () => Promise<void>, failed: (sentence: string) => void, pressed: (action: string) => void }} on
 */

/**
 * The middle of the page: a conversation with its composer, or usher's Home tab.
 *
 * @param {State<Screen>} state
 * @param {Ports} ports
 */
export function createConversationView(state, { actions, composer, on }) {
  const log = createLog(byId('view'));
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
      entries: entriesOf(messages, {
        stamp: (message) => authorOf(state, message),
        draw: (message, compact) =>
          drawMessage(message, { ...authorOf(state, message), compact }, messageContext(message)),
      }),
      count: messages.length,
    });
    composer.show({
      key,
      placeholder: `Message ${kind === 'channel' ? '#' : ''}${name}`,
      draft: state.drafts.get(key) ?? '',
    });
  }

  /** @param {Message} message @returns {DrawContext} */
  function messageContext({ channel, ts }) {
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

/** @param {State<Screen>} state @param {Message} message @returns {Author} */
function authorOf(state, { user, userName }) {
  if (user === 'USLACKBOT') return { name: 'Slackbot', isApp: false };
  const person = state.people.find(({ id }) => id === user);
  return person ? { name: person.realName, isApp: false } : { name: userName ?? 'usher', isApp: true };
}
