import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitPeople } from '../../src/membership/people-list.ts';

const read = (text: string) =>
  splitPeople(text).map((term) => `${term.kind} ${term.kind === 'mention' ? term.user : term.text}`);

describe('people as they are typed:', () => {
  test.each([
    ['Ana Ruiz', ['name Ana Ruiz']],
    ['ana ruiz, ben', ['name ana ruiz', 'name ben']],
    ['Ana@Acme.test; ben@acme.test', ['address ana@acme.test', 'address ben@acme.test']],
    ['ana@acme.test ben@acme.test', ['address ana@acme.test', 'address ben@acme.test']],
    ['Ana Ruiz <ana@acme.test>', ['address ana@acme.test']],
    ['<@U012AB|ana>', ['mention U012AB']],
    ['<@U012AB|ana> <@W034CD> ben@acme.test', ['mention U012AB', 'mention W034CD', 'address ben@acme.test']],
    ['@ana', ['name ana']],
    ['<@29:1a-b_C|Ruiz, Ana> <@29:2|Ben Ito>', ['mention 29:1a-b_C', 'mention 29:2']],
    ['ana\nben\r\n', ['name ana', 'name ben']],
    [' , ;; ,', []],
    ['ana, Ana, ANA@acme.test, ana@acme.test', ['name ana', 'address ana@acme.test']],
    ['<@U1>, <@U1|ana>', ['mention U1']],
    ['<!channel>', ['name <!channel>']],
    ['<@u1; drop table>', ['name <@u1; drop table>']],
    ['', []],
  ])('%j', (text, terms) => {
    expect(read(text)).toEqual(terms);
  });

  test('nothing that can be typed breaks it, and nothing empty comes of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<@U1|>,; \nana@b.c\u0000\u202e') }), (text) => {
        for (const term of splitPeople(text)) expect(term.text).not.toBe('');
      }),
    );
  });
});
