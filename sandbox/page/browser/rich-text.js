// @ts-check
import { formatDate } from './dates.js';
import { h } from './element.js';
import { emoji } from './emoji.js';
import { drawLink, drawMention } from './link.js';

/** @import { RichLeaf, RichPart, RichText } from './block-kit.d.ts' */
/** @import { DrawContext } from './sandbox.d.ts' */

/**
 * @param {RichText} block
 * @param {DrawContext} context
 */
export function drawRichText(block, context) {
  return h('div', { class: 'block rich' }, ...block.elements.map((part) => drawPart(part, context)));
}

/**
 * @param {RichPart} part
 * @param {DrawContext} context
 * @returns {HTMLElement}
 */
function drawPart(part, context) {
  switch (part.type) {
    case 'rich_text_section':
      return h('div', { class: 'text' }, ...part.elements.map((leaf) => drawLeaf(leaf, context)));
    case 'rich_text_preformatted':
      return h('pre', {}, ...part.elements.map((leaf) => drawLeaf(leaf, context)));
    case 'rich_text_quote':
      return h('blockquote', { class: 'text' }, ...part.elements.map((leaf) => drawLeaf(leaf, context)));
    case 'rich_text_list':
      return h(
        part.style === 'ordered' ? 'ol' : 'ul',
        {
          class: `indent-${Math.min(part.indent ?? 0, 4)}`,
          start: part.offset ? part.offset + 1 : undefined,
        },
        ...part.elements.map((item) =>
          h('li', { class: 'text' }, ...item.elements.map((leaf) => drawLeaf(leaf, context))),
        ),
      );
    default:
      return h('div');
  }
}

/**
 * @param {RichLeaf} leaf
 * @param {DrawContext} context
 * @returns {Node}
 */
function drawLeaf(leaf, context) {
  const style = leaf.style ?? {};
  let node = drawPlainLeaf(leaf, context);
  if (style.code) node = h('code', {}, node);
  if (style.underline) node = h('u', {}, node);
  if (style.strike) node = h('s', {}, node);
  if (style.italic) node = h('i', {}, node);
  if (style.bold) node = h('b', {}, node);
  return node;
}

/**
 * @param {RichLeaf} leaf
 * @param {DrawContext} context
 * @returns {Node}
 */
function drawPlainLeaf(leaf, context) {
  switch (leaf.type) {
    case 'text':
      return document.createTextNode(leaf.text);
    case 'link':
      return drawLink(leaf.url, leaf.text || leaf.url);
    case 'user':
      return drawMention(
        '@',
        context.userName(leaf.user_id) ?? leaf.user_id,
        leaf.user_id === context.viewer,
      );
    case 'channel':
      return drawMention('#', context.channelName(leaf.channel_id) ?? leaf.channel_id);
    case 'emoji':
      return document.createTextNode(emoji(leaf.name) ?? `:${leaf.name}:`);
    case 'date':
      return h('time', { title: leaf.fallback }, formatDate(leaf.timestamp, leaf.format));
    default:
      return document.createTextNode('');
  }
}
