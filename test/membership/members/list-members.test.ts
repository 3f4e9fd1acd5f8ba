import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listMembers } from '../../../src/membership/members/list-members.ts';
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
  listMembers(payments.owner.context, { size: 100, ...input });

const found = async (search: string) => (await list({ search })).rows.map(({ fullName }) => fullName);

/** Members with these names; the addresses do not tell them apart. */
async function addNamed(...names: string[]): Promise<void> {
  for (const [index, fullName] of names.entries()) {
    await people.sql`
      insert into member (id, account_id, organization_id, email, full_name)
      values ('mem_' || md5(${payments.id} || ${fullName}), ${payments.accountId}, ${payments.id},
        ${`m${index}@b.test`}, ${fullName})`;
  }
}

/** Goes through all pages, and may do something between them. */
async function everyPage(size: number, search?: string, between = async () => {}): Promise<string[]> {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await list({ size, ...(search ? { search } : {}), ...(after ? { after } : {}) });
    expect(page.rows.length).toBeLessThanOrEqual(size);
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
    await between();
  } while (after !== undefined);
  return seen;
}

describe('a list of members', () => {
  test('shows the active ones by name, with role and day of joining', async () => {
    await payments.add('Zoe', 'billing-manager');
    const gone = await payments.add('Gone');
    await removeMember(people, gone);
    const adam = await payments.add('Adam', 'admin');
    const page = await list();
    expect(page).toMatchObject({ organization: 'Payments' });
    expect(page.rows.map(({ fullName, role }) => `${fullName}: ${role}`)).toEqual([
      'Adam: admin',
      'Olivia: owner',
      'Zoe: billing-manager',
    ]);
    expect(page.rows[0]).toMatchObject({ id: adam.id, email: adam.email });
    expect(Math.abs(Date.now() - Number(page.rows[0]?.joinedAt))).toBeLessThan(60_000);
    expect(page).not.toHaveProperty('next');
    expect(page).not.toHaveProperty('tooMany');
  });

  test('sorts names as people expect', async () => {
    await addNamed(
      'Bea',
      'Álvaro',
      'Alan',
      'alba',
      'Øyvind',
      'Zoë',
      'Zoe',
      'Émile',
      'Eric',
      "O'Neil",
      'Oskar',
    );
    const names = (await list()).rows.map(({ fullName }) => fullName);
    expect(names.slice(0, 4)).toEqual(['Alan', 'alba', 'Álvaro', 'Bea']);
    expect(names.indexOf('Émile')).toBeLessThan(names.indexOf('Eric'));
    expect(names.slice(-2)).toEqual(['Zoe', 'Zoë']);
  });

  test('is paged through without loss or repetition', async () => {
    await addCrowd(people, payments, 'Crowd', 53);
    for (const size of [1, 7, 27, 53, 54, 55]) {
      const seen = await everyPage(size);
      expect(seen.length).toBe(54);
      expect(new Set(seen).size).toBe(54);
    }
  });

  test('is paged through without loss or repetition also where many have the same name', async () => {
    await addCrowd(people, payments, 'Same', 40);
    await people.sql`update member set full_name = 'Ana Ruiz' where organization_id = ${payments.id}`;
    const seen = await everyPage(7);
    expect([seen.length, new Set(seen).size]).toEqual([41, 41]);
  });

  test('loses and repeats nobody while people are added between the pages', async () => {
    await addCrowd(people, payments, 'Crowd', 60);
    const before = await everyPage(200);
    let added = 0;
    const seen = await everyPage(10, undefined, async () => {
      added += 1;
      await addCrowd(people, payments, `Late ${added}`, 5);
      await addCrowd(people, payments, `Aaron ${added}`, 5);
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.filter((id) => !seen.includes(id))).toEqual([]);
  });

  test('says that nothing follows after the last row', async () => {
    const { rows } = await list();
    const last = JSON.stringify([rows.at(-1)?.fullName, rows.at(-1)?.id]);
    const page = await list({ after: last });
    expect(page.rows).toEqual([]);
    expect(page.next).toBeUndefined();
  });
});

describe('a search for members', () => {
  test('finds any part of name or address, in any case', async () => {
    await payments.add('Ana Ruiz');
    await payments.add('Mariana Costa');
    expect(await found('ANA')).toEqual(['Ana Ruiz', 'Mariana Costa']);
    expect(await found('a rui')).toEqual(['Ana Ruiz']);
    expect(await found('costa@acme')).toEqual(['Mariana Costa']);
    expect(await found('ACME.TEST')).toHaveLength(3);
    expect(await found('nobody')).toEqual([]);
  });

  test('takes what people type literally, never as a pattern', async () => {
    await addNamed(
      '100% Ana',
      '100_ Ana',
      '100\\ Ana',
      '100x Ana',
      '%',
      '_',
      '\\',
      "'; drop table member; --",
    );
    expect(await found('100%')).toEqual(['100% Ana']);
    expect(await found('100_')).toEqual(['100_ Ana']);
    expect(await found('100\\')).toEqual(['100\\ Ana']);
    expect(await found('%%%')).toEqual([]);
    expect(await found('___')).toEqual([]);
    expect(await found("'; drop")).toEqual(["'; drop table member; --"]);
    for (const sign of ['%', '_', '\\']) expect(await found(sign)).toEqual([sign]);
  });

  test('finds one or two letters at the beginning of the name', async () => {
    await addNamed('Ana', 'Andy', 'Banana', 'Álvaro', '李雷', '李');
    expect(await found('an')).toEqual(['Ana', 'Andy']);
    expect(await found('A')).toEqual(['Ana', 'Andy']);
    expect(await found('á')).toEqual(['Álvaro']);
    expect((await found('李')).sort()).toEqual(['李', '李雷'].sort());
    expect(await found('李雷')).toEqual(['李雷']);
  });

  test.each([
    ['ÁLVARO', 'Álvaro Núñez'],
    ['ивАнова', 'Ольга Иванова'],
    ['σωκρ', 'ΣΩΚΡΑΤΗΣ Παπάς'],
    ['山田太', '山田太郎'],
    ['İPEK', 'İpek Işık'],
    ['straß', 'STRAßE'],
    ['علی\u200Cر', 'علی\u200Cرضا'],
    ['👩\u200D💻 a', '👩\u200D💻 Ada'],
  ])('finds names in every script: %s in %s', async (search, name) => {
    await addNamed(name, 'Nobody Else');
    expect(await found(search)).toEqual([name]);
  });

  test('is paged through without loss or repetition', async () => {
    await addCrowd(people, payments, 'Crowd', 53);
    await addCrowd(people, payments, 'Other', 20);
    for (const search of ['crowd', 'cr']) {
      const seen = await everyPage(10, search);
      expect([seen.length, new Set(seen).size]).toEqual([53, 53]);
    }
  });

  test('of more than 2,000 matches says that there are too many, and of 2,000 does not', async () => {
    await addCrowd(people, payments, 'Limit', 2_000);
    expect(await list({ search: 'limit', size: 10 })).not.toHaveProperty('tooMany');
    expect(await list({ search: 'li', size: 10 })).not.toHaveProperty('tooMany');
    await addCrowd(people, payments, 'Limit More', 1);
    expect(await list({ search: 'limit', size: 10 })).toMatchObject({ tooMany: true });
    expect(await list({ search: 'li', size: 10 })).toMatchObject({ tooMany: true });
    expect(await list({ size: 10 })).not.toHaveProperty('tooMany');
  });
});
