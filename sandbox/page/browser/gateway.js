// @ts-check
import { read, write } from './wire.js';

/** @import { Person, Press, Screen, Values } from './sandbox.d.ts' */

/** @typedef {{ channel?: string | undefined, ts?: string | undefined, surface: 'message' | 'home' | 'modal', values?: Values }} Place */

/** Calls of the pretend Slack; reading throws when the sandbox is away, writing answers with status 0. */
export const gateway = {
  changes: '/sandbox/changes',

  /** @returns {Promise<Person[]>} */
  people: () => read('/sandbox/people'),

  /** @param {string} as @returns {Promise<Screen>} */
  screen: (as) => read(`/sandbox/screen?as=${encodeURIComponent(as)}`),

  /** @param {string} as @param {string} channel @param {string} text */
  command: (as, channel, text) => write('/sandbox/command', { as, channel, text }),

  /** @param {string} as @param {Place & Press} press */
  press: (as, press) => write('/sandbox/press', { as, ...press }),

  /** Answers with the id of the file. @param {string} name @param {string} base64 */
  giveFile: (name, base64) => write('/sandbox/file', { name, base64 }),

  /** @param {string} as @param {string} viewId @param {Values} values */
  submit: (as, viewId, values) => write('/sandbox/submit', { as, viewId, values }),

  /** @param {string} as @param {string} viewId */
  close: (as, viewId) => write('/sandbox/close', { as, viewId }),

  /** @param {string} as */
  home: (as) => write('/sandbox/home', { as }),
};
