// @ts-check
import { focusMark, restoreFocus } from './focus.js';

/** @typedef {{ key: string, stamp: string, draw: () => HTMLElement }} Entry */

/** @type {WeakMap<Element, Map<string, { stamp: string, node: HTMLElement }>>} */
const drawn = new WeakMap();

/**
 * Makes the children of `parent` match `entries`, touching only those whose stamp changed, so that focus,
 * selection and scroll position elsewhere survive.
 *
 * @param {Element} parent
 * @param {Entry[]} entries
 */
export function updateKeyed(parent, entries) {
  const before = drawn.get(parent) ?? new Map();
  /** @type {Map<string, { stamp: string, node: HTMLElement }>} */
  const after = new Map();
  const focused = focusMark(parent);
  for (const { key, stamp, draw } of entries) {
    const known = before.get(key);
    after.set(key, known && known.stamp === stamp ? known : { stamp, node: draw() });
  }
  for (const [key, { node }] of before) if (after.get(key)?.node !== node) node.remove();
  let position = parent.firstElementChild;
  for (const { node } of after.values()) {
    if (node === position) position = position.nextElementSibling;
    else parent.insertBefore(node, position);
  }
  drawn.set(parent, after);
  restoreFocus(parent, focused);
}
