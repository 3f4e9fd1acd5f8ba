/** What a spreadsheet opens as UTF-8. */
export const byteOrderMark = '\uFEFF';

/**
 * What makes a spreadsheet calculate instead of show: a sign of formulas, also in full width, or of commands, at the
 * beginning or after blanks; and after apostrophes, so that what is put before a text can be taken away again.
 */
const formula = /^['\s]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20\uFF5C\uFF05]|^'*[\t\r\n]/u;

/** One line of a CSV file that Excel reads: every cell in quotes, formulas as text behind an apostrophe, CRLF. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string | null): string {
  if (text === null || text === '') return '""';
  const shown = formula.test(text) ? `'${text}` : text;
  return shown.includes('"') ? `"${shown.replaceAll('"', '""')}"` : `"${shown}"`;
}

/** The text that stood in a cell before `csvLine` wrote it. */
export function textOfCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
