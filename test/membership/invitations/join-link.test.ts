import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idBytes, newId } from '../../../db/id.ts';
import { createJoinLinks, type JoinLinkClaim } from '../../../src/membership/invitations/join-link.ts';

const baseUrl = 'https://usher.test';
const links = createJoinLinks({ baseUrl, key: 'the key' });

const secretOf = (claim: JoinLinkClaim, from = links) => from.url(claim).replace(`${baseUrl}/join/`, '');
const aClaim = (): JoinLinkClaim => ({ invitationId: newId('inv'), generation: 1 });

const claims = fc.record({
  invitationId: fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => `inv_${Buffer.from(bytes).toString('hex')}` as const),
  generation: fc.integer({ min: 0, max: 0xffff_ffff }),
});

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a join link', () => {
  test('is the base url, /join/ and always 70 characters that need no escaping', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        expect(links.url(claim)).toMatch(/^https:\/\/usher\.test\/join\/[A-Za-z0-9_-]{70}$/);
      }),
    );
  });

  test('says which invitation and which generation it was made for', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        expect(links.read(secretOf(claim))).toEqual(claim);
      }),
    );
  });

  test('is another one for each invitation and generation, and the same one each time', () => {
    const claim = aClaim();
    expect(secretOf(claim)).toBe(secretOf(claim));
    expect(secretOf({ ...claim, generation: 2 })).not.toBe(secretOf(claim));
    expect(secretOf(aClaim())).not.toBe(secretOf(claim));
  });

  test('is what the rules of the house say: id, generation, HMAC-SHA256 of purpose, id and generation', () => {
    const claim = { invitationId: newId('inv'), generation: 7 };
    const said = Buffer.concat([idBytes(claim.invitationId), Buffer.from([0, 0, 0, 7])]);
    const mac = createHmac('sha256', 'the key').update('join-link').update(said).digest();
    expect(secretOf(claim)).toBe(Buffer.concat([said, mac]).toString('base64url'));
  });
});

describe('refused is', () => {
  test('every link with one other character anywhere', () => {
    const secret = secretOf(aClaim());
    for (let at = 0; at < secret.length; at += 1) {
      for (const character of alphabet) {
        if (character === secret[at]) continue;
        const forged = secret.slice(0, at) + character + secret.slice(at + 1);
        expect(links.read(forged), `${character} at ${at}`).toBeUndefined();
      }
    }
  });

  test('every link with two characters changed or swapped, or with any other text in it', () => {
    const index = fc.nat({ max: 69 });
    fc.assert(
      fc.property(
        claims,
        index,
        index,
        fc.string({ unit: 'binary', maxLength: 3 }),
        (claim, from, to, text) => {
          const secret = secretOf(claim);
          const characters = [...secret];
          [characters[from], characters[to]] = [characters[to] ?? '', characters[from] ?? ''];
          const swapped = characters.join('');
          if (swapped !== secret) expect(links.read(swapped)).toBeUndefined();
          const spliced = secret.slice(0, from) + text + secret.slice(from + text.length);
          if (spliced !== secret) expect(links.read(spliced)).toBeUndefined();
        },
      ),
    );
  });

  test('the same bytes written in another way', () => {
    const endsWithSlack = Array.from({ length: 100 }, aClaim)
      .map((claim) => secretOf(claim))
      .find((secret) => /[-_]/.test(secret)) as string;
    const bytes = Buffer.from(endsWithSlack, 'base64url');
    const plain = bytes.toString('base64');
    const last = endsWithSlack.at(-1) ?? '';
    const next = alphabet[alphabet.indexOf(last) + 1] ?? '';
    const otherEnd = endsWithSlack.slice(0, -1) + next;
    expect(Buffer.from(otherEnd, 'base64url')).toEqual(bytes);
    for (const other of [otherEnd, plain.slice(0, 70), plain, `${endsWithSlack}==`, `${endsWithSlack}=`]) {
      expect(links.read(other), other).toBeUndefined();
    }
  });

  test.each([
    ['nothing', ''],
    ['too little', secretOf(aClaim()).slice(0, 69)],
    ['too much', `${secretOf(aClaim())}A`],
    ['a space before it', ` ${secretOf(aClaim())}`],
    ['nothing but the right length', 'A'.repeat(70)],
    ['anything long', 'A'.repeat(100_000)],
  ])('%s', (_, text) => {
    expect(links.read(text)).toBeUndefined();
  });

  test('any text, without an exception', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String({ minLength: 60, maxLength: 80 }));
    fc.assert(
      fc.property(text, (secret) => {
        expect(links.read(secret)).toBeUndefined();
      }),
    );
  });

  test('a link made with another key', () => {
    const others = createJoinLinks({ baseUrl, key: 'another key' });
    expect(links.read(secretOf(aClaim(), others))).toBeUndefined();
  });

  test('what the same key has signed for another purpose', () => {
    const said = Buffer.concat([idBytes(newId('inv')), Buffer.from([0, 0, 0, 1])]);
    for (const purpose of ['', 'cookie', 'join-lin', 'join-link ']) {
      const mac = createHmac('sha256', 'the key').update(purpose).update(said).digest();
      expect(links.read(Buffer.concat([said, mac]).toString('base64url'))).toBeUndefined();
    }
  });
});

describe('while keys are rotated', () => {
  const before = createJoinLinks({ baseUrl, key: 'the old key' });
  const during = createJoinLinks({ baseUrl, key: 'the new key', previousKey: 'the old key' });
  const after = createJoinLinks({ baseUrl, key: 'the new key' });
  const claim = aClaim();

  test('links of the previous key are still good', () => {
    expect(during.read(secretOf(claim, before))).toEqual(claim);
    expect(after.read(secretOf(claim, before))).toBeUndefined();
  });

  test('new links are made with the new key', () => {
    expect(secretOf(claim, during)).toBe(secretOf(claim, after));
    expect(after.read(secretOf(claim, during))).toEqual(claim);
  });
});
