import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSharedMailbox, maskEmailAddress, parseEmailAddress } from '../../src/membership/email-address.ts';
import { address, anyText, hostileCharacters, keepsEveryRule, validAddress } from './addresses.ts';

const runs = { numRuns: 4_000 };

describe('parsing one address', () => {
  test.each([
    ['ana@acme.test', 'ana@acme.test'],
    ['  Ana.Ruiz+QA@ACME.Test\r\n', 'ana.ruiz+qa@acme.test'],
    ["o'brien_{x}|y=z@mail.eu-1.acme.test", "o'brien_{x}|y=z@mail.eu-1.acme.test"],
    ['a@XN--BCHER-KVA.test', 'a@xn--bcher-kva.test'],
    ['a@acme.xn--p1ai', 'a@acme.xn--p1ai'],
    ['1@2.3d', '1@2.3d'],
    [`${'a'.repeat(64)}@${'b'.repeat(63)}.test`, `${'a'.repeat(64)}@${'b'.repeat(63)}.test`],
  ])('%j becomes %j', (text, email) => expect(parseEmailAddress(text)).toBe(email));

  test.each([
    ['nothing at all', ''],
    ['no @', 'acme.test'],
    ['two @', 'a@b@acme.test'],
    ['nothing before the @', '@acme.test'],
    ['nothing after the @', 'ana@'],
    ['one label', 'ana@localhost'],
    ['a dot at the start', '.ana@acme.test'],
    ['a dot at the end', 'ana.@acme.test'],
    ['two dots', 'an..a@acme.test'],
    ['two dots in the domain', 'ana@acme..test'],
    ['a dot after the domain', 'ana@acme.test.'],
    ['a hyphen that starts a label', 'ana@-acme.test'],
    ['a hyphen that ends a label', 'ana@acme-.test'],
    ['an underscore in the domain', 'ana@ac_me.test'],
    ['a last label of digits', 'ana@127.0.0.1'],
    ['an IP literal', 'ana@[127.0.0.1]'],
    ['a quoted local part', '"ana ruiz"@acme.test'],
    ['a comment', 'ana(work)@acme.test'],
    ['a display name', 'Ana <ana@acme.test>'],
    ['two addresses', 'a@good.test, b@evil.test'],
    ['a second header line', 'ana@acme.test\r\nBcc: b@evil.test'],
    ['a local part of 65', `${'a'.repeat(65)}@acme.test`],
    ['a label of 64', `ana@${'b'.repeat(64)}.test`],
    ['an address of 255', `${'a'.repeat(62)}@${'b.'.repeat(94)}test`],
    ['the Kelvin sign for a k', '\u212Aay@acme.test'],
    ['a zero-width space before it', '\uFEFFana@acme.test'],
    ['a no-break space after it', 'ana@acme.test\u00A0'],
    ['an umlaut in the domain', 'ana@b\u00FCcher.test'],
  ])('%s is refused', (_, text) => expect(parseEmailAddress(text)).toBeUndefined());

  test('254 characters are accepted and one more is not', () => {
    const domain = `${'b.'.repeat(93)}test`;
    expect(parseEmailAddress(`${'a'.repeat(63)}@${domain}`)).toHaveLength(254);
    expect(parseEmailAddress(`${'a'.repeat(64)}@${domain}`)).toBeUndefined();
  });

  test('tags and dots stay different people', () => {
    const emails = ['ana@acme.test', 'ana+x@acme.test', 'ana+y@acme.test', 'a.na@acme.test'].map(address);
    expect(new Set(emails).size).toBe(4);
  });

  test('whatever is accepted keeps every rule, and is only its input in lower case without the spaces around', () => {
    const slip = fc
      .tuple(validAddress, fc.nat(80), fc.constantFrom(...hostileCharacters, ...'.-_+A1', ''), fc.nat(2))
      .map(([email, at, inserted, dropped]) => email.slice(0, at) + inserted + email.slice(at + dropped));
    const check = (text: string) => {
      const email = parseEmailAddress(text);
      if (email === undefined) return;
      expect(email).toSatisfy(keepsEveryRule);
      expect(text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')).toMatch(/^[!-~]+$/);
      expect(email).toBe(text.trim().replace(/[A-Z]/g, (c) => c.toLowerCase()));
      expect(parseEmailAddress(email)).toBe(email);
    };
    fc.assert(fc.property(slip, check), runs);
    fc.assert(fc.property(anyText, check), runs);
  });

  test('every address that keeps the rules is accepted, in whatever case it is typed', () => {
    fc.assert(
      fc.property(
        validAddress.chain((email) => fc.tuple(fc.constant(email), fc.mixedCase(fc.constant(email)))),
        ([email, typed]) => {
          expect(parseEmailAddress(` ${typed}\n`)).toBe(email);
        },
      ),
      runs,
    );
  });

  test('a hostile character anywhere inside an address is refused, never dropped', () => {
    const spoiled = fc
      .tuple(validAddress, fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...hostileCharacters))
      .map(([email, part, character]) => {
        const at = 1 + Math.floor(part * (email.length - 2));
        return email.slice(0, at) + character + email.slice(at);
      });
    fc.assert(
      fc.property(spoiled, (text) => {
        expect(parseEmailAddress(text)).toBeUndefined();
      }),
      runs,
    );
  });

  test.each(['\u0130', '\u0131', '\u212A', '\u017F'])(
    '%j is not folded into a letter of ASCII',
    (character) => {
      for (const text of [`${character}@acme.test`, `a@${character}.test`, `a@acme.tes${character}`]) {
        expect(parseEmailAddress(text)).toBeUndefined();
      }
    },
  );

  test.each([' ', 'a', '.', '@', 'a.', 'a@', '-', 'a-'])(
    'a million characters of %j are refused soon',
    (unit) => {
      expect(parseEmailAddress(unit.repeat(1_000_000 / unit.length))).toBeUndefined();
      expect(parseEmailAddress(`a@${unit.repeat(1_000_000 / unit.length)}b`)).toBeUndefined();
    },
  );
});

describe('shared mailboxes', () => {
  test.each([
    'admin',
    'sales',
    'info',
    'support',
    'hr',
    'noreply',
    'no-reply',
    'do.not_reply',
    'sales+de',
    'INFO',
  ])('%s@ is shared', (name) => expect(isSharedMailbox(address(`${name}@acme.test`))).toBe(true));
  test.each(['ana', 'h.r', 'salesman', 'ana.admin', 'ana+sales', 'infoo', 'constructor'])(
    '%s@ is a person',
    (name) => expect(isSharedMailbox(address(`${name}@sales.test`))).toBe(false),
  );
});

describe('masking', () => {
  test('others see the first letter and the domain', () => {
    expect(maskEmailAddress('ana.ruiz@acme.test')).toBe('a•••@acme.test');
    expect(maskEmailAddress('a@acme.test')).toBe('a•••@acme.test');
  });

  test('nothing shows of what is not an address', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (parseEmailAddress(text) === undefined) expect(maskEmailAddress(text)).toBe('•••');
      }),
      runs,
    );
  });
});
