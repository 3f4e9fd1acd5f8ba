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

/**
 * The rows of a CSV file, whichever of comma, semicolon and tab its first line has most of. Quotes may hold anything; one
 * that does not end holds the rest. Never throws.
 */
export function readCsv(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  const piece = new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)(?:"|$)([^${separator}\\r\\n]*)|([^${separator}\\r\\n]*))(\\r\\n|.|\\n|\\r|$)`,
    'gsy',
  );
  while (piece.lastIndex < text.length) {
    const [, quoted, after = '', plain = '', end] = piece.exec(text) ?? [];
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + after);
    if (end === separator && piece.lastIndex < text.length) continue;
    if (end === separator) row.push('');
    rows.push(row);
    row = [];
  }
  return rows;
}

function separatorOf(text: string): string {
  const [line = ''] = /^[^\r\n]*/.exec(text) ?? [];
  const count = (separator: string) => line.split(separator).length;
  return [',', ';', '\t'].reduce((most, one) => (count(one) > count(most) ? one : most));
}
