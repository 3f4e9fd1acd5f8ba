// @ts-check
import { h } from './element.js';
import { drawRichText } from './rich-text.js';

/** @import { Cell, Table } from './block-kit.d.ts' */
/** @import { DrawContext } from './sandbox.d.ts' */

/**
 * A table whose first row is the head, as Slack shows it; wide ones scroll sideways on their own.
 *
 * @param {Table} block
 * @param {DrawContext} context
 */
export function drawTable(block, context) {
  const [head = [], ...body] = block.rows;
  /** @param {Cell} cell @param {number} column @param {'td' | 'th'} tag */
  const drawCell = (cell, column, tag) => {
    const { align = 'left', is_wrapped: wrapped = false } = block.column_settings?.[column] ?? {};
    const className = `align-${align} ${wrapped ? 'wrapped' : ''}`.trim();
    return h(tag, { class: className, scope: tag === 'th' ? 'col' : undefined }, cellContent(cell, context));
  };
  return h(
    'div',
    { class: 'block table', tabindex: 0, role: 'group', 'aria-label': 'Table' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...head.map((cell, column) => drawCell(cell, column, 'th')))),
      h(
        'tbody',
        {},
        ...body.map((row) => h('tr', {}, ...row.map((cell, column) => drawCell(cell, column, 'td')))),
      ),
    ),
  );
}

/**
 * @param {Cell} cell
 * @param {DrawContext} context
 * @returns {Node | string}
 */
function cellContent(cell, context) {
  if (cell.type === 'rich_text') return drawRichText(cell, context);
  return cell.text;
}
