// @ts-check
import { h } from './element.js';

/** @import { Suggestion } from './suggestions.js' */

/**
 * The list over the composer. The keyboard stays in the field, which is told which line is chosen.
 *
 * @param {HTMLElement} field
 * @param {HTMLElement} list
 * @param {(suggestion: Suggestion) => void} accept
 */
export function createSuggestionList(field, list, accept) {
  /** @type {Suggestion[]} */
  let offered = [];
  let chosen = -1;

  function draw() {
    list.hidden = offered.length === 0;
    list.replaceChildren(...offered.map(drawLine));
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
    if (chosen < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', `${list.id}-${chosen}`);
  }

  /** @param {Suggestion} suggestion @param {number} index */
  function drawLine(suggestion, index) {
    const attributes = {
      role: 'option',
      id: `${list.id}-${index}`,
      'aria-selected': String(index === chosen),
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
      onclick: () => accept(suggestion),
    };
    return h(
      'div',
      attributes,
      h('span', {}, suggestion.label),
      h('span', { class: 'muted' }, suggestion.detail),
    );
  }

  return {
    /** @param {Suggestion[]} next an empty list closes it */
    offer(next) {
      offered = next;
      chosen = -1;
      draw();
    },
    isOpen: () => offered.length > 0,
    /** What the arrows chose, if they did. */
    chosen: () => offered[chosen],
    first: () => offered[0],
    /** @param {1 | -1} step down or up, round and round */
    move(step) {
      const from = chosen < 0 && step < 0 ? 0 : chosen;
      chosen = (from + step + offered.length) % offered.length;
      draw();
    },
  };
}
