// @ts-check

/** @import { Answer } from './sandbox.d.ts' */

/** Throws when the sandbox is away. @param {string} path */
export async function read(path) {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`);
  return response.json();
}

/**
 * Never throws: a sandbox that is away or objects is told by the answer.
 *
 * @param {string} path
 * @param {object} body
 * @returns {Promise<Answer>}
 */
export async function write(path, body) {
  try {
    const response = await post(path, body);
    if (!response.ok) return { status: response.status, body: await complaintOf(response), wasHeard: false };
    return { ...(await response.json()), wasHeard: true };
  } catch {
    return { status: 0, body: 'The sandbox did not answer. Is it still running?', wasHeard: false };
  }
}

/**
 * Calls `changed` after each change, and once more whenever the line to the sandbox is open again.
 *
 * @param {string} path
 * @param {{ changed: () => void, connected: (isConnected: boolean) => void }} on
 */
export function followChanges(path, { changed, connected }) {
  const changes = new EventSource(path);
  changes.addEventListener('change', changed);
  changes.addEventListener('open', () => {
    connected(true);
    changed();
  });
  changes.addEventListener('error', () => connected(false));
}

/**
 * @param {string} path
 * @param {object} body
 */
export function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
}

/** What the sandbox itself objects to, in its own sentence where it has one. @param {Response} response */
export async function complaintOf(response) {
  const said = await response.json().catch(() => undefined);
  return typeof said?.error === 'string'
    ? said.error
    : `The sandbox answered with status ${response.status}.`;
}
