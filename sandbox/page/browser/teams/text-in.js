// @ts-check

/**
 * The first thing a card says, for places that show one line of it.
 *
 * @param {unknown} node of a card
 * @returns {string}
 */
export function textIn(node) {
  if (Array.isArray(node)) {
    for (const one of node) {
      const found = textIn(one);
      if (found) return found;
    }
    return '';
  }
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, inlines, body, items, columns } = /** @type {Record<string, unknown>} */ (node);
  if (type === 'TextBlock') return String(text ?? '');
  if (type === 'RichTextBlock' && Array.isArray(inlines)) return inlines.map(runText).join('');
  return textIn(body ?? items ?? columns);
}

/** @param {unknown} run */
function runText(run) {
  if (typeof run === 'string') return run;
  return typeof run === 'object' && run !== null && 'text' in run ? String(run.text) : '';
}
