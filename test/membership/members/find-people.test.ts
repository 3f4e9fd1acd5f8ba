import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPeople } from '../../../src/membership/members/find-people.ts';
import { type PersonTerm, splitPeople } from '../../../src/membership/people-list.ts';
import type { Right } from '../../../src/membership/policy.ts';
import { answerTo } from '../answers.ts';
import { addCrowd } from '../crowd.ts';
import {
  createPeople,
  type People,
  removeMember,
  setAccountRole,
  type TestMember,
  type TestOrganization,
} from '../people.ts';

let people: People;
let payments: TestOrganization;
let cast: Record<'ana' | 'anna' | 'adam' | 'gone' | 'uma' | 'rita' | 'admin', TestMember>;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  const risk = await payments.addSister('Risk');
  const foreign = await people.setUp('Foreign');
  await foreign.add('Ana Foreign');
  cast = {
    ana: await payments.add('Ana'),
    anna: await payments.add('Joanna Ruiz'),
    adam: await payments.add('Adam', 'admin'),
    gone: await payments.add('Ana Gone'),
    uma: await payments.add('Uma'),
    rita: await risk.add('Rita Ruiz'),
    admin: await payments.add('Ada'),
  };
  await setAccountRole(people, cast.admin, 'account-admin');
  await removeMember(people, cast.gone);
  await addCrowd(people, payments, 'Crowd', 30);
});

afterAll(() => people.stop());

interface Asked {
  by?: TestMember;
  right?: Right;
  among?: 'active' | 'everybody';
}

async function find(
  terms: string | readonly PersonTerm[],
  { by = cast.adam, right = 'change-role', among = 'active' }: Asked = {},
) {
  const given = typeof terms === 'string' ? splitPeople(terms) : terms;
  const { findings, draftId } = await findPeople(by.context, { terms: given, right, among, purpose: {} });
  const names = findings.map((finding) =>
    finding.people.map(({ fullName }) => fullName).concat(finding.more ? '…' : []),
  );
  return { names, isChoice: draftId !== undefined };
}

test('any part of name or address finds somebody; a whole name is that person alone', async () => {
  expect(await find('uma')).toEqual({ names: [['Uma']], isChoice: false });
  expect(await find('oANN')).toEqual({ names: [['Joanna Ruiz']], isChoice: false });
  expect(await find('uma@acme')).toEqual({ names: [['Uma']], isChoice: false });
  expect(await find('ANA')).toEqual({ names: [['Ana']], isChoice: false });
  expect(await find('um')).toEqual({ names: [['Uma']], isChoice: false });
});

test('a name that fits several names at most five, and says when there are more', async () => {
  expect(await find('ad')).toEqual({ names: [['Ada', 'Adam']], isChoice: true });
  const { names } = await find('crowd');
  expect([names[0]?.length, names[0]?.at(-1)]).toEqual([6, '…']);
});

test('what people type is never a pattern', async () => {
  expect((await find('%%%, u__, \\\\\\, "\' or 1=1')).names).toEqual([[], [], [], []]);
});

test('many terms of every kind are answered in their order', async () => {
  const terms: PersonTerm[] = [
    { kind: 'name', text: 'nobody' },
    { kind: 'mention', user: 'U-Uma', text: '@uma' },
    { kind: 'address', email: cast.adam.email, text: 'adam' },
    { kind: 'member', id: cast.ana.id, text: 'ana' },
    { kind: 'mention', user: 'U-never-seen', email: cast.anna.email, text: '@anna' },
    { kind: 'mention', user: 'U-never-seen', text: '@unknown' },
    { kind: 'name', text: 'um' },
    { kind: 'name', text: '\u202e' },
  ];
  const found = [[], ['Uma'], ['Adam'], ['Ana'], ['Joanna Ruiz'], [], ['Uma'], []];
  expect((await find(terms)).names).toEqual(found);
});

test('who was removed is found only to look at', async () => {
  expect((await find('ana gone, ana.gone@acme.test')).names).toEqual([[], []]);
  expect((await find('ana gone', { right: 'see-members', among: 'everybody' })).names).toEqual([
    ['Ana Gone'],
  ]);
});

test('an admin finds the people of their organization, an Account Admin those of the account, nobody others', async () => {
  const all = 'ruiz, rita.ruiz@acme.test, foreign';
  expect((await find(all)).names).toEqual([['Joanna Ruiz'], [], []]);
  expect((await find(all, { by: cast.admin })).names).toEqual([
    ['Joanna Ruiz', 'Rita Ruiz'],
    ['Rita Ruiz'],
    [],
  ]);
  const id = cast.rita.id;
  expect((await find([{ kind: 'member', id, text: 'rita' }])).names).toEqual([[]]);
});

test('a plain user finds themselves to look at, and may not look for others', async () => {
  const by = cast.uma;
  expect((await find('uma', { by, right: 'see-members', among: 'everybody' })).names).toEqual([['Uma']]);
  for (const words of ['adam', 'nobody', 'adam@acme.test']) {
    const look = () => find(words, { by, right: 'see-members', among: 'everybody' });
    expect(await answerTo(look)).toBe('not-allowed');
  }
  expect(await answerTo(() => find('uma', { by }))).toBe('not-allowed');
});

test('more people than one command takes are refused', async () => {
  const many = (count: number, word: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => word(at)).join(',');
  const [named, addressed] = [(at: number) => `person ${at}`, (at: number) => `person.${at}@acme.test`];
  expect(await answerTo(() => find(many(100, named)))).toBe('done');
  expect(await answerTo(() => find(many(101, named)))).toBe('too-many-people');
  expect(await answerTo(() => find(many(1_000, addressed)))).toBe('done');
  expect(await answerTo(() => find(many(10_001, addressed)))).toBe('too-many-people');
});
