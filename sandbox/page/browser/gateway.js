// @ts-check

/** @import { Answer, Person, Press, Screen, Task, Values } from './sandbox.d.ts' */

/** @typedef {{ channel?: string | undefined, ts?: string | undefined, surface: 'message' | 'home' | 'modal', values?: Values }} Place */

/** Calls of the pretend Slack; reading throws when the sandbox is away, writing answers with status 0. */
export const gateway = {
  /** @returns {Promise<Person[]>} */
  people: () => read('/sandbox/people'),

  /** A few words about people who have something to do with usher, by e-mail address. @returns {Promise<Record<string, string>>} */
  notes: () => read('/page/notes'),

  /** @param {string} as @returns {Promise<Screen>} */
  screen: (as) => read(`/sandbox/screen?as=${encodeURIComponent(as)}`),

  /** @returns {Promise<{ tasks: Task[] }>} */
  start: () => read('/page/start'),

  /** @param {string} as @param {string} channel @param {string} text */
  command: (as, channel, text) => write('/sandbox/command', { as, channel, text }),

  /** @param {string} as @param {Place & Press} press */
  press: (as, press) => write('/sandbox/press', { as, ...press }),

  /** @param {string} as @param {string} viewId @param {Values} values */
  submit: (as, viewId, values) => write('/sandbox/submit', { as, viewId, values }),

  /** @param {string} as @param {string} viewId */
  close: (as, viewId) => write('/sandbox/close', { as, viewId }),

  /** @param {string} as */
  home: (as) => write('/sandbox/home', { as }),

  /** Throws with a sentence when the clock could not be moved. @param {number} hours */
  async passTime(hours) {
    const response = await post('/page/pass-time', { hours });
    if (!response.ok) throw new Error(`The clock did not move. ${await complaintOf(response)}`);
  },
};

/**
 * Calls `changed` after each change, and once more whenever the line to the sandbox is open again.
 *
 * @param {{ changed: () => void, connected: (isConnected: boolean) => void }} on
 */
export function followChanges({ changed, connected }) {
  const changes = new EventSource('/sandbox/changes');
  changes.addEventListener('change', changed);
  changes.addEventListener('open', () => {
    connected(true);
    changed();
  });
  changes.addEventListener('error', () => connected(false));
}

/** @param {string} path */
async function read(path) {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`);
  return response.json();
}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<Answer>}
 */
async function write(path, body) {
  try {
    const response = await post(path, body);
    if (!response.ok) return { status: response.status, body: await complaintOf(response), wasHeard: false };
    return { ...(await response.json()), wasHeard: true };
  } catch {
    return { status: 0, body: 'The sandbox did not answer. Is it still running?', wasHeard: false };
  }
}

/**
 * @param {string} path
 * @param {object} body
 */
function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
}

/** What the sandbox itself objects to, in its own sentence where it has one. @param {Response} response */
async function complaintOf(response) {
  const said = await response.json().catch(() => undefined);
  return typeof said?.error === 'string'
    ? said.error
    : `The sandbox answered with status ${response.status}.`;
}
