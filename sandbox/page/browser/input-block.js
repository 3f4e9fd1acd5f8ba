// @ts-check
import { sendPress } from './dialog.js';
import { h } from './element.js';
import { drawField, isGroup } from './fields.js';
import { plainText } from './text.js';

/** @import { Input } from './block-kit.d.ts' */
/** @import { DrawContext, FieldValue } from './sandbox.d.ts' */

/**
 * A labelled field with hint and error; changing it clears its error, as in Slack.
 *
 * @param {Input} block
 * @param {DrawContext} context
 */
export function drawInput(block, context) {
  const { block_id: blockId = '', element: field } = block;
  const id = `${context.scope}-${blockId}-${field.action_id}`;
  const message = context.errors[blockId];
  const hint = block.hint && h('p', { class: 'hint', id: `${id}-hint` }, plainText(block.hint));
  const error = message ? h('p', { class: 'error', id: `${id}-error`, role: 'alert' }, message) : undefined;
  const described = {
    'aria-describedby': [error?.id, hint?.id].filter(Boolean).join(' ') || undefined,
    'aria-invalid': error ? 'true' : undefined,
  };

  /** @param {FieldValue} value */
  const changed = (value) => {
    context.values[blockId] = { ...context.values[blockId], [field.action_id]: value };
    delete context.errors[blockId];
    error?.remove();
    whole.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
    if (block.dispatch_action && !isText) press(value);
  };
  /** @param {FieldValue} value */
  const press = (value) =>
    void sendPress(control, { actionId: field.action_id, blockId, value, confirm: field.confirm }, context);
  /** A text is sent with Enter, not letter by letter. @param {KeyboardEvent} event */
  const onEnter = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    press(context.values[blockId]?.[field.action_id] ?? null);
  };

  const isText = field.type === 'plain_text_input' || field.type === 'email_text_input';
  const group = isGroup(field);
  const control = drawField(field, { id, blockId, context, attributes: group ? {} : described, changed });
  if (block.dispatch_action && isText) control.addEventListener('keydown', onEnter);
  const label = [plainText(block.label), block.optional && h('span', { class: 'muted' }, ' (optional)')];
  const whole = h(
    'div',
    { class: 'block input' },
    group
      ? h('fieldset', described, h('legend', {}, ...label), control)
      : [h('label', { for: id }, ...label), control],
    error,
    hint,
  );
  return whole;
}
