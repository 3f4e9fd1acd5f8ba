// @ts-check
import { drawAppIcon, drawAvatar } from '../avatar.js';
import { byId, h } from '../element.js';
import { updateKeyed } from '../keyed.js';

/** @import { Conversation } from './types.d.ts' */

/** @typedef {Pick<Conversation, 'name' | 'kind' | 'team'>} Heading */

/** The line over the conversation. @param {Heading} heading */
export function showPlace({ name, kind, team }) {
  const heading = { name, kind, team };
  updateKeyed(byId('teams-place'), [
    { key: 'heading', stamp: JSON.stringify(heading), draw: () => drawHeading(heading) },
  ]);
}

/** @param {Heading} heading */
function drawHeading({ name, kind, team }) {
  return h(
    'div',
    { class: 'heading' },
    drawIcon(kind, kind === 'channel' ? (team ?? name) : name),
    h(
      'div',
      {},
      h('h1', { id: 'teams-place-title' }, name),
      kind === 'channel' && team && h('p', { class: 'muted' }, team),
    ),
    h('span', { class: 'tab' }, kind === 'channel' ? 'Posts' : 'Chat'),
  );
}

/** @param {Conversation['kind']} kind @param {string} name */
function drawIcon(kind, name) {
  if (kind === 'dm') return drawAppIcon('bot');
  return drawAvatar(name, kind === 'group' ? 'round' : 'small');
}

/**
 * What stands over the first message.
 *
 * @param {Heading} heading
 * @param {string} reader
 */
export function drawIntro({ name, kind }, reader) {
  const text = {
    dm: `This is where usher writes to ${reader}. Press the buttons on its cards, or just say what you need: try “help”.`,
    group: 'Mention @usher to ask it something. What it answers, it tells you in your own chat with it.',
    channel: 'Mention @usher to ask it something. What it answers, it tells you in your own chat with it.',
  }[kind];
  return h(
    'div',
    { class: 'intro' },
    kind === 'dm' ? drawAppIcon('bot') : null,
    h('h2', {}, kind === 'channel' ? `Welcome to ${name}` : name),
    h('p', {}, text),
  );
}
