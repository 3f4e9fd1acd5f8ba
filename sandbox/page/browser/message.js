// @ts-check
import { drawAppIcon, drawAvatar } from './avatar.js';
import { drawBlocks } from './blocks.js';
import { messageMoment, messageTime } from './dates.js';
import { h } from './element.js';
import { drawFile } from './file.js';
import { drawMrkdwn } from './mrkdwn.js';

/** @import { DrawContext, Message } from './sandbox.d.ts' */

/** @typedef {{ name: string, isApp: boolean }} Author */

/**
 * One message as Slack shows it; a compact one continues the one above and shows its time on hover only.
 *
 * @param {Message} message
 * @param {Author & { compact: boolean }} author
 * @param {DrawContext} context
 */
export function drawMessage(message, { name, isApp, compact }, context) {
  const time = h('time', { class: 'muted time', title: messageMoment(message.ts) }, messageTime(message.ts));
  const avatar = isApp ? drawAppIcon() : drawAvatar(name);
  const className = ['message', compact && 'compact', message.ephemeral && 'ephemeral']
    .filter(Boolean)
    .join(' ');
  return h(
    'article',
    { class: className, 'aria-label': `${name}, ${messageTime(message.ts)}` },
    message.ephemeral && h('p', { class: 'only-you' }, 'Only visible to you'),
    h('div', { class: 'gutter' }, compact ? time : avatar),
    h(
      'div',
      { class: 'content' },
      !compact && h('header', {}, h('b', { class: 'author' }, name), isApp && drawAppBadge(), time),
      ...drawContent(message, context),
    ),
  );
}

/** The grey word that tells an app from a person. */
export function drawAppBadge() {
  return h('span', { class: 'app-badge' }, 'APP');
}

/**
 * @param {Message} message
 * @param {DrawContext} context
 */
function drawContent({ text, blocks = [], files = [], edited }, context) {
  const drawn =
    blocks.length > 0
      ? drawBlocks(blocks, context)
      : [text !== '' && h('div', { class: 'block text' }, drawMrkdwn(text, context))];
  const content = h('div', {}, ...drawn, ...files.map(drawFile));
  if (edited) {
    const last = [...content.querySelectorAll('.text')].at(-1) ?? content;
    last.append(h('span', { class: 'muted edited' }, ' (edited)'));
  }
  return [...content.childNodes];
}
