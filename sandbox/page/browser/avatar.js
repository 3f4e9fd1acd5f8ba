// @ts-check
import { h } from './element.js';

const tones = 8;

/** A colour for a name that stays the same for good: the number of a `tone-` class. @param {string} name */
function toneOf(name) {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 100_003;
  return hash % tones;
}

/** Up to two letters for a name. @param {string} name */
function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

/**
 * @param {string} name
 * @param {string} [size] `small` or `tiny`
 */
export function drawAvatar(name, size = '') {
  return h('span', { class: `avatar ${size} tone-${toneOf(name)}`, 'aria-hidden': 'true' }, initials(name));
}

/** @param {string} [size] */
export function drawAppIcon(size = '') {
  return h('img', { class: `avatar ${size}`, src: '/page/usher.svg', alt: '' });
}
