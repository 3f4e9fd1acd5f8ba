// @ts-check
import { h } from '../element.js';
import { drawLink } from '../link.js';

const token =
  /\*\*(\S(?:[^\n]*?\S)?)\*\*|(?<![\w*])[*_](\S(?:[^*_\n]*\S)?)[*_](?![\w*])|\[([^\]\n]+)\]\(((?:[^()\s]|\([^()\s]*\))+)\)/;

/**
 * The few marks Teams knows in texts of bots: bold, italics, links, lists. Everything else is literal.
 *
 * @param {string} text
 * @returns {HTMLElement}
 */
export function drawMarkdown(text) {
  const paragraph = h('p', {});
  /** @type {HTMLElement | undefined} */
  let list;
  for (const line of text.split('\n')) {
    const item = /^\s*(?:[-*]|\d+[.)])\s+(.+)$/.exec(line);
    if (!item) {
      if (paragraph.hasChildNodes() && !list) paragraph.append(h('br'));
      list = undefined;
      paragraph.append(...drawInline(line));
      continue;
    }
    if (!list) {
      list = h(/^\s*\d/.test(line) ? 'ol' : 'ul');
      paragraph.append(list);
    }
    list.append(h('li', {}, ...drawInline(item[1] ?? '')));
  }
  return paragraph;
}

/** @param {string} text @returns {(Node | string)[]} */
function drawInline(text) {
  const match = token.exec(text);
  if (!match) return text === '' ? [] : [text];
  const [whole, bold, italic, label, address] = match;
  const drawn =
    bold !== undefined
      ? h('b', {}, ...drawInline(bold))
      : italic !== undefined
        ? h('i', {}, ...drawInline(italic))
        : drawLink(address ?? '', label ?? '');
  return [text.slice(0, match.index), drawn, ...drawInline(text.slice(match.index + whole.length))];
}
