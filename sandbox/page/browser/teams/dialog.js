// @ts-check
import { drawAppIcon } from '../avatar.js';
import { closeCross } from '../dialog.js';
import { h } from '../element.js';
import { drawCard } from './card.js';

/** @import { Modal, Press } from './types.d.ts' */

/**
 * @typedef {object} DialogPorts
 * @property {(modalId: string, press: Press) => Promise<string | undefined>} submit resolves after the screen was read again,
 * with a sentence when it did not work
 * @property {(modalId: string) => void} close
 */

/** Pixels, as Teams has them. */
const widths = { small: 400, medium: 600, large: 720 };
const heights = { small: 280, medium: 420, large: 640 };

/**
 * The one dialog over Teams with usher's card in it; `show` opens, redraws or closes it to match the screen.
 *
 * @param {DialogPorts} ports
 */
export function createDialog(ports) {
  const dialog = h('dialog', { class: 'dialog teams-dialog', 'aria-labelledby': 'teams-dialog-title' });
  document.body.append(dialog);
  /** @type {string | undefined} */
  let shownId;
  let stamp = '';
  /** @type {Set<string>} */
  const dismissed = new Set();

  dialog.addEventListener('close', () => {
    // The event comes late: by then the next one may be open.
    if (!shownId || dialog.open) return;
    const id = shownId;
    dismissed.add(id);
    shownId = undefined;
    ports.close(id);
  });

  /** @param {Modal | undefined} modal */
  function show(modal) {
    if (!modal || dismissed.has(modal.id)) {
      shownId = undefined;
      stamp = '';
      if (dialog.open) dialog.close();
      return;
    }
    const next = JSON.stringify(modal);
    if (next === stamp) return;
    stamp = next;
    shownId = modal.id;
    draw(modal);
  }

  /** @param {Modal} modal */
  function draw(modal) {
    const { id, title, card, text, width, height, values, problem } = modal;
    dialog.style.width = pixels(width, widths);
    dialog.style.setProperty('--body-height', pixels(height, heights));
    const body = h(
      'div',
      { class: 'teams-dialog-body' },
      text && h('p', { class: 'text' }, text),
      card && drawCard(card, { scope: `dialog-${id}`, values, press: (press) => send(id, press) }),
    );
    dialog.replaceChildren(
      h(
        'header',
        {},
        drawAppIcon('bot'),
        h('h2', { id: 'teams-dialog-title' }, title),
        closeCross(() => dialog.close()),
      ),
      body,
    );
    if (problem) say(problem);
    if (!dialog.open) dialog.showModal();
    const first = body.querySelector('input, textarea, select') ?? body.querySelector('button');
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {string} id @param {Press} press */
  async function send(id, press) {
    dialog.querySelector('.banner')?.remove();
    const problem = await ports.submit(id, press);
    if (problem && shownId === id) say(problem);
  }

  /** @param {string} sentence */
  function say(sentence) {
    dialog.querySelector('.banner')?.remove();
    dialog.querySelector('.teams-dialog-body')?.before(h('p', { class: 'banner', role: 'alert' }, sentence));
  }

  return { show };
}

/** @param {Modal['width']} size @param {Record<'small' | 'medium' | 'large', number>} named */
function pixels(size, named) {
  return `${typeof size === 'number' ? size : named[size]}px`;
}
