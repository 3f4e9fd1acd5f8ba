import { addressesInFile, mostFileBytes } from '../membership/address-file.ts';
import { type AddressEntry, splitAddresses } from '../membership/address-list.ts';
import type { CommandContext } from './command.ts';
import type { Field } from './form.ts';
import type { GivenFile } from './given-file.ts';

/** The field of the form that takes a list of addresses as a file. */
export const fileField = {
  kind: 'file',
  label: 'Or a file with addresses',
  types: ['csv', 'txt'],
  hint: 'A CSV file with a column "email", or any text with addresses; up to 10,000 of them.',
  elsewhere: 'To invite from a file, send the file to usher in your own chat, and write invite beside it.',
} as const satisfies Field;

/** What was typed, and what is in the file; the same address once. */
export async function entriesOf(
  context: CommandContext,
  typed: string,
  file: GivenFile | undefined,
): Promise<AddressEntry[]> {
  const entries = splitAddresses(typed);
  if (!file) return entries;
  const known = new Set(entries.map(keyOf));
  const inFile = addressesInFile(await context.readFile(file, mostFileBytes));
  return [...entries, ...inFile.filter((entry) => !known.has(keyOf(entry)))];
}

function keyOf(entry: AddressEntry): string {
  return entry.kind === 'address' ? entry.email : `${entry.kind} ${entry.text}`;
}
