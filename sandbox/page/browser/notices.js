// @ts-check
import { byId, h } from './element.js';

const shownFor = 9000;

/** @type {Set<{ isStale: () => boolean, remove: () => void }>} */
const shown = new Set();

/** Short notes in the corner, above dialogs too; they go by themselves, but not while the pointer or keyboard is on them. */
export const notices = {
  /**
   * @param {string} title
   * @param {Node | string} text
   * @param {{ label: string, run: () => void, isStale: () => boolean }} action
   */
  news(title, text, action) {
    show('notice', title, text, action);
  },
  /** Takes away the news that have been read meanwhile. */
  sweep() {
    for (const { remove } of [...shown].filter(({ isStale }) => isStale())) remove();
  },
  /** @param {string} sentence */
  failure(sentence) {
    show('notice failure', 'That did not work', sentence);
  },
};

/**
 * @param {string} className
 * @param {string} title
 * @param {Node | string} text
 * @param {{ label: string, run: () => void, isStale: () => boolean }} [action]
 */
function show(className, title, text, action) {
  const corner = byId('notices');
  const remove = () => {
    notice.remove();
    shown.delete(entry);
    if (!corner.hasChildNodes()) corner.hidePopover();
  };
  const act = () => {
    remove();
    action?.run();
  };
  const notice = h(
    'div',
    { class: className },
    h('div', {}, h('b', {}, title), h('p', {}, text)),
    action && h('button', { type: 'button', class: 'button', onclick: act }, action.label),
    h('button', { type: 'button', class: 'cross', 'aria-label': 'Dismiss', onclick: remove }, '✕'),
  );
  const entry = { isStale: action?.isStale ?? (() => false), remove };
  corner.append(notice);
  shown.add(entry);
  if (shown.size > 3) [...shown][0]?.remove();
  if (corner.matches(':popover-open')) corner.hidePopover();
  corner.showPopover();
  removeLater(notice, remove);
}

/**
 * @param {HTMLElement} notice
 * @param {() => void} remove
 */
function removeLater(notice, remove) {
  setTimeout(() => {
    if (!notice.isConnected) return;
    if (notice.matches(':hover, :focus-within')) removeLater(notice, remove);
    else remove();
  }, shownFor);
}
