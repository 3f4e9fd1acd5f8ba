// @ts-check
import { sendPress } from './dialog.js';
import { h } from './element.js';
import { drawField, isGroup } from './fields.js';
import { drawInput } from './input-block.js';
import { drawOverflow } from './overflow.js';
import { drawRichText } from './rich-text.js';
import { drawTable } from './table.js';
import { drawText, plainText } from './text.js';

/** @import { Block, Button, Element, Field } from './block-kit.d.ts' */
/** @import { DrawContext } from './sandbox.d.ts' */

/**
 * Draws Block Kit; a kind this page does not know shows as a visible note, so that it is not missed.
 *
 * @param {Block[]} blocks
 * @param {DrawContext} context
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, context) {
  return blocks.map((block) => drawBlock(block, context));
}

/**
 * @param {Block} block
 * @param {DrawContext} context
 * @returns {HTMLElement}
 */
function drawBlock(block, context) {
  switch (block.type) {
    case 'header':
      return h('h3', { class: 'block header' }, plainText(block.text));
    case 'section':
      return drawSection(block, context);
    case 'context':
      return h(
        'div',
        { class: 'block context' },
        ...block.elements.map(
          (part) => part.type !== 'image' && h('span', { class: 'text' }, drawText(part, context)),
        ),
      );
    case 'divider':
      return h('hr', { class: 'block divider' });
    case 'actions':
      return h(
        'div',
        { class: 'block actions' },
        ...block.elements.map((element) => drawElement(element, block.block_id ?? '', context)),
      );
    case 'input':
      return drawInput(block, context);
    case 'rich_text':
      return drawRichText(block, context);
    case 'table':
      return drawTable(block, context);
    default:
      return unknown(block);
  }
}

/**
 * @param {Extract<Block, { type: 'section' }>} block
 * @param {DrawContext} context
 */
function drawSection(block, context) {
  return h(
    'div',
    { class: block.accessory ? 'block section with-accessory' : 'block section' },
    h(
      'div',
      { class: 'section-text' },
      block.text && h('div', { class: 'text' }, drawText(block.text, context)),
      block.fields &&
        h(
          'div',
          { class: 'section-fields' },
          ...block.fields.map((field) => h('div', { class: 'text' }, drawText(field, context))),
        ),
    ),
    block.accessory &&
      h('div', { class: 'accessory' }, drawElement(block.accessory, block.block_id ?? '', context)),
  );
}

/**
 * @param {Element} element
 * @param {string} blockId
 * @param {DrawContext} context
 * @returns {HTMLElement | undefined}
 */
function drawElement(element, blockId, context) {
  switch (element.type) {
    case 'button':
      return drawButton(element, blockId, context);
    case 'overflow':
      return drawOverflow(element, blockId, context);
    case 'image':
      return undefined;
    default:
      return 'action_id' in element ? drawActingField(element, blockId, context) : unknown(element);
  }
}

/**
 * @param {Button} element
 * @param {string} blockId
 * @param {DrawContext} context
 */
function drawButton(element, blockId, context) {
  const { action_id: actionId, value, confirm, url, style = '' } = element;
  const attributes = {
    class: `button ${style}`.trim(),
    'aria-label': element.accessibility_label,
    'data-focus': `${context.scope}/${blockId}/${actionId}`,
    onclick: () => void sendPress(control, { actionId, blockId, value, confirm }, context),
  };
  const label = plainText(element.text);
  /** @type {HTMLElement} */
  const control =
    url && /^https?:/i.test(url)
      ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', ...attributes }, label)
      : h('button', { type: 'button', ...attributes }, label);
  return control;
}

/**
 * A field outside a form: each change goes to usher at once.
 *
 * @param {Field} field
 * @param {string} blockId
 * @param {DrawContext} context
 */
function drawActingField(field, blockId, context) {
  const { action_id: actionId, confirm } = field;
  const placeholder = 'placeholder' in field ? field.placeholder : undefined;
  const control = drawField(field, {
    id: `${context.scope}-${blockId}-${actionId}`,
    blockId,
    context,
    attributes: {
      'aria-label': placeholder ? plainText(placeholder) : 'Choose',
      role: isGroup(field) ? 'group' : undefined,
    },
    changed: (value) => {
      context.values[blockId] = { ...context.values[blockId], [actionId]: value };
      if (value !== null) void sendPress(control, { actionId, blockId, value, confirm }, context);
    },
  });
  return control;
}

/** @param {{ type: string }} thing */
function unknown(thing) {
  return h('div', { class: 'block unknown' }, `The sandbox page cannot draw “${thing.type}”.`);
}
