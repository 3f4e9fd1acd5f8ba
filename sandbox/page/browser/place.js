// @ts-check
import { drawAppIcon } from './avatar.js';
import { byId, h } from './element.js';
import { updateKeyed } from './keyed.js';
import { drawAppBadge } from './message.js';

/** @import { Conversation } from './sandbox.d.ts' */

/**
 * @typedef {object} Heading
 * @property {string} name
 * @property {'channel' | 'dm' | 'app'} kind
 * @property {boolean} isHome whether the app's Home tab is the one open
 */

/**
 * The line over the conversation; usher has its two tabs there.
 *
 * @param {Heading} heading
 * @param {{ openHome: () => void, openMessages: () => void }} on
 */
export function showPlace(heading, on) {
  updateKeyed(byId('place'), [
    { key: 'heading', stamp: JSON.stringify(heading), draw: () => drawHeading(heading, on) },
  ]);
}

/**
 * @param {Heading} heading
 * @param {{ openHome: () => void, openMessages: () => void }} on
 */
function drawHeading({ name, kind, isHome }, { openHome, openMessages }) {
  const title = h('h1', { id: 'place-title' }, kind === 'channel' ? `# ${name}` : name);
  if (kind !== 'app') return h('div', { class: 'heading' }, title);
  /** @param {string} label @param {boolean} isOpen @param {() => void} onclick */
  const tab = (label, isOpen, onclick) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(isOpen),
        'aria-controls': 'view',
        'data-focus': label,
        onclick,
      },
      label,
    );
  return h(
    'div',
    { class: 'heading with-tabs' },
    h('div', { class: 'app-name' }, drawAppIcon('small'), title, drawAppBadge()),
    h(
      'div',
      { class: 'tabs', role: 'tablist', 'aria-label': 'usher' },
      tab('Home', isHome, openHome),
      tab('Messages', !isHome, openMessages),
    ),
  );
}

/**
 * What stands over the first message.
 *
 * @param {Conversation} conversation
 * @param {boolean} isApp
 * @param {string} reader
 */
export function drawIntro({ name, kind }, isApp, reader) {
  const title = kind === 'channel' ? `# ${name}` : name;
  const text = isApp
    ? `This is where usher writes to ${reader}. Press the buttons under its messages, or type /usher below to see what you can do.`
    : kind === 'channel'
      ? `This is the very beginning of the #${name} channel. Type /usher below to see what you can do here; only you see the answers.`
      : `This is the very beginning of your direct messages with ${name}.`;
  return h('div', { class: 'intro' }, isApp && drawAppIcon(), h('h2', {}, title), h('p', {}, text));
}
