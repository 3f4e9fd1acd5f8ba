// @ts-check
import { createComposer } from '../composer.js';
import { byId } from '../element.js';
import { notices } from '../notices.js';
import { createReader } from '../reader.js';
import { createState, isApp, keyOf, openPlace, unreadCount, waitingFor } from '../state.js';
import { suggest, usageOf } from '../suggestions.js';
import { createActions } from './actions.js';
import { showChats } from './chats.js';
import { createConversationView } from './conversation-view.js';
import { dialectOf, usherItself } from './dialect.js';
import { createDialog } from './dialog.js';
import { gateway } from './gateway.js';

/** @import { Client, Page } from '../sandbox.d.ts' */
/** @import { Screen, TeamsPerson } from './types.d.ts' */

/** Microsoft Teams on the page. @param {Page} page @returns {Client} */
export function createTeams(page) {
  /** @type {import('../state.js').State<Screen>} */
  const state = createState('usher-sandbox-teams');
  const me = () =>
    /** @type {TeamsPerson | undefined} */ (state.people.find(({ id }) => id === state.current));
  const { refresh, follow, byEmail } = createReader('teams', state, {
    source: gateway,
    page,
    drawNews: (text) => text,
  });
  const actions = createActions(state, {
    render: page.render,
    refresh,
    failed: notices.failure,
    sent: (text) => page.progress.noteCommand(me(), text),
    pressed: (action) => page.progress.notePress(me(), action),
    prepare: (text) => composer.prepare(text),
  });
  const dialect = () => dialectOf(openPlace(state, state.current));
  const composer = createComposer(byId('teams-composer'), {
    send: actions.send,
    sent: () => state.sent.get(state.current) ?? [],
    suggest: (text, caret) => suggest(text, caret, [usherItself, ...state.people], dialect()),
    usageOf: (text) => usageOf(text, dialect()),
    drafted: (text) => void state.drafts.set(keyOf(state.current, state.open.get(state.current) ?? ''), text),
  });
  const view = createConversationView(state, { composer, press: actions.press, answer: actions.answer });
  const chooser = /** @type {HTMLInputElement} */ (byId('teams-file'));
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    if (file) void actions.sendFile(file, composer.take());
    chooser.value = '';
  });
  const dialog = createDialog({ submit: actions.submit, close: actions.close });

  follow();
  return {
    people: () => state.people,
    current: () => me()?.email ?? '',
    become(email) {
      state.current = byEmail(email)?.id ?? state.current;
    },
    waiting: (email) => waitingFor(state, byEmail(email)?.id ?? ''),
    refresh,
    startTask: actions.startTask,
    render() {
      const isShown = page.isShown('teams');
      const screen = state.screens.get(state.current);
      dialog.show(isShown ? screen?.modal : undefined);
      if (!isShown) return;
      view.show();
      showChats(screen?.conversations ?? [], {
        viewer: state.current,
        openId: state.open.get(state.current) ?? '',
        unread: (conversation) => unreadCount(state, state.current, conversation),
        choose: actions.choosePlace,
        add: screen && !screen.conversations.some(isApp) ? actions.install : undefined,
      });
      state.save();
    },
  };
}
