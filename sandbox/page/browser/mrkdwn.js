// @ts-check
import { formatDate } from './dates.js';
import { h } from './element.js';
import { emoji } from './emoji.js';
import { drawLink, drawMention } from './link.js';

/** @import { DrawContext } from './sandbox.d.ts' */

/** @type {Record<string, 'b' | 'i' | 's'>} */
const marks = { '*': 'b', _: 'i', '~': 's' };
const token = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+-]+):|https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]'"*_~]|[*_~]/g;

/**
 * Draws Slack's own markup; whatever is not markup, escaped `<` included, becomes text.
 *
 * @param {string} text
 * @param {DrawContext} context
 */
export function drawMrkdwn(text, context) {
  const fragment = document.createDocumentFragment();
  text.split(/\n?```\n?([\s\S]+?)\n?```\n?/).forEach((part, index) => {
    if (index % 2 === 1) fragment.append(h('pre', {}, decode(part)));
    else if (part) fragment.append(...drawLines(part, context));
  });
  return fragment;
}

/**
 * @param {string} text
 * @param {DrawContext} context
 * @returns {(Node | string)[]}
 */
function drawLines(text, context) {
  const runs = text.split(/^((?:(?:>|&gt;).*(?:\n|$))+)/m);
  return runs.flatMap((run, index) => {
    if (index % 2 === 0) return run ? drawInline(run, context) : [];
    const quoted = run.replace(/\n$/, '').replace(/^(?:>|&gt;) ?/gm, '');
    return [h('blockquote', {}, ...drawInline(quoted, context))];
  });
}

/**
 * @param {string} text
 * @param {DrawContext} context
 * @returns {(Node | string)[]}
 */
function drawInline(text, context) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let plain = 0;
  /** @param {number} from @param {number} to @param {Node | string} node */
  const put = (from, to, node) => {
    nodes.push(decode(text.slice(plain, from)), node);
    plain = to;
    pattern.lastIndex = to;
  };
  const pattern = new RegExp(token);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, angle, code, shortcode] = match;
    const end = match.index + whole.length;
    const mark = marks[whole];
    if (mark) {
      const close = closingMark(text, match.index);
      if (close > 0) put(match.index, close + 1, h(mark, {}, ...drawInline(text.slice(end, close), context)));
    } else if (angle) put(match.index, end, drawAngle(angle, context));
    else if (code) put(match.index, end, h('code', {}, decode(code)));
    else if (shortcode) put(match.index, end, emoji(shortcode) ?? whole);
    else put(match.index, end, drawLink(decode(whole), decode(whole)));
  }
  nodes.push(decode(text.slice(plain)));
  return nodes;
}

/**
 * Where the emphasis that opens at `open` ends, or -1: marks count only at the edges of words, within one line.
 *
 * @param {string} text
 * @param {number} open
 */
function closingMark(text, open) {
  const mark = text.charAt(open);
  if (isWord(text.charAt(open - 1)) || /^(\s|$)/.test(text.slice(open + 1, open + 2))) return -1;
  for (let at = open + 1; at < text.length && text[at] !== '\n'; at += 1) {
    const other = text[at] === '<' ? '>' : text[at] === '`' ? '`' : undefined;
    if (other) at = Math.max(at, text.indexOf(other, at + 1));
    else if (
      text[at] === mark &&
      at > open + 1 &&
      !/\s/.test(text.charAt(at - 1)) &&
      !isWord(text.charAt(at + 1))
    )
      return at;
  }
  return -1;
}

/** @param {string} character */
function isWord(character) {
  return /[\p{L}\p{N}]/u.test(character);
}

/**
 * @param {string} inside what stands between `<` and `>`
 * @param {DrawContext} context
 * @returns {Node}
 */
function drawAngle(inside, context) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : decode(inside.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith('@'))
    return drawMention('@', context.userName(id) ?? label ?? id, id === context.viewer);
  if (target.startsWith('#')) return drawMention('#', context.channelName(id) ?? label ?? id);
  if (target.startsWith('!date^')) return drawDate(target, label);
  if (target.startsWith('!subteam^')) return drawMention('', label ?? '@group');
  if (target.startsWith('!')) return drawMention('@', label ?? id);
  const address = decode(target);
  return drawLink(address, label ?? address.replace(/^mailto:/, ''));
}

/**
 * @param {string} target such as `!date^1392734382^{date} at {time}^https://example.com`
 * @param {string | undefined} fallback
 */
function drawDate(target, fallback) {
  const [, seconds = '', format = '', address] = target.split('^');
  const text = Number.isInteger(Number(seconds))
    ? formatDate(Number(seconds), decode(format))
    : (fallback ?? '');
  return h('time', { title: fallback }, address ? drawLink(decode(address), text) : text);
}

/** @param {string} text */
function decode(text) {
  return text.replace(
    /&(amp|lt|gt);/g,
    (_entity, name) => ({ amp: '&', lt: '<', gt: '>' })[/** @type {'amp' | 'lt' | 'gt'} */ (name)],
  );
}
