import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEmailAddress, suggestAddress } from '../../src/membership/email-address.ts';
import { address, validDomain } from './addresses.ts';

const runs = { numRuns: 4_000 };

/** How many letters to insert, delete, replace or swap with their neighbour; written as the textbook does. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? (i === 0 ? j : Number.POSITIVE_INFINITY);
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      rows[i]?.push(Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1, swapped));
    }
  }
  return at(a.length, b.length);
}

const domainOf = (email: string) => email.slice(email.indexOf('@') + 1);

describe('suggesting another address', () => {
  test.each([
    ['ana@gmial.com', 'ana@gmail.com'],
    ['ana@gmal.com', 'ana@gmail.com'],
    ['ana@gmail.co', 'ana@gmail.com'],
    ['ana+x@hotnail.com', 'ana+x@hotmail.com'],
    ['ana@outllook.com', 'ana@outlook.com'],
    ['ana@yaho.com', 'ana@yahoo.com'],
    ['ana@iclod.com', 'ana@icloud.com'],
    ['ana@protn.me', 'ana@proton.me'],
    ['ana@gogolemail.com', 'ana@googlemail.com'],
    ['ana@acmee.test', 'ana@acme.test'],
    ['ana@amce.test', 'ana@acme.test'],
  ])('%s: did you mean %s?', (typed, meant) => {
    expect(suggestAddress(address(typed), ['Acme.TEST', 'other.test'])).toBe(meant);
  });

  test.each([
    'gmail.com',
    'ymail.com',
    'mail.com',
    'proton.me',
    'acme.test',
    'gmai11l.com',
    'gmixl.com',
    'gmxal.com',
    'elsewhere.test',
  ])('there is nothing to suggest for %s', (domain) =>
    expect(suggestAddress(address(`ana@${domain}`), ['acme.test'])).toBeUndefined(),
  );

  test('an own domain goes before a provider, and is right even when it is a letter away from one', () => {
    expect(suggestAddress(address('ana@gmaill.com'), ['gmaill.org', 'gmailll.com'])).toBe('ana@gmailll.com');
    expect(suggestAddress(address('ana@gmaill.com'), ['gmaill.com'])).toBeUndefined();
  });

  test('an own domain with a Kelvin sign is not taken for one with a k', () => {
    expect(suggestAddress(address('ana@kelvn.test'), ['\u212Aelvin.test'])).toBeUndefined();
  });

  const slip = fc
    .tuple(
      fc.array(validDomain, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('gmail.com', 'yahoo.com', 'proton.me', undefined),
      fc.nat(30),
      fc.constantFrom('', 'a', 'x', '1', '-', '.'),
      fc.nat(2),
    )
    .map(([own, provider, at, inserted, dropped]) => {
      const meant = provider ?? own[0] ?? '';
      return { own, typed: `ana@${meant.slice(0, at)}${inserted}${meant.slice(at + dropped)}` };
    });

  test('a suggestion is one slip away, keeps what is before the @, and is never made for an own domain', () => {
    fc.assert(
      fc.property(slip, ({ own, typed }) => {
        const email = parseEmailAddress(typed);
        if (email === undefined) return;
        const meant = suggestAddress(email, own);
        if (own.includes(domainOf(email))) expect(meant).toBeUndefined();
        if (meant === undefined) return;
        expect(meant).toMatch(/^ana@/);
        expect(distance(domainOf(email), domainOf(meant))).toBe(1);
        expect(parseEmailAddress(meant)).toBe(meant);
        expect(suggestAddress(meant, own)).toBeUndefined();
      }),
      runs,
    );
  });

  test('every domain one slip away from an own domain gets a suggestion', () => {
    fc.assert(
      fc.property(slip, ({ own, typed }) => {
        const email = parseEmailAddress(typed);
        if (email === undefined || own.includes(domainOf(email)) || domainOf(email).endsWith('mail.com'))
          return;
        const isNear = own.some((domain) => distance(domain, domainOf(email)) === 1);
        if (isNear) expect(suggestAddress(email, own)).toBeDefined();
      }),
      runs,
    );
  });
});
