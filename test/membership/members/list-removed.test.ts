import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listRemoved } from '../../../src/membership/members/list-removed.ts';
import { addCrowd } from '../crowd.ts';
import { createPeople, type People, removeMember, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople();
});

beforeEach(async () => {
  payments = await people.setUp();
});

afterAll(() => people.stop());

const list = (input: { search?: string; after?: string; size?: number } = {}) =>
  listRemoved(payments.owner.context, { size: 100, ...input });

/** Removed members, who joined a day apart, the first one last; `same` of them at one moment. */
async function addRemoved(name: string, count: number, same = 1): Promise<void> {
  await addCrowd(people, payments, name, count);
  await people.sql`
    update member m set status = 'inactive', removed_at = now(), removed_by = o.owner_member_id,
      removal_reason = 'removed',
      joined_at = now() - (split_part(split_part(m.email, '.', 2), '@', 1)::int / ${same}) * interval '1 day'
    from organization o where o.id = m.organization_id and o.id = ${payments.id} and m.full_name like ${`${name} %`}`;
}

async function everyPage(size: number, search?: string): Promise<string[]> {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await list({ size, ...(search ? { search } : {}), ...(after ? { after } : {}) });
    expect(page.rows.length).toBeLessThanOrEqual(size);
    seen.push(...page.rows.map(({ email }) => email));
    after = page.next;
  } while (after !== undefined);
  return seen;
}

test('says who, when, by whom and why, of the own organization alone', async () => {
  const gone = await payments.add('Gone');
  await payments.add('Here');
  await removeMember(people, gone);
  const { rows, organization } = await list();
  expect(organization).toBe('Payments');
  expect(rows).toMatchObject([
    { id: gone.id, fullName: 'Gone', email: gone.email, removedBy: 'Olivia', reason: 'removed' },
  ]);
  expect(Math.abs(Date.now() - Number(rows[0]?.removedAt))).toBeLessThan(60_000);
});

test.each([1, 7])('whoever joined last stands first, on every page, with %i at one moment', async (same) => {
  await addRemoved('Crowd', 53, same);
  const all = (await list()).rows.map(({ email }) => email);
  expect([all.length, new Set(all).size]).toEqual([53, 53]);
  if (same === 1) expect(all.slice(0, 3)).toEqual([1, 2, 3].map((n) => `crowd.${n}@acme.test`));
  for (const size of [1, 10, 53, 54]) expect(await everyPage(size)).toEqual(all);
  expect(await everyPage(10, 'crowd')).toEqual(all);
  expect(await everyPage(10, 'cr')).toEqual(all);
});

test('a search finds any part of name or address, literally, and says when too many match', async () => {
  await addRemoved('Limit', 2_001);
  expect(await list({ search: 'limit', size: 10 })).toMatchObject({ tooMany: true });
  expect((await list({ search: 'limit.77@', size: 10 })).rows).toHaveLength(1);
  expect((await list({ search: '_imit' })).rows).toEqual([]);
  expect((await list({ search: '%' })).rows).toEqual([]);
});
