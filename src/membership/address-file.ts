import { type AddressEntry, splitAddresses } from './address-list.ts';
import { readCsv, textOfCell } from './csv.ts';
import { Refusal } from './refusal.ts';

/** The most a list of addresses may have: some two hundred bytes for each of the most that one command takes. */
export const mostFileBytes = 2 * 1024 * 1024;

const headings = new Set(['email', 'e-mail', 'mail', 'email address', 'e-mail address', 'email_address']);

/**
 * The addresses in a file, in its order. A table with a column headed `email` gives what stands in that column; any other
 * text is read as a list that was typed. Refused: more bytes than `mostFileBytes`, and what is no text.
 */
export function addressesInFile(bytes: Uint8Array): AddressEntry[] {
  if (bytes.length > mostFileBytes) throw new Refusal('file-too-big', { megabytes: mostFileBytes / 2 ** 20 });
  const text = decode(bytes);
  if (text === undefined) throw new Refusal('file-is-no-text', {});
  const [header = [], ...rows] = readCsv(text);
  const column = header.findIndex((cell) => headings.has(cell.trim().toLowerCase()));
  if (column < 0) return splitAddresses(text);
  // A cell is a line of its own: a comma in it parts addresses, and nothing reaches into the next.
  return splitAddresses(rows.map((row) => textOfCell(row[column] ?? '').replace(/[\r\n]+/g, ' ')).join('\n'));
}

/** UTF-8, UTF-16 by its mark, or what Windows wrote before them; undefined when it holds what no text does. */
function decode(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  // Tabs, line ends and form feeds are what texts have of the control characters.
  return /(?![\t\n\v\f\r])[\p{Cc}\uFFFD]/u.test(text) ? undefined : text;
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
