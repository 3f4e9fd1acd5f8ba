// @ts-check
import { sendPress } from './dialog.js';
import { h } from './element.js';
import { plainText } from './text.js';

/** @import { Option, Overflow } from './block-kit.d.ts' */
/** @import { DrawContext } from './sandbox.d.ts' */

/**
 * The "…" button with its menu; the menu floats above everything, dialogs included.
 *
 * @param {Overflow} element
 * @param {string} blockId
 * @param {DrawContext} context
 */
export function drawOverflow(element, blockId, context) {
  const focus = `${context.scope}/${blockId}/${element.action_id}`;
  const opener = h(
    'button',
    {
      type: 'button',
      class: 'button icon',
      'aria-label': 'More actions',
      'aria-haspopup': 'menu',
      'data-focus': focus,
    },
    '⋯',
  );
  const items = element.options.map((option) =>
    h('button', { type: 'button', role: 'menuitem', onclick: () => choose(option) }, plainText(option.text)),
  );
  const menu = h('div', { class: 'menu', role: 'menu', popover: 'auto', onkeydown: walk }, ...items);

  /** @param {Option} option */
  function choose({ value, url }) {
    menu.hidePopover();
    if (url && /^https?:/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
    const { action_id: actionId, confirm } = element;
    void sendPress(opener, { actionId, blockId, value, confirm }, context);
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = items.findIndex((item) => item.matches(':focus'));
    items.at((at + step) % items.length)?.focus();
  }

  opener.addEventListener('click', () => {
    menu.showPopover();
    placeBeside(menu, opener.getBoundingClientRect());
    items[0]?.focus();
  });
  return h('span', { class: 'overflow' }, opener, menu);
}

/**
 * @param {HTMLElement} menu
 * @param {DOMRect} anchor
 */
function placeBeside(menu, anchor) {
  const below = anchor.bottom + 4;
  const fits = below + menu.offsetHeight < innerHeight;
  menu.style.top = `${fits ? below : Math.max(4, anchor.top - menu.offsetHeight - 4)}px`;
  menu.style.left = `${Math.max(4, Math.min(anchor.left, innerWidth - menu.offsetWidth - 8))}px`;
}
