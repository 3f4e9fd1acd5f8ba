// @ts-check
import { h } from './element.js';
import { drawText, plainText } from './text.js';

/** @import { Confirm } from './block-kit.d.ts' */
/** @import { DrawContext, Press } from './sandbox.d.ts' */

/**
 * Asks before a click counts; Escape and the cross mean no.
 *
 * @param {Confirm} confirm
 * @param {DrawContext} context
 * @returns {Promise<boolean>}
 */
function askConfirm(confirm, context) {
  const titleId = `${context.scope}-confirm-title`;
  const dialog = h('dialog', { class: 'dialog confirm', 'aria-labelledby': titleId });
  /** @param {string} answer @param {string} className @param {string} label */
  const choice = (answer, className, label) =>
    h('button', { type: 'button', class: className, onclick: () => dialog.close(answer) }, label);
  const yes = choice(
    'yes',
    `button ${confirm.style ?? 'primary'}`,
    confirm.confirm ? plainText(confirm.confirm) : 'Yes',
  );
  dialog.append(
    h(
      'header',
      {},
      h('h2', { id: titleId }, confirm.title ? plainText(confirm.title) : 'Are you sure?'),
      closeCross(() => dialog.close('no')),
    ),
    h('div', { class: 'dialog-body text' }, drawText(confirm.text, context)),
    h('footer', {}, choice('no', 'button', confirm.deny ? plainText(confirm.deny) : 'Cancel'), yes),
  );
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  });
}

/** The cross in the corner of a dialog. @param {() => void} onclick */
export function closeCross(onclick) {
  return h('button', { type: 'button', class: 'cross', 'aria-label': 'Close this window', onclick }, '✕');
}

/**
 * Sends one click to usher: asks first where the element says so, shows the control as busy until the answer, and
 * ignores a second click meanwhile.
 *
 * @param {HTMLElement} control
 * @param {Press & { confirm?: Confirm | undefined }} click
 * @param {DrawContext} context
 */
export async function sendPress(control, { confirm, ...press }, context) {
  if (control.getAttribute('aria-busy') === 'true') return;
  if (confirm && !(await askConfirm(confirm, context))) return;
  control.setAttribute('aria-busy', 'true');
  await context.press(press).finally(() => control.removeAttribute('aria-busy'));
}
