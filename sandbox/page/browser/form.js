// @ts-check
import { currentValue } from './fields.js';

/** @import { Block, Element, Field } from './block-kit.d.ts' */
/** @import { DrawContext, FieldValue, Values } from './sandbox.d.ts' */

/** @typedef {{ blockId: string, field: Field, required: boolean }} Entry */

/**
 * What Slack itself checks before a form is sent: a sentence per block that is not filled in as it must be.
 *
 * @param {Block[]} blocks
 * @param {DrawContext} context
 * @returns {Record<string, string>}
 */
export function problemsOf(blocks, context) {
  return Object.fromEntries(
    entriesOf(blocks).flatMap((entry) => {
      const problem = problemOf(entry, currentValue(entry.field, entry.blockId, context));
      return problem ? [[entry.blockId, problem]] : [];
    }),
  );
}

/**
 * The values of the fields that stand in this form now, nothing that was typed into fields since replaced.
 *
 * @param {Block[]} blocks
 * @param {DrawContext} context
 * @returns {Values}
 */
export function formValues(blocks, context) {
  /** @type {Values} */
  const values = {};
  for (const { blockId, field } of entriesOf(blocks))
    values[blockId] = { ...values[blockId], [field.action_id]: currentValue(field, blockId, context) };
  return values;
}

/**
 * @param {Entry} entry
 * @param {FieldValue} value
 */
function problemOf({ field, required }, value) {
  if (value === null || value.length === 0)
    return required ? 'Please complete this required field.' : undefined;
  if (typeof value !== 'string') return undefined;
  if (field.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    return 'Enter a valid email address.';
  if ('min_length' in field && value.length < (field.min_length ?? 0))
    return `Enter at least ${field.min_length} characters.`;
  return undefined;
}

/** @param {Block[]} blocks @returns {Entry[]} */
function entriesOf(blocks) {
  return blocks.flatMap((block) => {
    const blockId = block.block_id ?? '';
    if (block.type === 'input') return [{ blockId, field: block.element, required: !block.optional }];
    const elements =
      block.type === 'actions' ? block.elements : block.type === 'section' ? [block.accessory] : [];
    return elements.filter(isField).map((field) => ({ blockId, field, required: false }));
  });
}

/** @param {Element | undefined} element @returns {element is Field} */
function isField(element) {
  return element !== undefined && !['button', 'overflow', 'image'].includes(element.type);
}
