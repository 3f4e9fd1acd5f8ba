// @ts-check
import { drawAppIcon, drawAvatar } from '../avatar.js';
import { messageMoment, messageTime } from '../dates.js';
import { h } from '../element.js';
import { drawMention } from '../link.js';
import { drawCard } from './card.js';
import { drawSharedFile } from './file.js';
import { drawMarkdown } from './markdown.js';

/** @import { Conversation, Message, Press } from './types.d.ts' */

/**
 * @typedef {object} Look
 * @property {boolean} isApp whether usher wrote it
 * @property {boolean} isOwn whether the reader wrote it
 * @property {Conversation['kind']} place
 * @property {boolean} compact whether it continues the message above
 * @property {string} reader
 * @property {string[]} names of people one can mention
 */

/**
 * One message as Teams shows it: a bubble, one's own on the right; cards stand by themselves.
 *
 * @param {Message} message
 * @param {Look} look
 * @param {(press: Press) => Promise<void>} press
 * @param {(answer: 'accept' | 'decline') => Promise<void>} answer to the offer of a file
 */
export function drawMessage(message, { isApp, isOwn, place, compact, reader, names }, press, answer) {
  const { fromName: name, ts, text, cards, files = [], edited, notice } = message;
  const time = h('time', { class: 'time', title: messageMoment(ts) }, messageTime(ts));
  const isPost = place === 'channel';
  const kind = isPost ? 'post' : isOwn ? 'own' : 'other';
  const showsAvatar = !compact && (isPost || !isOwn);
  const avatar = isApp ? drawAppIcon('bot') : drawAvatar(name, 'round');
  return h(
    'article',
    {
      class: ['teams-message', kind, compact && 'compact'].filter(Boolean).join(' '),
      'aria-label': `${name}, ${messageTime(ts)}`,
    },
    h('div', { class: 'gutter' }, showsAvatar && avatar),
    h(
      'div',
      { class: 'content' },
      !compact &&
        h(
          'header',
          {},
          (isPost || !isOwn) && h('b', { class: 'author' }, name),
          time,
          edited && drawEdited(),
        ),
      compact && edited && h('header', {}, drawEdited()),
      text !== '' && h('div', { class: 'bubble' }, ...drawText(text, { isApp, reader, names })),
      ...cards.map((card, index) => drawCard(card, { scope: `${message.id}/${index}`, press })),
      ...files.map((file) => drawSharedFile(file, answer)),
      notice && h('p', { class: 'notice-below', role: 'status' }, notice),
    ),
  );
}

function drawEdited() {
  return h('span', { class: 'edited' }, 'Edited');
}

/**
 * Mentions, and what is between them: marks count in what a bot wrote, what people wrote is literal.
 *
 * @param {string} text
 * @param {Pick<Look, 'isApp' | 'reader' | 'names'>} options
 */
function drawText(text, { isApp, reader, names }) {
  if (isApp) return [drawMarkdown(text.replace(/<\/?at>/g, ''))];
  const mentions = ['usher', ...names].map((name) => `@${escapeForPattern(name)}`);
  return text.split(new RegExp(`((?<!\\w)(?:${mentions.join('|')})(?!\\w))`)).map((part, index) => {
    if (index % 2 === 0) return part;
    const name = part.replace(/^@/, '');
    return drawMention('', name, name === reader);
  });
}

/** @param {string} text */
function escapeForPattern(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
