// @ts-check
import { base64Of } from './file.js';
import { gateway } from './gateway.js';

/** @import { State } from './state.js' */
/** @import { Answer, DrawContext, Press, Screen, Values } from './sandbox.d.ts' */

/**
 * @typedef {object} Surface
 * @property {'message' | 'home' | 'modal'} surface
 * @property {string} scope
 * @property {string} [channel]
 * @property {string} [ts]
 * @property {Values} [values]
 * @property {Record<string, string>} [errors]
 */

/**
 * The context for blocks that the current person sees on this surface; later clicks count as theirs.
 *
 * @param {State<Screen>} state
 * @param {Surface} surface
 * @param {{ refresh: () => Promise<void>, failed: (sentence: string) => void, pressed: (action: string) => void }} on
 * @returns {DrawContext}
 */
export function contextFor(state, { surface, scope, channel, ts, values = {}, errors = {} }, on) {
  const viewer = state.current;
  const conversations = () => state.screens.get(viewer)?.conversations ?? [];

  /** @param {Press} press */
  async function press(press) {
    const answer = await gateway.press(viewer, { surface, channel, ts, ...press, values });
    if (hasFailed(answer)) on.failed(reasonOf(answer));
    else on.pressed(press.actionId.split(':')[0] ?? '');
    await on.refresh();
  }

  /** @param {File} file */
  async function giveFile(file) {
    const answer = await gateway.giveFile(file.name, await base64Of(file));
    if (hasFailed(answer)) on.failed(reasonOf(answer));
    return String(answer.body);
  }

  return {
    giveFile,
    viewer,
    scope,
    values,
    errors,
    press,
    people: () => state.people,
    userName: (id) => state.people.find((person) => person.id === id)?.realName,
    channelName: (id) => conversations().find((one) => one.id === id)?.name,
  };
}

/** Whether the person has to be told. @param {Answer} answer */
export function hasFailed({ status }) {
  return status === 0 || status >= 400;
}

/** Why, as a sentence. @param {Answer} answer */
export function reasonOf({ status, body, wasHeard }) {
  if (!wasHeard) return String(body);
  return status === 0 ? 'usher did not answer in time.' : `usher answered with status ${status}.`;
}
