import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitAddresses } from '../../src/membership/address-list.ts';
import { parseEmailAddress } from '../../src/membership/email-address.ts';
import { anyText, hostileCharacters, keepsEveryRule, validAddress } from './addresses.ts';

const runs = { numRuns: 4_000 };

/** Entries as one line each: `Name <address>`, `@user`, `✗ text`. */
function lines(text: string): string[] {
  return splitAddresses(text).map((entry) => {
    if (entry.kind === 'mention') return `@${entry.user}`;
    if (entry.kind === 'invalid') return `✗ ${entry.text}`;
    return entry.name === undefined ? entry.email : `${entry.name} <${entry.email}>`;
  });
}

describe('what people type', () => {
  test.each<[string, string, string[]]>([
    ['nothing', ' \n,; ', []],
    [
      'commas, semicolons, spaces, tabs and lines',
      'a@x.test,b@x.test;c@x.test d@x.test\te@x.test\r\nf@x.test',
      ['a@x.test', 'b@x.test', 'c@x.test', 'd@x.test', 'e@x.test', 'f@x.test'],
    ],
    ['a name and brackets', 'Ana Ruiz <Ana@acme.test>', ['Ana Ruiz <ana@acme.test>']],
    ['a name without a space', 'Ana<ana@acme.test>', ['Ana <ana@acme.test>']],
    ['a quoted name', '"Ruiz, Ana" <ana@acme.test>', ['Ruiz, Ana <ana@acme.test>']],
    ['quotes within quotes', '"Ana \\"Nana\\" Ruiz" <ana@acme.test>', ['Ana Nana Ruiz <ana@acme.test>']],
    ['names one after another', 'Ana <a@x.test> Bob B <b@x.test>', ['Ana <a@x.test>', 'Bob B <b@x.test>']],
    ['brackets alone', '<ana@acme.test>', ['ana@acme.test']],
    ['spaces in brackets', 'Ana < ana@acme.test >', ['Ana <ana@acme.test>']],
    ['an address as its own name', '"ana@acme.test" <ana@acme.test>', ['ana@acme.test']],
    ['a name that is another address', 'boss@acme.test <ana@x.test>', ['boss@acme.test', 'ana@x.test']],
    ['quoted addresses', '"a@x.test","b@x.test; c@x.test"', ['a@x.test', 'b@x.test', 'c@x.test']],
    ['single quotes', "'ana@acme.test'", ['ana@acme.test']],
    ['a link from a page', 'mailto:ana%2Bqa@acme.test?subject=Hi', ['ana+qa@acme.test']],
    ['a name that turns the line around', 'A\u202En\x07a <ana@acme.test>', ['Ana <ana@acme.test>']],
    ['a name with a joiner of its script', 'علی\u200Cرضا <ali@x.test>', ['علی\u200Cرضا <ali@x.test>']],
  ])('%s', (_, text, expected) => expect(lines(text)).toEqual(expected));

  test.each<[string, string, string[]]>([
    ['words beside a bare address', 'Ana Ruiz ana@acme.test', ['✗ Ana', '✗ Ruiz', 'ana@acme.test']],
    ['words after an address', 'ana@acme.test Ana', ['ana@acme.test', '✗ Ana']],
    ['a word before a comma', 'Ruiz, Ana <ana@acme.test>', ['✗ Ruiz', 'Ana <ana@acme.test>']],
    ['a word on another line', 'bob\n<ana@acme.test>', ['✗ bob', 'ana@acme.test']],
    ['a quoted text without an address', '"Ruiz, Ana", ana@acme.test', ['✗ Ruiz, Ana', 'ana@acme.test']],
    ['a name with a bad address', 'Ana <ana@acme>', ['✗ Ana <ana@acme>']],
    ['a quoted local part', '"ana ruiz"@acme.test', ['✗ "ana ruiz"@acme.test']],
    ['an address with something glued to its quotes', '"ana@acme.test"@x.test', ['✗ "ana@acme.test"@x.test']],
    ['a bracket that does not close', 'Ana <ana@acme.test', ['✗ Ana', '✗ <ana@acme.test']],
    ['a list in brackets', '<a@x.test, b@x.test, c@x.test>', ['✗ <a@x.test', 'b@x.test', '✗ c@x.test>']],
    ['a link to several addresses', 'mailto:a@x.test%2Cb@x.test', ['✗ mailto:a@x.test%2Cb@x.test']],
    ['a hidden character', 'a\u200Bna@acme.test', ['✗ a�na@acme.test']],
    ['a hidden character before', 'a@x.test, \uFEFFana@acme.test', ['a@x.test', '✗ �ana@acme.test']],
    ['a hidden character after', 'ana@acme.test\uFEFF b@x.test', ['✗ ana@acme.test�', 'b@x.test']],
    ['a hidden character in brackets', 'Ana <\uFEFFana@acme.test>', ['✗ Ana <�ana@acme.test>']],
    ['a long text, cut between two characters', `${'x'.repeat(78)}\u{1F600}yy`, [`✗ ${'x'.repeat(78)}…`]],
    ['the same mistake twice', 'bob, bob; Bob', ['✗ bob', '✗ Bob']],
  ])('is shown as invalid: %s', (_, text, expected) => expect(lines(text)).toEqual(expected));

  test('the first of several equal addresses is kept', () => {
    expect(splitAddresses('Ana <ana@acme.test>, ANA@acme.test, A.Na@acme.test, ana+x@acme.test')).toEqual([
      { kind: 'address', email: 'ana@acme.test', name: 'Ana', text: 'ana@acme.test' },
      { kind: 'address', email: 'a.na@acme.test', text: 'A.Na@acme.test' },
      { kind: 'address', email: 'ana+x@acme.test', text: 'ana+x@acme.test' },
    ]);
  });
});

describe('what Slack makes of it', () => {
  test.each<[string, string, string[]]>([
    ['a link', '<mailto:ana@acme.test|ana@acme.test>', ['ana@acme.test']],
    ['a link without a label', '<mailto:ana@acme.test>', ['ana@acme.test']],
    ['a link with a name', '<mailto:ana@acme.test|Ana Ruiz>', ['Ana Ruiz <ana@acme.test>']],
    ['a link in typed brackets', 'Ana &lt;<mailto:ana@acme.test|ana@acme.test>&gt;', ['Ana <ana@acme.test>']],
    ['escaped brackets', 'Ana R&amp;D &lt;ana@acme.test&gt;', ['Ana R&D <ana@acme.test>']],
    ['a domain made a link', "o'b@<http://acme.test|acme.test>", ["o'b@acme.test"]],
    ['a link to a part of a word', 'ñ<mailto:ana@acme.test|ana@acme.test>', ['✗ ñana@acme.test']],
    [
      'a link that leads to somebody else',
      'Ana <mailto:b@evil.test|ana@acme.test>',
      ['✗ Ana <mailto:b@evil.test|ana@acme.test>'],
    ],
    ['a page', 'see <https://acme.test/a,b|our page>', ['✗ see', '✗ our page']],
    ['mentions', '<@U0123ABC> <@W123|ana>,<@U0123ABC|bob><@U9>', ['@U0123ABC', '@W123', '@U9']],
    ['words beside a mention', 'Ana <@U0123ABC>', ['✗ Ana', '@U0123ABC']],
    [
      'a bot, a group, a channel',
      '<@B123> <!subteam^S1|@payments> <#C1|general> <!here>',
      ['✗ <@B123>', '✗ @payments', '✗ general', '✗ <!here>'],
    ],
    ['a mention that is none', '<@U12;DROP> @ana', ['✗ <@U12;DROP>', '✗ @ana']],
  ])('%s', (_, text, expected) => expect(lines(text)).toEqual(expected));

  test('a mention shows its label', () => {
    expect(splitAddresses('<@U1|ana> <@U2>').map((entry) => entry.text)).toEqual(['@ana', '@U2']);
  });
});

describe('any list', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{0,8}( [A-Z][a-z]{1,8})?$/);
  const separators = [',', ';', ' ', '\t', '\n', '\r\n', ', ', ' ;\n', '\u00A0', '\u2003', ',,\n'];
  const written = fc.tuple(validAddress, name, fc.nat(7)).map(([email, who, form]) => {
    const ways = [
      { text: email.toUpperCase(), email },
      { text: `'${email}'`, email },
      { text: `"${email}"`, email },
      { text: `<${email}>`, email },
      { text: `<mailto:${email}|${email}>`, email },
      { text: `${who} <${email}>`, email, name: who },
      { text: `"${who}, X." &lt;<mailto:${email}|${email}>&gt;`, email, name: `${who}, X.` },
    ];
    return ways[form % ways.length] ?? { text: email, email };
  });

  test('comes back whole, in order and each address once, whatever stands between them', () => {
    const list = fc.array(fc.tuple(written, fc.constantFrom(...separators)), { maxLength: 12 });
    fc.assert(
      fc.property(list, fc.nat(3), (items, repeated) => {
        const all = [...items, ...items.slice(0, repeated)];
        const entries = splitAddresses(all.map(([item, separator]) => item.text + separator).join(''));
        const expected = new Map<string, string | undefined>();
        for (const [item] of items) {
          if (!expected.has(item.email)) expected.set(item.email, 'name' in item ? item.name : undefined);
        }
        expect(
          entries.map((entry) => (entry.kind === 'address' ? [entry.email, entry.name] : entry)),
        ).toEqual([...expected]);
      }),
      runs,
    );
  });

  test('makes no address that breaks a rule, and nothing to show that is long or cannot be seen', () => {
    const spoiled = fc
      .array(fc.oneof(fc.constantFrom(...hostileCharacters, '<mailto:', '|', '<@U1'), validAddress), {
        maxLength: 9,
      })
      .map((parts) => parts.join(''));
    const check = (text: string) => {
      const entries = splitAddresses(text);
      for (const entry of entries) {
        expect(entry.text.length).toBeLessThanOrEqual(80);
        expect(entry.text).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u);
        if (entry.kind === 'mention') expect(entry.user).toMatch(/^[UW][A-Z0-9]+$/);
        if (entry.kind !== 'address') continue;
        expect(entry.email).toSatisfy(keepsEveryRule);
        expect(parseEmailAddress(entry.email)).toBe(entry.email);
        expect(entry.name ?? 'none').toMatch(/^[^\p{Cc}\p{Cs}\p{Bidi_Control}"\\]{1,80}$/u);
      }
      const keys = entries.map((entry) =>
        entry.kind === 'address' ? entry.email : `${entry.kind} ${entry.text}`,
      );
      expect(new Set(keys).size).toBe(keys.length);
    };
    fc.assert(fc.property(anyText, check), runs);
    fc.assert(fc.property(spoiled, check), runs);
  });

  test('loses no word: each is in a text or a name', () => {
    const glue = fc.constantFrom(...' ,;\n"<>@\'', ' <', '> ', '" ', ' "', '@x.test ', ', ');
    fc.assert(
      fc.property(fc.array(glue, { maxLength: 8 }), (between) => {
        const text = between.map((separator, index) => `w${index}w${separator}`).join('');
        const all = splitAddresses(text)
          .map((entry) => `${'name' in entry ? entry.name : ''} ${entry.text}`)
          .join(' ');
        for (const index of between.keys()) expect(all, text).toContain(`w${index}w`);
      }),
      runs,
    );
  });

  test('of ten thousand addresses comes back whole', () => {
    const emails = Array.from({ length: 10_000 }, (_, index) => `person.${index}@acme.test`);
    const entries = splitAddresses(emails.map((email) => `Ana Ruiz <${email}>`).join(', '));
    expect(entries.map((entry) => entry.kind === 'address' && entry.email)).toEqual(emails);
  });

  test.each([
    ...[
      '<',
      '>',
      '@',
      '"',
      '\\"',
      "'",
      ' ',
      ',',
      '|',
      'a',
      'a ',
      '<a',
      '"a ',
      '<a ',
      '"\n',
      '<\n',
      '"<',
      '" @',
    ],
    ...[
      'a@',
      'a.',
      '<mailto:',
      '<mailto:a|',
      '<http://a',
      '&lt;',
      '&',
      '<@U1>',
      '<@U1|',
      '"@" ',
      '\u{1F600}',
      '\uD800',
    ],
  ])('of a million characters of %j is read in time in proportion to its length', (unit) => {
    const entries = splitAddresses(unit.repeat(1_000_000 / unit.length));
    expect(entries.length).toBeLessThanOrEqual(2);
  });

  test('of words that differ, a megabyte long, is read in time in proportion to its length', () => {
    const words = Array.from({ length: 120_000 }, (_, index) => `w${index}`);
    expect(splitAddresses(words.join(' <'))).toHaveLength(words.length);
    expect(splitAddresses(`${words.join(' ')} <ana@acme.test>`)).toHaveLength(1);
    expect(splitAddresses(`"${words.join('@ ')}"`)).toHaveLength(words.length);
  });
});
