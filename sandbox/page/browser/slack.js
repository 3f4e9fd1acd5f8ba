// @ts-check
import { createActions } from './actions.js';
import { createComposer } from './composer.js';
import { contextFor } from './context.js';
import { createConversationView } from './conversation-view.js';
import { byId } from './element.js';
import { gateway } from './gateway.js';
import { createModal } from './modal.js';
import { drawMrkdwn } from './mrkdwn.js';
import { notices } from './notices.js';
import { createReader } from './reader.js';
import { createState, isApp, keyOf, unreadCount, waitingFor } from './state.js';
import { suggest, usageOf } from './suggestions.js';
import { showWorkspace } from './workspace.js';

/** @import { Client, DrawContext, Page, Screen } from './sandbox.d.ts' */

/** @type {import('./suggestions.js').Dialect} */
const dialect = { start: '/usher', opens: /^\//, nameOf: ({ name }) => name };

/** Slack on the page. @param {Page} page @returns {Client} */
export function createSlack(page) {
  /** @type {import('./state.js').State<Screen>} */
  const state = createState('usher-sandbox-slack');
  const me = () => state.people.find(({ id }) => id === state.current);
  /** @param {string} action */
  const pressed = (action) => page.progress.notePress(me(), action);
  const failed = notices.failure;
  /** @type {import('./reader.js').Reader} */
  const reader = createReader('slack', state, {
    source: gateway,
    page,
    drawNews: (text) =>
      drawMrkdwn(
        text,
        contextFor(
          state,
          { surface: 'message', scope: 'notice' },
          { refresh: () => reader.refresh(), failed, pressed },
        ),
      ),
  });
  const { refresh, byEmail } = reader;
  const actions = createActions(state, {
    render: page.render,
    refresh,
    failed,
    sent: (text) => page.progress.noteCommand(me(), text),
    prepare: (text) => composer.prepare(text),
  });
  const composer = createComposer(byId('composer'), {
    send: actions.send,
    sent: () => state.sent.get(state.current) ?? [],
    suggest: (text, caret) => suggest(text, caret, state.people, dialect),
    usageOf: (text) => usageOf(text, dialect),
    drafted: (text) => void state.drafts.set(keyOf(state.current, state.open.get(state.current) ?? ''), text),
  });
  const view = createConversationView(state, { actions, composer, on: { refresh, failed, pressed } });
  const modal = createModal({
    contextFor: (parts) =>
      contextFor(
        state,
        { surface: 'modal', ...parts },
        { refresh, failed: (sentence) => modal.say(sentence), pressed },
      ),
    submit: async (viewId, values) => {
      const answer = await gateway.submit(state.current, viewId, values);
      await refresh();
      return answer;
    },
    close: (viewId) => void gateway.close(state.current, viewId).then(refresh),
  });

  reader.follow();
  if (state.open.get(state.current) === 'home') void gateway.home(state.current);
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
      const isShown = page.isShown('slack');
      const screen = state.screens.get(state.current);
      modal.show(isShown ? screen?.modal : undefined);
      if (!isShown) return;
      view.show();
      showWorkspace(screen?.conversations ?? [], {
        isApp,
        openId: state.open.get(state.current) ?? '',
        unread: (conversation) => unreadCount(state, state.current, conversation),
        choose: actions.choosePlace,
      });
      state.save();
    },
  };
}
