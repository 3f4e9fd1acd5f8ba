import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteOrderMark, csvLine, textOfCell } from '../../src/membership/csv.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1 });
});
afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

/** What spreadsheets and CSV readers stumble over, in any order and number; PostgreSQL keeps neither NUL nor half characters. */
const hostile = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom(...'=+-@|%＝＋－＠｜％\'"\t\r\n ;,\u00a0\u2028\u3000\ufeffA1('),
      maxLength: 12,
    }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '=1+1',
      "'=1+1",
      "''=1",
      ' =cmd|/c calc!A1',
      '\t=1',
      "'\r\n",
      '"',
      '""',
      "'",
      '+34 91',
      '-',
      '\\.',
      'NULL',
    ),
  )
  .filter((text) => !/[\0\p{Cs}]/u.test(text));

test('a file of hostile texts is read back as they were, and nothing in it is a formula', async () => {
  const rows = fc.sample(fc.tuple(hostile, hostile, hostile), { numRuns: 2_500, seed: 4 });
  await sql`create table read_back (place int generated always as identity, a text, b text, c text)`;
  const file = await sql`copy read_back (a, b, c) from stdin with (format csv)`.writable();
  file.end(rows.map(csvLine).join(''));
  await new Promise((resolve, reject) => file.on('finish', resolve).on('error', reject));
  const cells = await sql`select a, b, c from read_back order by place`;
  expect(cells.map(({ a, b, c }) => [a, b, c].map(textOfCell))).toEqual(rows);
  const dangerous = cells
    .flatMap(({ a, b, c }) => [a, b, c])
    .filter((cell) => /^\s*[=+\-@|%＝＋－＠｜％]|^[\t\r\n]/.test(cell));
  expect(dangerous).toEqual([]);
});

test('what stands in front of a text can always be taken away again', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const cell = csvLine([text]).slice(1, -3);
      expect(textOfCell(cell.replaceAll('""', '"'))).toBe(text);
    }),
    { numRuns: 5_000 },
  );
});

test('plain text stays as it is, nothing is an empty cell, and the file says that it is UTF-8', () => {
  expect(csvLine(["O'Neill, Ana", null, '', 'a-b', '2026-11-22'])).toBe(
    '"O\'Neill, Ana","","","a-b","2026-11-22"\r\n',
  );
  expect([...Buffer.from(byteOrderMark)]).toEqual([0xef, 0xbb, 0xbf]);
});
