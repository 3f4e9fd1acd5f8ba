// @ts-check
import { complaintOf, post, read } from './wire.js';

/** @import { Task } from './sandbox.d.ts' */

/** Calls of the sandbox around both platforms. */
export const sandbox = {
  /** @returns {Promise<{ tasks: Task[] }>} */
  start: () => read('/page/start'),

  /** A few words about people who have something to do with usher, by e-mail address. @returns {Promise<Record<string, string>>} */
  notes: () => read('/page/notes'),

  /** Throws with a sentence when the clock could not be moved. @param {number} hours */
  async passTime(hours) {
    const response = await post('/page/pass-time', { hours });
    if (!response.ok) throw new Error(`The clock did not move. ${await complaintOf(response)}`);
  },
};
