// @ts-check
import { withEmoji } from './emoji.js';
import { drawMrkdwn } from './mrkdwn.js';

/** @import { Text } from './block-kit.d.ts' */
/** @import { DrawContext } from './sandbox.d.ts' */

/**
 * A Block Kit text object as nodes: mrkdwn with its markup, plain text literally.
 *
 * @param {Text} text
 * @param {DrawContext} context
 * @returns {Node}
 */
export function drawText(text, context) {
  return text.type === 'mrkdwn' ? drawMrkdwn(text.text, context) : document.createTextNode(plainText(text));
}

/**
 * What a text object says in one string, for names of buttons and options.
 *
 * @param {Text} text
 */
export function plainText(text) {
  return text.emoji === false ? text.text : withEmoji(text.text);
}
