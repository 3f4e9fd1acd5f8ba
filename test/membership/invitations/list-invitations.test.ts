import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../../src/membership/invitations/list-invitations.ts';
import { address } from '../addresses.ts';
import { addPendingCrowd } from '../crowd.ts';
import { createPeople, letTimePass, type People, type TestOrganization } from '../people.ts';

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
  listInvitations(payments.owner.context, { size: 100, ...input });

const found = async (search: string) => (await list({ search })).rows.map(({ email }) => email).sort();

const inviteEach = async (...emails: string[]) => {
  for (const email of emails) {
    await inviteMembers(payments.owner.context, { emails: [address(email)], role: 'user' });
  }
};

async function everyPage(size: number, search?: string, between = async () => {}): Promise<string[]> {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await list({ size, ...(search ? { search } : {}), ...(after ? { after } : {}) });
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
    await between();
  } while (after !== undefined);
  return seen;
}

test('shows what is pending, also when it expired, and nothing that was answered', async () => {
  const ana = payments.stranger('Ana');
  await acceptInvitation(ana.context, await payments.invite(ana));
  const fresh = await payments.invite(payments.stranger('Ben'), 'admin');
  const old = await payments.invite(payments.stranger('Cleo'));
  await letTimePass(people, '25 hours', [old.invitationId]);
  const { rows, organization } = await list();
  expect(organization).toBe('Payments');
  expect(rows.map(({ id }) => id).sort()).toEqual([fresh.invitationId, old.invitationId].sort());
  const byId = new Map(rows.map((row) => [row.id, row]));
  expect(byId.get(fresh.invitationId)).toMatchObject({
    email: 'ben@acme.test',
    role: 'admin',
    invitedBy: 'Olivia',
    delivery: 'sending',
  });
  const { sentAgo = -1, timeLeft = 0 } = byId.get(fresh.invitationId) ?? {};
  expect(sentAgo).toBeGreaterThanOrEqual(0);
  expect(sentAgo + timeLeft).toBe(24 * 3600);
  expect(byId.get(old.invitationId)?.timeLeft).toBeLessThanOrEqual(-3600);
});

test('has the newest on top', async () => {
  await addPendingCrowd(people, payments, 'Crowd', 30);
  const { rows } = await list();
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted().toReversed());
});

test('is paged through without loss or repetition, while others are invited', async () => {
  await addPendingCrowd(people, payments, 'Crowd', 53);
  const before = await everyPage(200);
  expect(before.length).toBe(53);
  let late = 0;
  const seen = await everyPage(7, undefined, async () => {
    late += 1;
    await addPendingCrowd(people, payments, `Late${late}`, 5);
  });
  expect(new Set(seen).size).toBe(seen.length);
  expect(before.filter((id) => !seen.includes(id))).toEqual([]);
  const searched = await everyPage(7, 'crowd');
  expect([searched.length, new Set(searched).size]).toEqual([53, 53]);
});

test('is searched by any part of the address, in any case and literally', async () => {
  await inviteEach(
    'ana.ruiz@acme.test',
    'mariana@other.test',
    'a_n@acme.test',
    'a%n@acme.test',
    'axn@acme.test',
  );
  expect(await found('ANA')).toEqual(['ana.ruiz@acme.test', 'mariana@other.test']);
  expect(await found('@other')).toEqual(['mariana@other.test']);
  expect(await found('a_n')).toEqual(['a_n@acme.test']);
  expect(await found('a%n')).toEqual(['a%n@acme.test']);
  expect(await found('\\\\\\')).toEqual([]);
});

test('is searched by the beginning of the address for one or two letters', async () => {
  await inviteEach('ana@acme.test', 'banana@acme.test', '_x@acme.test', '%y@acme.test');
  expect(await found('A')).toEqual(['ana@acme.test']);
  expect(await found('an')).toEqual(['ana@acme.test']);
  expect(await found('_')).toEqual(['_x@acme.test']);
  expect(await found('%')).toEqual(['%y@acme.test']);
});

test('says that there are too many matches above 2,000, and only in a search', async () => {
  await addPendingCrowd(people, payments, 'Limit', 2_000);
  expect(await list({ search: 'limit', size: 10 })).not.toHaveProperty('tooMany');
  await addPendingCrowd(people, payments, 'Limit.more', 1);
  expect(await list({ search: 'limit', size: 10 })).toMatchObject({ tooMany: true });
  expect(await list({ search: 'li', size: 10 })).toMatchObject({ tooMany: true });
  expect(await list({ size: 10 })).not.toHaveProperty('tooMany');
});
