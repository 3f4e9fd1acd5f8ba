import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesInFile, mostFileBytes } from '../../src/membership/address-file.ts';
import { byteOrderMark, csvLine, readCsv } from '../../src/membership/csv.ts';
import { refusalOf } from './answers.ts';

const read = (text: string, encoding: BufferEncoding = 'utf8') =>
  addressesInFile(Buffer.from(text, encoding)).map((entry) =>
    entry.kind === 'address' ? entry.email : `${entry.kind} ${entry.text}`,
  );

test.each([
  ['one a line', 'ana@acme.test\r\nben@acme.test\n', ['ana@acme.test', 'ben@acme.test']],
  ['any text with names', 'Ana Ruiz <ana@acme.test>; ben@acme.test', ['ana@acme.test', 'ben@acme.test']],
  [
    'a column, wherever it stands',
    'Name,E-Mail,Role\n"Ruiz, Ana",ana@acme.test,user\nBen,ben@acme.test,admin\n',
    ['ana@acme.test', 'ben@acme.test'],
  ],
  [
    'semicolons, as Excel writes them in half of Europe',
    'email;name\nana@acme.test;"Ruiz; Ana"\n',
    ['ana@acme.test'],
  ],
  ['tabs', 'name\temail\nAna\tana@acme.test', ['ana@acme.test']],
  [
    'an empty cell and a wrong one',
    'email,name\n,Nobody\nnobody@,Wrong\nana@acme.test,Ana',
    ['invalid nobody@', 'ana@acme.test'],
  ],
  ['the same twice', 'email\nana@acme.test\nANA@acme.test', ['ana@acme.test']],
  ['one row more than its header has columns', 'email\nana@acme.test,,,\n', ['ana@acme.test']],
  ['nothing', '', []],
])('%s', (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test('what usher exports can be given back to it', () => {
  const file = byteOrderMark + csvLine(['status', 'email']) + csvLine(['Active', "+ana'@acme.test"]);
  expect(read(file)).toEqual(["+ana'@acme.test"]);
});

test('UTF-8 and UTF-16 with their marks, and what Windows wrote before, are read', () => {
  expect(read(`${byteOrderMark}email\nana@acme.test`)).toEqual(['ana@acme.test']);
  expect(read(`${byteOrderMark}email\tname\nana@acme.test\tJosé`, 'utf16le')).toEqual(['ana@acme.test']);
  const bigEndian = Buffer.from(`${byteOrderMark}ana@acme.test`, 'utf16le').swap16();
  expect(addressesInFile(bigEndian)).toMatchObject([{ email: 'ana@acme.test' }]);
  expect(read('email,name\nana@acme.test,José', 'latin1')).toEqual(['ana@acme.test']);
});

test('a workbook, a picture and a huge file are refused, each in its own words', async () => {
  const workbook = Buffer.from('504b0304140006000800000021004f', 'hex');
  const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  for (const bytes of [workbook, picture]) {
    expect((await refusalOf(async () => addressesInFile(bytes)))?.code).toBe('file-is-no-text');
  }
  const huge = Buffer.alloc(mostFileBytes + 1, 'a');
  expect((await refusalOf(async () => addressesInFile(huge)))?.code).toBe('file-too-big');
});

test('any bytes are read or refused, never thrown about', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      await refusalOf(async () => addressesInFile(bytes));
    }),
    { numRuns: 2_000 },
  );
});

test('what was written as CSV is read back, whatever stands in it', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'a"\',;\t\r\n ='), maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      (rows) => {
        const text =
          csvLine(['a', 'b', 'c']) +
          rows.map((row) => `${row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
        expect(readCsv(text)).toEqual([['a', 'b', 'c'], ...rows]);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('ten thousand rows take no time to speak of', () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => `"Person, ${at}",p${at}@acme.test`);
  expect(read(['name,email', ...rows].join('\r\n'))).toHaveLength(10_000);
});
