// @ts-check
import { byId, h } from '../element.js';
import { createLog, entriesOf } from '../log.js';
import { keyOf, markRead, openPlace } from '../state.js';
import { drawMessage } from './message.js';
import { drawIntro, showPlace } from './place.js';

/** @import { createComposer } from '../composer.js' */
/** @import { State } from '../state.js' */
/** @import { Conversation, Message, Press, Screen } from './types.d.ts' */

/**
 * @typedef {object} Ports
 * @property {ReturnType<typeof createComposer>} composer
 * @property {(message: Message, press: Press) => Promise<void>} press
 * @property {(message: Message, answer: 'accept' | 'decline') => Promise<void>} answer to the offer of a file
 */

/**
 * The middle of the page: a chat or channel with its composer.
 *
 * @param {State<Screen>} state
 * @param {Ports} ports
 */
export function createConversationView(state, { composer, press, answer }) {
  const pane = byId('teams-view');
  const log = createLog(pane);

  /** @param {Conversation} conversation */
  function showConversation(conversation) {
    const { id, name, kind, messages } = conversation;
    const key = keyOf(state.current, id);
    const reader = state.people.find((person) => person.id === state.current)?.realName ?? '';
    if (document.visibilityState === 'visible') markRead(state, state.current, conversation);
    showPlace(conversation);
    log.show({
      key,
      label: `Messages in ${name}`,
      intro: () => drawIntro(conversation, reader),
      entries: entriesOf(messages, {
        stamp: () => state.current,
        draw: (message, compact) =>
          drawMessage(
            message,
            {
              isApp: !state.people.some((person) => person.id === message.user),
              isOwn: message.user === state.current,
              place: kind,
              compact,
              reader,
              names: state.people.map(({ realName }) => realName),
            },
            (pressed) => press(message, pressed),
            (answered) => answer(message, answered),
          ),
      }),
      count: messages.length,
    });
    composer.show({
      key,
      placeholder: kind === 'dm' ? 'Type a message' : 'Type a message that begins with @usher',
      draft: state.drafts.get(key) ?? '',
    });
  }

  /** Somebody who has no chat and is on no team. */
  function showNothing() {
    showPlace({ name: 'usher', kind: 'dm' });
    log.forget();
    composer.hide();
    const text = 'There is nothing here yet. To talk to usher in Teams, add it on the left.';
    pane.replaceChildren(h('p', { class: 'waiting' }, text));
  }

  return {
    show() {
      const place = openPlace(state, state.current);
      if (place.kind === 'conversation') showConversation(place.conversation);
      else if (state.screens.has(state.current)) showNothing();
    },
  };
}
