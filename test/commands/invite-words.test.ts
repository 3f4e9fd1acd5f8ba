import { expect, test } from 'vitest';
import { splitInviteWords } from '../../src/commands/invite-words.ts';

/** What is brought, in short: "team QA/QA as admin" are its readings. */
const brought = (words: string) => {
  const { text, role, licenses, groups } = splitInviteWords(words);
  const named = groups.map((term) =>
    'kind' in term
      ? `${term.kind} ${term.readings.map((each) => [each.text, each.role].filter(Boolean).join('=')).join(' or ')}`
      : '',
  );
  return [text, role, ...licenses.map((license) => ('product' in license ? license.product : '')), ...named];
};

test.each<[string, string[]]>([
  ['ana@x.io', ['ana@x.io', 'user']],
  ['ana@x.io as admin with KSE', ['ana@x.io', 'admin', 'KSE']],
  ['ana@x.io to team QA', ['ana@x.io', 'user', 'team QA']],
  [
    'ana@x.io as user to team QA, project Payments app as tester with KSE from pool',
    ['ana@x.io', 'user', 'KSE', 'team QA', 'project Payments app as tester or Payments app=tester'],
  ],
  ['ana@x.io with KSE as admin to project App', ['ana@x.io', 'admin', 'KSE', 'project App']],
  [
    'a@x.io b@x.io to teams Research and Development as admin, QA and project Go to market as test lead',
    [
      ...[
        'a@x.io b@x.io',
        'user',
        'team Research and Development as admin or Research and Development=admin',
      ],
      ...['team QA', 'project Go to market as test lead or Go to market=test-lead'],
    ],
  ],
  ['to team QA', ['', 'user', 'team QA']],
  ['toto@x.io', ['toto@x.io', 'user']],
])('"%s" is read as it is meant', (words, expected) => {
  expect(brought(words)).toEqual(expected);
});
