import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import {
  keepMatching,
  keepSelection,
  readSelection,
} from '../../../src/membership/selection/keep-selection.ts';
import { answerTo } from '../answers.ts';
import { addCrowd, addPendingCrowd } from '../crowd.ts';
import {
  createPeople,
  type People,
  removeMember,
  type TestMember,
  type TestOrganization,
} from '../people.ts';

let people: People;
let payments: TestOrganization;
let ana: TestMember;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
  ana = await payments.add('Ana');
});

afterAll(() => people.stop());

const keep = (ids: readonly string[], from: `dra_${string}`[] = []) =>
  keepSelection(payments.owner.context, { list: 'members', ids, from });

test('what is added to a selection joins what was chosen before, each once', async () => {
  const ben = await payments.add('Ben');
  const first = await keep([ben.id, ben.id]);
  const both = await keep([ana.id, ben.id], [first.draftId]);
  expect([first.count, both.count, both.shown.map(({ name }) => name)]).toEqual([1, 2, ['Ana', 'Ben']]);
  expect((await readSelection(payments.owner.context, first.draftId)).ids).toEqual([ben.id]);
});

test('who is elsewhere, gone or not there is left out', async () => {
  const gone = await payments.add('Gone');
  await removeMember(people, gone);
  const far = await (await payments.addSister('Risk')).add('Far');
  const { count, shown } = await keep([ana.id, gone.id, far.id, newId('mem'), newId('inv'), 'nonsense']);
  expect([count, shown]).toEqual([1, [expect.objectContaining({ name: 'Ana' })]]);
  expect(await answerTo(() => keep([gone.id]))).toBe('member-not-found');
});

test('a selection is for whoever made it, and of one list', async () => {
  const adam = await payments.add('Adam', 'admin');
  const { draftId } = await keep([ana.id]);
  const steal = () => keepSelection(adam.context, { list: 'members', ids: [], from: [draftId] });
  expect(await answerTo(steal)).toBe('draft-is-gone');
  const mix = () => keepSelection(payments.owner.context, { list: 'pending', ids: [], from: [draftId] });
  expect(await answerTo(mix)).toBe('member-not-found');
  expect(await answerTo(() => keepSelection(ana.context, { list: 'members', ids: [ana.id], from: [] }))).toBe(
    'not-allowed',
  );
  expect(await answerTo(() => keepMatching(ana.context, { list: 'pending', search: 'x' }))).toBe(
    'not-allowed',
  );
});

test('everybody a search finds, beyond the 2,000 of a list, up to 10,000', async () => {
  await addCrowd(people, payments, 'Many', 2_500);
  await addPendingCrowd(people, payments, 'Invited', 30);
  const matching = (list: 'members' | 'pending', search: string) =>
    keepMatching(payments.owner.context, { list, search });
  expect(await matching('members', 'many role:user')).toMatchObject({ count: 2_500 });
  expect(await matching('pending', 'invited expired:no')).toMatchObject({ count: 30 });
  expect(await matching('members', '')).toBeUndefined();
  expect(await matching('members', 'nobody at all')).toBeUndefined();
  await addCrowd(people, payments, 'More', 7_600);
  expect(await matching('members', 'role:user')).toBeUndefined();
  const tooMany = Array.from({ length: 10_001 }, () => newId('mem'));
  expect(await answerTo(() => keep(tooMany))).toBe('too-many-people');
});
