// @ts-check

/** @type {Record<string, string>} */
const characters = {
  '+1': '👍',
  alarm_clock: '⏰',
  arrow_right: '➡️',
  bell: '🔔',
  blush: '😊',
  bulb: '💡',
  calendar: '📅',
  clock3: '🕒',
  email: '✉️',
  envelope: '✉️',
  exclamation: '❗',
  eyes: '👀',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  inbox_tray: '📥',
  information_source: 'ℹ️',
  key: '🔑',
  link: '🔗',
  lock: '🔒',
  mag: '🔍',
  mailbox: '📫',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  outbox_tray: '📤',
  page_facing_up: '📄',
  question: '❓',
  red_circle: '🔴',
  rocket: '🚀',
  smile: '😄',
  sparkles: '✨',
  tada: '🎉',
  thumbsup: '👍',
  ticket: '🎫',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  x: '❌',
};

/**
 * The character for a shortcode such as `tada`, or nothing when this page does not know it.
 *
 * @param {string} name
 */
export function emoji(name) {
  return Object.hasOwn(characters, name) ? characters[name] : undefined;
}

/**
 * Replaces the known `:shortcodes:` in plain text.
 *
 * @param {string} text
 */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (code, name) => emoji(name) ?? code);
}
