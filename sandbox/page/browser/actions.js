// @ts-check
import { gateway } from './gateway.js';
import { commandOf } from './progress.js';
import { appConversation, openPlace } from './state.js';

/** @import { State } from './state.js' */
/** @import { Screen, Task } from './sandbox.d.ts' */

/**
 * @typedef {object} Ports
 * @property {() => void} render
 * @property {() => Promise<void>} refresh
 * @property {(text: string) => void} prepare
 * @property {(sentence: string) => void} failed
 * @property {(text: string) => void} sent
 */

/**
 * What the person at the page can do besides pressing what usher drew.
 *
 * @param {State<Screen>} state
 * @param {Ports} page
 */
export function createActions(state, page) {
  /** Opens a conversation by its id, or the app's `home`. @param {string} id */
  function choosePlace(id) {
    state.open.set(state.current, id);
    page.render();
    if (id === 'home') void gateway.home(state.current).then(page.refresh);
  }

  function openApp() {
    const conversation = appConversation(state.screens.get(state.current));
    if (conversation) choosePlace(conversation.id);
  }

  /** Opens a place where the task can be done, and writes its command without sending it. @param {Task} task */
  function startTask({ text }) {
    if (text === undefined || openPlace(state, state.current).kind === 'home') openApp();
    page.render();
    if (text !== undefined) page.prepare(`/usher ${commandOf(text)}`.trim());
  }

  /** Sends a command, or says in a sentence why this is none. @param {string} text @returns {string | undefined} */
  function send(text) {
    if (!text.startsWith('/')) return 'In this sandbox only /usher commands are sent. Try “/usher help”.';
    if (!/^\/usher(\s|$)/i.test(text)) return 'The one command here is /usher. Try “/usher help”.';
    const place = openPlace(state, state.current);
    if (place.kind !== 'conversation') return 'Open a channel first.';
    const as = state.current;
    state.sent.set(as, [...(state.sent.get(as) ?? []).filter((one) => one !== text), text]);
    page.sent(text);
    void deliver(as, place.conversation.id, text);
    return undefined;
  }

  /** What Slack itself says about a command that failed comes with the screen. @param {string} as @param {string} channel @param {string} text */
  async function deliver(as, channel, text) {
    const answer = await gateway.command(as, channel, text.replace(/^\/usher\s*/i, ''));
    if (!answer.wasHeard) page.failed(String(answer.body));
    await page.refresh();
  }

  return { choosePlace, openApp, startTask, send };
}
