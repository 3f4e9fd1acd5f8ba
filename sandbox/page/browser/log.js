// @ts-check
import { messageDay } from './dates.js';
import { h } from './element.js';
import { updateKeyed } from './keyed.js';

/** @import { Entry } from './keyed.js' */
/** @import { AnyMessage } from './sandbox.d.ts' */

/**
 * @typedef {object} LogContent
 * @property {string} key person and conversation; another key starts at the bottom of another list
 * @property {string} label
 * @property {() => HTMLElement} intro
 * @property {Entry[]} entries
 * @property {number} count of messages
 */

const groupedWithin = 5 * 60;

/**
 * The scrolling list of messages: it follows new ones at its end, and stays put for somebody who reads further up.
 *
 * @param {HTMLElement} pane
 */
export function createLog(pane) {
  const jump = h(
    'button',
    { type: 'button', class: 'jump', hidden: true, onclick: () => toEnd() },
    '↓ New messages',
  );
  /** @type {{ key: string, list: HTMLElement } | undefined} */
  let shown;
  let count = 0;
  let height = pane.clientHeight;

  const toEnd = () => {
    pane.scrollTop = pane.scrollHeight;
  };
  /** Measured before a change: scroll events come too late to tell who moved. */
  const isAtEnd = () => pane.scrollHeight - pane.scrollTop - height < 40;
  pane.addEventListener('scroll', () => {
    if (isAtEnd()) jump.hidden = true;
  });
  new ResizeObserver(() => {
    const wasAtEnd = isAtEnd();
    height = pane.clientHeight;
    if (shown && wasAtEnd) toEnd();
  }).observe(pane);

  /** @param {LogContent} content */
  function show(content) {
    const isNew = shown?.key !== content.key;
    const follows = isNew || isAtEnd();
    if (isNew || !shown) {
      const list = h('div', {
        class: 'log',
        role: 'log',
        'aria-live': 'polite',
        'aria-label': content.label,
      });
      pane.replaceChildren(h('div', { class: 'log-frame' }, content.intro(), list), jump);
      shown = { key: content.key, list };
      count = content.count;
    }
    updateKeyed(shown.list, content.entries);
    if (follows) toEnd();
    else if (content.count > count) jump.hidden = false;
    count = content.count;
  }

  return {
    show,
    /** Leaves the pane to somebody else. */
    forget: () => {
      shown = undefined;
    },
  };
}

/**
 * Messages in their order, with a divider before each day; a message that continues the one above is compact.
 *
 * @template {AnyMessage} M
 * @param {M[]} messages
 * @param {{ stamp: (message: M) => unknown, draw: (message: M, compact: boolean) => HTMLElement }} how
 * @returns {Entry[]}
 */
export function entriesOf(messages, { stamp, draw }) {
  /** @type {Entry[]} */
  const entries = [];
  let day = '';
  /** @type {M | undefined} */
  let previous;
  for (const message of [...messages].sort((a, b) => Number(a.ts) - Number(b.ts))) {
    const today = messageDay(message.ts);
    if (today !== day) {
      entries.push({
        key: `day ${today}`,
        stamp: '',
        draw: () => h('div', { class: 'day' }, h('span', {}, today)),
      });
      previous = undefined;
    }
    day = today;
    const compact = previous !== undefined && continues(previous, message);
    entries.push({
      key: `${message.ts} ${message.ephemeral ?? false}`,
      stamp: JSON.stringify([message, stamp(message), compact]),
      draw: () => draw(message, compact),
    });
    previous = message;
  }
  return entries;
}

/** @param {AnyMessage} previous @param {AnyMessage} message */
function continues(previous, message) {
  return (
    previous.user === message.user &&
    !previous.ephemeral &&
    !message.ephemeral &&
    Number(message.ts) - Number(previous.ts) < groupedWithin
  );
}
