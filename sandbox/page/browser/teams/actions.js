// @ts-check
import { hasFailed, reasonOf } from '../context.js';
import { base64Of } from '../file.js';
import { commandOf } from '../progress.js';
import { appConversation, openPlace } from '../state.js';
import { dialectOf } from './dialect.js';
import { gateway } from './gateway.js';

/** @import { Task } from '../sandbox.d.ts' */
/** @import { State } from '../state.js' */
/** @import { Message, Press, Screen } from './types.d.ts' */

/**
 * @typedef {object} Ports
 * @property {() => void} render
 * @property {() => Promise<void>} refresh
 * @property {(text: string) => void} prepare
 * @property {(sentence: string) => void} failed
 * @property {(text: string) => void} sent
 * @property {(action: string) => void} pressed
 */

/**
 * What the person at the page can do in Teams.
 *
 * @param {State<Screen>} state
 * @param {Ports} page
 */
export function createActions(state, page) {
  /** Opens a conversation. @param {string} id */
  function choosePlace(id) {
    state.open.set(state.current, id);
    page.render();
  }

  /** Opens a place where the task can be done, and writes its command without sending it. @param {Task} task */
  function startTask({ text, place }) {
    const screen = state.screens.get(state.current);
    const named = screen?.conversations.find(({ name }) => name === place);
    const conversation = named ?? (text === undefined ? undefined : appConversation(screen));
    if (conversation) choosePlace(conversation.id);
    if (text === undefined) return;
    const { start } = dialectOf(openPlace(state, state.current));
    page.prepare(`${start} ${commandOf(text)}`.trim());
  }

  /** Sends a text, or says in a sentence why usher would not hear it. @param {string} text @returns {string | undefined} */
  function send(text) {
    const place = openPlace(state, state.current);
    if (place.kind !== 'conversation') return 'Open a chat first.';
    const { id, kind } = place.conversation;
    if (kind !== 'dm' && !/^@usher\b/i.test(text))
      return `In a ${kind === 'channel' ? 'channel' : 'group chat'} usher only hears what begins with @usher.`;
    const as = state.current;
    state.sent.set(as, [...(state.sent.get(as) ?? []).filter((one) => one !== text), text]);
    page.sent(text);
    void act(gateway.command(as, id, text.replace(/^@usher\s*/i, '')));
    return undefined;
  }

  /** Sends a file with these words; where several people are, an app gets none, and nothing is sent. @param {File} file @param {string} text */
  async function sendFile(file, text) {
    const place = openPlace(state, state.current);
    if (place.kind !== 'conversation') return;
    if (place.conversation.kind !== 'dm')
      return page.failed('In Teams an app gets files in its own chat only.');
    const given = { name: file.name, base64: await base64Of(file) };
    await act(gateway.command(state.current, place.conversation.id, text, given));
  }

  /** What Teams itself says about a failure stands below the message. @param {Message} message @param {Press} press */
  async function press({ id, conversation }, { actionId, does, values }) {
    const answer = await act(gateway.press(state.current, { conversation, message: id, actionId, values }));
    if (!hasFailed(answer)) page.pressed(does);
  }

  /** Accepts or declines the file that is offered. @param {Message} message @param {'accept' | 'decline'} answered */
  async function answer({ id, conversation }, answered) {
    await act(gateway.answer(state.current, { conversation, message: id, answer: answered }));
  }

  /** Answers with what to say in the dialog, if it did not work. @param {string} modalId @param {Press} press */
  async function submit(modalId, { actionId, values }) {
    const answer = await gateway.submit(state.current, { modalId, actionId, values });
    await page.refresh();
    return hasFailed(answer) ? reasonOf(answer) : undefined;
  }

  /** @param {string} modalId */
  function close(modalId) {
    void gateway.close(state.current, modalId).then(page.refresh);
  }

  /** Adds the app for this person, and opens the chat with it. */
  async function install() {
    const as = state.current;
    await act(gateway.install(as));
    const conversation = appConversation(state.screens.get(as));
    if (conversation && as === state.current) choosePlace(conversation.id);
  }

  /** @param {ReturnType<typeof gateway.command>} asked */
  async function act(asked) {
    const answer = await asked;
    if (!answer.wasHeard) page.failed(String(answer.body));
    await page.refresh();
    return answer;
  }

  return { choosePlace, startTask, send, sendFile, press, answer, submit, close, install };
}
