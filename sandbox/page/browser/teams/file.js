// @ts-check
import { h } from '../element.js';
import { drawAbout, drawFile } from '../file.js';

/** @import { SharedFile } from './types.d.ts' */

/**
 * A file to download, or the question whether one wants it.
 *
 * @param {SharedFile} file
 * @param {(answer: 'accept' | 'decline') => Promise<void>} answer
 */
export function drawSharedFile({ name, size, offer, uniqueId }, answer) {
  if (!offer) {
    return drawFile({ name, size, url: `/sandbox/teams/files/${uniqueId}/${encodeURIComponent(name)}` });
  }
  /** @param {string} label @param {'accept' | 'decline'} meaning */
  const button = (label, meaning) => {
    const onclick = () => void answer(meaning);
    return h('button', { type: 'button', class: 'button', onclick }, label);
  };
  return h(
    'div',
    { class: 'consent' },
    h('div', { class: 'file' }, ...drawAbout(name, name, size)),
    h('span', {}, offer.description),
    h('div', { class: 'consent-buttons' }, button('Allow', 'accept'), button('Decline', 'decline')),
  );
}
