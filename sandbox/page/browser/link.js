// @ts-check
import { h } from './element.js';

const allowed = new Set(['http:', 'https:', 'mailto:']);

/**
 * A link that opens in a new tab; an address that is not http, https or mailto stays plain text.
 *
 * @param {string} address
 * @param {Node | string} label
 * @param {string} [className]
 * @returns {HTMLElement}
 */
export function drawLink(address, label, className) {
  if (!isSafe(address)) return h('span', {}, label);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer', class: className }, label);
}

/** @param {string} address */
function isSafe(address) {
  return URL.canParse(address) && allowed.has(new URL(address).protocol);
}

/**
 * @param {string} sign the character before the name
 * @param {string} name
 * @param {boolean} [own] whether the reader is the one mentioned
 */
export function drawMention(sign, name, own = false) {
  return h('span', { class: own ? 'mention mention-own' : 'mention' }, `${sign}${name}`);
}
