// @ts-check
import { gateway } from './gateway.js';
import { isMeant, noteCommand } from './progress.js';
import { appConversation, openPlace } from './state.js';

/** @import { State } from './state.js' */
/** @import { Task } from './sandbox.d.ts' */

/**
 * @typedef {object} Page
 * @property {() => void} render
 * @property {() => Promise<void>} refresh
 * @property {(text: string) => void} prepare
 * @property {(sentence: string) => void} failed
 */

/**
 * What the person at the page can do besides pressing what usher drew.
 *
 * @param {State} state
 * @param {Page} page
 */
export function createActions(state, page) {
  /** @param {string} id */
  function choosePerson(id) {
    state.current = id;
    page.render();
    void page.refresh();
  }

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

  /** Goes where the task begins, and writes its command without sending it. @param {Task} task */
  function startTask(task) {
    const person = state.people.find((one) => isMeant(one, task));
    if (person) choosePerson(person.id);
    if (task.text === undefined || openPlace(state, state.current).kind === 'home') openApp();
    page.render();
    if (task.text !== undefined) page.prepare(task.text);
  }

  /** Sends a command, or says in a sentence why this is none. @param {string} text @returns {string | undefined} */
  function send(text) {
    if (!text.startsWith('/')) return 'In this sandbox only /usher commands are sent. Try “/usher help”.';
    if (!/^\/usher(\s|$)/i.test(text)) return 'The one command here is /usher. Try “/usher help”.';
    const place = openPlace(state, state.current);
    if (place.kind !== 'conversation') return 'Open a channel first.';
    const as = state.current;
    state.sent.set(as, [...(state.sent.get(as) ?? []).filter((one) => one !== text), text]);
    noteCommand(state, as, text);
    void deliver(as, place.conversation.id, text);
    return undefined;
  }

  /** What Slack itself says about a command that failed comes with the screen. @param {string} as @param {string} channel @param {string} text */
  async function deliver(as, channel, text) {
    const answer = await gateway.command(as, channel, text.replace(/^\/usher\s*/i, ''));
    if (!answer.wasHeard) page.failed(String(answer.body));
    await page.refresh();
  }

  return { choosePerson, choosePlace, openApp, startTask, send };
}
