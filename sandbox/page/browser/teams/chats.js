// @ts-check
import { drawAppIcon, drawAvatar } from '../avatar.js';
import { messageDay, messageTime } from '../dates.js';
import { byId, h } from '../element.js';
import { updateKeyed } from '../keyed.js';

/** @import { Conversation } from './types.d.ts' */

/** @typedef {{ id: string, name: string, icon: 'app' | 'group' | 'channel', preview: string, when: string, unread: number, isOpen: boolean }} Line */

/**
 * The list on the left: chats with what was said last, and teams with their channels. `add` is there for somebody who
 * does not have the app.
 *
 * @param {Conversation[]} conversations
 * @param {{ viewer: string, openId: string, unread: (one: Conversation) => number, choose: (id: string) => void, add: (() => void) | undefined }} options
 */
export function showChats(conversations, { viewer, openId, unread, choose, add }) {
  /** @param {Conversation} one @returns {Line} */
  const lineOf = (one) => ({
    id: one.id,
    name: one.name,
    icon: one.kind === 'dm' ? 'app' : one.kind,
    ...lastOf(one, viewer),
    unread: unread(one),
    isOpen: one.id === openId,
  });
  const sections = [
    { title: 'Chats', lines: conversations.filter(({ kind }) => kind !== 'channel').map(lineOf) },
    ...teamsOf(conversations).map(({ team, channels }) => ({ title: team, lines: channels.map(lineOf) })),
  ];
  const entries = sections
    .filter(({ lines }) => lines.length > 0)
    .map((section) => ({
      key: section.title,
      stamp: JSON.stringify(section),
      draw: () => drawSection(section, choose),
    }));
  const apps = add ? [{ key: 'add', stamp: viewer, draw: () => drawAdd(add) }] : [];
  updateKeyed(byId('chats'), [...apps, ...entries]);
}

/** @param {Conversation[]} conversations */
function teamsOf(conversations) {
  const channels = conversations.filter(({ kind }) => kind === 'channel');
  const names = [...new Set(channels.map(({ team }) => team ?? 'Teams and channels'))];
  return names.map((team) => ({
    team,
    channels: channels.filter((one) => (one.team ?? 'Teams and channels') === team),
  }));
}

/** @param {Conversation} conversation @param {string} viewer */
function lastOf({ kind, messages }, viewer) {
  const last = messages.at(-1);
  if (!last || kind === 'channel') return { preview: '', when: '' };
  const author = last.user === viewer ? 'You: ' : kind === 'group' ? `${last.fromName}: ` : '';
  const day = messageDay(last.ts);
  return {
    preview: author + last.summary,
    when: day === 'Today' ? messageTime(last.ts) : day.replace(/,.*/, ''),
  };
}

/**
 * @param {{ title: string, lines: Line[] }} section
 * @param {(id: string) => void} choose
 */
function drawSection({ title, lines }, choose) {
  return h(
    'section',
    {},
    h('h3', {}, title),
    h('ul', {}, ...lines.map((line) => h('li', {}, drawLine(line, choose)))),
  );
}

/**
 * @param {Line} line
 * @param {(id: string) => void} choose
 */
function drawLine({ id, name, icon, preview, when, unread, isOpen }, choose) {
  return h(
    'button',
    {
      type: 'button',
      class: ['line chat', icon, unread > 0 && 'unread'].filter(Boolean).join(' '),
      'aria-label': name,
      'aria-current': isOpen ? 'page' : undefined,
      'data-focus': id,
      onclick: () => choose(id),
    },
    icon === 'app' && drawAppIcon('bot'),
    icon === 'group' && drawAvatar(name, 'round'),
    h(
      'span',
      { class: 'said' },
      h('span', { class: 'name' }, name),
      preview !== '' && h('span', { class: 'preview' }, preview),
    ),
    when && h('span', { class: 'when' }, when),
    unread > 0 && h('span', { class: 'dot', title: `${unread} new` }),
  );
}

/** @param {() => void} add */
function drawAdd(add) {
  return h(
    'section',
    {},
    h('h3', {}, 'Apps'),
    h(
      'button',
      { type: 'button', class: 'line chat app', 'data-focus': 'add', onclick: add },
      drawAppIcon('bot'),
      h(
        'span',
        { class: 'said' },
        h('span', { class: 'name' }, 'usher'),
        h('span', { class: 'preview' }, 'Not added yet'),
      ),
      h('span', { class: 'add' }, 'Add'),
    ),
  );
}
