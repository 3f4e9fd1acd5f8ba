import fc from 'fast-check';
import { type EmailAddress, parseEmailAddress } from '../../src/membership/email-address.ts';

/** The text as an address; fails the test when it is none. */
export function address(text: string): EmailAddress {
  const email = parseEmailAddress(text);
  if (email === undefined) throw new Error(`The test needs a valid address, but got ${text}.`);
  return email;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const alphanumeric = `${letters}0123456789`;

function word(alphabet: string, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength });
}

const local = fc
  .array(word(`${alphanumeric}!#$%&'*+/=?^_\`{}~-`, 12), { minLength: 1, maxLength: 4 })
  .map((atoms) => atoms.join('.'));

const label = fc
  .tuple(word(alphanumeric, 5), fc.option(word(`${alphanumeric}-`, 8), { nil: '' }), word(alphanumeric, 5))
  .map((parts) => parts.join(''));

/** Domain names in lower case. */
export const validDomain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), word(letters, 6))
  .map(([labels, last]) => [...labels, last].join('.'));

/** Valid addresses in lower case, with every character that may stand in front of the @ but the pipe of Slack's links. */
export const validAddress = fc.tuple(local, validDomain).map((parts) => parts.join('@'));

/** Any text: whole characters of every script, and broken ones. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.string({
    unit: fc.constantFrom(
      ...'ab@.-_<>"\'|,; \t\r\n&+%?!#\\',
      '@acme.test',
      '<mailto:',
      '&lt;',
      '<@U1',
      '\uFEFF',
    ),
    maxLength: 40,
  }),
);

/** Characters that look like, fold to, or hide beside the ones of an address, and those that end a header or a list item. */
export const hostileCharacters = [
  ...[
    '\u212A',
    '\u017F',
    '\u0130',
    '\u0131',
    '\uFF41',
    '\uFF20',
    '\uFF0E',
    '\u3002',
    '\u0430',
    '\u00E9',
    'e\u0301',
  ],
  ...['\u200B', '\u200C', '\u200D', '\u2060', '\u00AD', '\uFEFF', '\u034F', '\u3164', '\u180E', '\uFE0F'],
  ...['\u202A', '\u202E', '\u2066', '\u2069', '\u200F', '\u061C', '\u00A0', '\u3000', '\u2028', '\u0085'],
  ...['\0', '\r', '\n', '\r\n', '\t', '\v', '\x1B', '\x7F', '\uD800', '\uDC00', '\u{1F600}'],
  ...[' ', ',', ';', ':', '<', '>', '(', ')', '[', ']', '"', '\\', '@'],
];

/** The rules of an address read letter by letter, apart from the patterns of the program. */
export function keepsEveryRule(address: string): boolean {
  const [before = '', domain = '', ...more] = address.split('@');
  const labels = domain.split('.');
  const isAtom = (atom: string) =>
    atom !== '' && [...atom].every((c) => `${alphanumeric}!#$%&'*+-/=?^_\`{|}~`.includes(c));
  const isLabel = (text: string) =>
    text !== '' &&
    text.length <= 63 &&
    [...text].every((c) => `${alphanumeric}-`.includes(c)) &&
    text.at(0) !== '-' &&
    text.at(-1) !== '-';
  return (
    more.length === 0 &&
    before.length <= 64 &&
    before.split('.').every(isAtom) &&
    domain.length <= 253 &&
    labels.length >= 2 &&
    labels.every(isLabel) &&
    [...(labels.at(-1) ?? '')].some((c) => !'0123456789'.includes(c)) &&
    address.length <= 254
  );
}
