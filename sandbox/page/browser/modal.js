// @ts-check
import { drawBlocks } from './blocks.js';
import { hasFailed, reasonOf } from './context.js';
import { closeCross } from './dialog.js';
import { h } from './element.js';
import { focusMark, restoreFocus } from './focus.js';
import { formValues, problemsOf } from './form.js';
import { plainText } from './text.js';

/** @import { Answer, DrawContext, Modal, Values } from './sandbox.d.ts' */

/**
 * @typedef {object} ModalPorts
 * @property {(parts: Pick<DrawContext, 'values' | 'errors' | 'scope'>) => DrawContext} contextFor
 * @property {(viewId: string, values: Values) => Promise<Answer>} submit resolves after the screen was read again
 * @property {(viewId: string) => void} close
 */

/**
 * The one window over the page. `show` opens, redraws or closes it to match the screen, and keeps what was typed
 * while a view with the same id changes.
 *
 * @param {ModalPorts} ports
 */
export function createModal(ports) {
  const dialog = h('dialog', { class: 'dialog modal', 'aria-labelledby': 'modal-title' });
  document.body.append(dialog);
  /** @type {Modal | undefined} */
  let shown;
  let stamp = '';
  let sending = false;
  /** @type {Map<string, Values>} */
  const typed = new Map();
  /** @type {Set<string>} */
  const dismissed = new Set();

  dialog.addEventListener('close', () => {
    // The event comes late: by then the next view may be open.
    if (!shown || dialog.open) return;
    const { id } = shown;
    dismissed.add(id);
    shown = undefined;
    ports.close(id);
  });

  /** @param {Modal | undefined} modal */
  function show(modal) {
    if (!modal || dismissed.has(modal.id)) {
      shown = undefined;
      stamp = '';
      if (dialog.open) dialog.close();
      return;
    }
    const next = JSON.stringify(modal);
    if (next === stamp) return;
    stamp = next;
    const isSame = shown?.id === modal.id;
    shown = modal;
    draw(modal, modal.errors ?? {}, isSame);
  }

  /**
   * @param {Modal} modal
   * @param {Record<string, string>} errors
   * @param {boolean} keepsPlace
   */
  function draw(modal, errors, keepsPlace) {
    const values = typed.get(modal.id) ?? {};
    typed.set(modal.id, values);
    const context = ports.contextFor({ values, errors: { ...errors }, scope: `modal-${modal.id}` });
    const form = drawForm(modal, context, {
      dismiss: () => dialog.close(),
      send: () => void send(modal, context),
    });
    const mark = focusMark(dialog);
    const scroll = dialog.querySelector('.modal-body')?.scrollTop ?? 0;
    dialog.replaceChildren(form);
    if (!dialog.open) dialog.showModal();
    if (!keepsPlace) focusFirst(form);
    else {
      form.querySelector('.modal-body')?.scrollTo(0, scroll);
      restoreFocus(dialog, mark);
      if (!form.contains(document.activeElement)) focusFirst(form);
    }
    if (Object.keys(errors).length > 0) focusInvalid(form);
    if (modal.problem) say(modal.problem);
  }

  /**
   * @param {Modal} modal
   * @param {DrawContext} context
   */
  async function send(modal, context) {
    if (sending) return;
    const problems = problemsOf(modal.blocks, context);
    if (Object.keys(problems).length > 0) return draw(modal, problems, true);
    showSending(true);
    const answer = await ports.submit(modal.id, formValues(modal.blocks, context));
    showSending(false);
    if (hasFailed(answer)) say(`We had some trouble connecting: ${reasonOf(answer)} Try again?`);
  }

  /** @param {boolean} isSending */
  function showSending(isSending) {
    sending = isSending;
    dialog.setAttribute('aria-busy', String(isSending));
  }

  /** Says inside the window that something failed; outside of it nobody would see it. @param {string} sentence */
  function say(sentence) {
    dialog.querySelector('.banner')?.remove();
    dialog.querySelector('.modal-body')?.before(h('p', { class: 'banner', role: 'alert' }, sentence));
  }

  return { show, say };
}

/**
 * @param {Modal} modal
 * @param {DrawContext} context
 * @param {{ dismiss: () => void, send: () => void }} on
 */
function drawForm(modal, context, { dismiss, send }) {
  const close = modal.close ? plainText(modal.close) : 'Close';
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (modal.submit) send();
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send();
  };
  return h(
    'form',
    { novalidate: true, onsubmit, onkeydown },
    h(
      'header',
      {},
      h('h2', { id: 'modal-title' }, modal.title ? plainText(modal.title) : ''),
      closeCross(dismiss),
    ),
    h('div', { class: 'modal-body' }, ...drawBlocks(modal.blocks, context)),
    h(
      'footer',
      {},
      h('button', { type: 'button', class: 'button', onclick: dismiss }, close),
      modal.submit && h('button', { type: 'submit', class: 'button primary' }, plainText(modal.submit)),
    ),
  );
}

/** @param {HTMLElement} form */
function focusFirst(form) {
  const first =
    form.querySelector('.modal-body :is(input, textarea, select)') ??
    form.querySelector('footer .primary') ??
    form.querySelector('footer button');
  if (first instanceof HTMLElement) first.focus();
}

/** @param {HTMLElement} form */
function focusInvalid(form) {
  const invalid = form.querySelector('[aria-invalid]');
  const target = invalid?.matches('fieldset') ? invalid.querySelector('input') : invalid;
  if (target instanceof HTMLElement) target.focus();
}
