// @ts-check
import { drawAppIcon, drawAvatar } from './avatar.js';
import { byId, h } from './element.js';
import { updateKeyed } from './keyed.js';

/** @import { Conversation } from './sandbox.d.ts' */

/** @typedef {{ id: string, label: string, icon: 'channel' | 'app' | 'person', unread: number, isOpen: boolean, countsUnread: boolean }} Line */

/**
 * The sidebar of one person: channels, direct messages, and usher as an app.
 *
 * @param {Conversation[]} conversations
 * @param {{ isApp: (one: Conversation) => boolean, openId: string, unread: (one: Conversation) => number, choose: (id: string) => void }} options
 */
export function showWorkspace(conversations, { isApp, openId, unread, choose }) {
  /** @param {Conversation} one @returns {Line} */
  const lineOf = (one) => ({
    id: one.id,
    label: one.name,
    icon: isApp(one) ? 'app' : one.kind === 'channel' ? 'channel' : 'person',
    unread: unread(one),
    isOpen: one.id === openId,
    countsUnread: one.kind === 'dm',
  });
  const apps = conversations.filter(isApp).map(lineOf);
  if (openId === 'home') for (const app of apps) app.isOpen = true;
  const sections = [
    { title: 'Channels', lines: conversations.filter(({ kind }) => kind === 'channel').map(lineOf) },
    {
      title: 'Direct messages',
      lines: conversations.filter((one) => one.kind === 'dm' && !isApp(one)).map(lineOf),
    },
    { title: 'Apps', lines: apps },
  ];
  updateKeyed(
    byId('workspace'),
    sections
      .filter(({ lines }) => lines.length > 0)
      .map((section) => ({
        key: section.title,
        stamp: JSON.stringify(section),
        draw: () => drawSection(section, choose),
      })),
  );
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
function drawLine({ id, label, icon, unread, isOpen, countsUnread }, choose) {
  return h(
    'button',
    {
      type: 'button',
      class: unread > 0 ? 'line unread' : 'line',
      'aria-current': isOpen ? 'page' : undefined,
      'data-focus': id,
      onclick: () => choose(id),
    },
    icon === 'channel' && h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
    icon === 'app' && drawAppIcon('tiny'),
    icon === 'person' && drawAvatar(label, 'tiny'),
    h('span', { class: 'name' }, label),
    unread > 0 && countsUnread && h('span', { class: 'badge' }, String(unread)),
  );
}
