import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MemberId, newId } from '../../db/id.ts';
import { lockStanding } from '../../src/membership/actor.ts';
import type { Context } from '../../src/membership/context.ts';
import { acceptInvitation } from '../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../src/membership/invitations/list-invitations.ts';
import { resendInvitations } from '../../src/membership/invitations/resend-invitations.ts';
import { reviewInvitations } from '../../src/membership/invitations/review-invitations.ts';
import { revokeInvitations } from '../../src/membership/invitations/revoke-invitations.ts';
import { changeAccountRoles } from '../../src/membership/members/change-account-roles.ts';
import { changeRoles, prepareRoleChange } from '../../src/membership/members/change-roles.ts';
import { findPeople } from '../../src/membership/members/find-people.ts';
import { listMembers } from '../../src/membership/members/list-members.ts';
import { listRemoved } from '../../src/membership/members/list-removed.ts';
import { prepareRemoval, removeMembers } from '../../src/membership/members/remove-members.ts';
import { address } from './addresses.ts';
import { addCrowd, addPendingCrowd } from './crowd.ts';
import { createPeople, type People, type TestOrganization } from './people.ts';

let people: People;
let payments: TestOrganization;
let batches = 0;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
});

afterAll(() => people.stop());

/** A request as it comes from chat: named, so that it takes effect once. */
const request = () => ({ ...payments.owner.context, replayKey: newId('dra') });

function freshAddresses(count: number) {
  batches += 1;
  return Array.from({ length: count }, (_, index) => address(`fresh.${batches}.${index}@acme.test`));
}

async function countOf(run: () => Promise<unknown>): Promise<number> {
  return (await people.statementsOf(run)).length;
}

const inviteCount = (count: number) => {
  const emails = freshAddresses(count);
  return countOf(() => inviteMembers(request(), { emails, role: 'user' }));
};

test('inviting takes at most 6 statements, as many for 10,000 addresses as for 1,000 and for one', async () => {
  const counts = [await inviteCount(1), await inviteCount(1_000), await inviteCount(10_000)];
  expect(new Set(counts).size).toBe(1);
  expect(counts[0]).toBeLessThanOrEqual(6);
});

test('inviting 10,000 works in a session that has planned its statements for one address at a time', async () => {
  for (let day = 0; day < 12; day += 1) await inviteCount(1);
  await inviteCount(10_000);
  const entries = freshAddresses(10_000).map((email) => ({ kind: 'address', email, text: email }) as const);
  for (let day = 0; day < 12; day += 1) {
    await reviewInvitations(request(), { entries: entries.slice(0, 1), role: 'user' });
  }
  const { lines } = await reviewInvitations(request(), { entries, role: 'user' });
  expect(lines.length).toBe(10_000);
});

test('accepting takes at most 9 statements', async () => {
  const ana = payments.stranger('Ana');
  const claim = await payments.invite(ana);
  const context = { ...ana.context, replayKey: newId('dra') };
  expect(await countOf(() => acceptInvitation(context, claim))).toBeLessThanOrEqual(9);
});

test('the authorization check is one statement', async () => {
  const { context } = payments.owner;
  const check = () => people.db.transaction((tx) => lockStanding(tx, context));
  expect(await countOf(check)).toBe(1);
});

async function crowdIds(name: string, count: number): Promise<MemberId[]> {
  await addCrowd(people, payments, name, count);
  const rows = await people.sql<
    { id: MemberId }[]
  >`select id from member where full_name like ${`${name} %`}`;
  return rows.map(({ id }) => id);
}

describe('the number of statements does not grow with', () => {
  test.each<[string, number, (context: Context, memberIds: MemberId[]) => Promise<unknown>]>([
    [
      'the people whose role changes',
      7,
      (context, memberIds) => changeRoles(context, { memberIds, role: 'billing-manager' }),
    ],
    [
      'the people whose change of role is previewed',
      5,
      (context, memberIds) => prepareRoleChange(context, { memberIds, role: 'admin' }),
    ],
    [
      'the people whose account role changes',
      8,
      (context, memberIds) => changeAccountRoles(context, { memberIds, accountRole: 'account-admin' }),
    ],
    [
      'the people whose removal is previewed',
      6,
      (context, memberIds) => prepareRemoval(context, { memberIds }),
    ],
  ])('%s', async (name, most, act) => {
    const ids = await crowdIds(`Of ${name.replaceAll(' ', '-')}`, 1_000);
    const one = await countOf(() => act(request(), ids.slice(0, 1)));
    const thousand = await countOf(() => act(request(), ids));
    expect(thousand).toBe(one);
    expect(thousand).toBeLessThanOrEqual(most);
  });

  test('the invitations that go with somebody', async () => {
    const ids = await crowdIds('Leaver', 2);
    await addPendingCrowd(people, payments, 'Goodbye', 300);
    await people.sql`update invitation set invited_by = ${ids[0] ?? ''} where email like 'goodbye.%'`;
    const remove = (at: number) => () => removeMembers(request(), { memberIds: ids.slice(at, at + 1) });
    const counts = [await countOf(remove(0)), await countOf(remove(1))];
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeLessThanOrEqual(8);
  });

  test('the people who are named', async () => {
    const find = (count: number) => () =>
      findPeople(payments.owner.context, {
        terms: Array.from({ length: count }, (_, at) => ({ kind: 'name', text: `nobody ${at}` }) as const),
        ...{ right: 'remove', among: 'active', purpose: {} },
      });
    const counts = [await countOf(find(1)), await countOf(find(100))];
    expect(counts).toEqual([2, 2]);
  });

  test.each([
    ['the members listed', (size: number) => listMembers(payments.owner.context, { size })],
    [
      'the members searched',
      (size: number) => listMembers(payments.owner.context, { size, search: 'crowd' }),
    ],
    ['the removed listed', (size: number) => listRemoved(payments.owner.context, { size })],
    ['the invitations listed', (size: number) => listInvitations(payments.owner.context, { size })],
    [
      'the invitations searched',
      (size: number) => listInvitations(payments.owner.context, { size, search: 'acme' }),
    ],
  ])('%s', async (_, list) => {
    batches += 1;
    await addCrowd(people, payments, `Crowd ${batches}`, 200);
    const counts = [await countOf(() => list(1)), await countOf(() => list(200))];
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeLessThanOrEqual(2);
  });

  test.each([
    ['the invitations resent', resendInvitations],
    ['the invitations revoked', revokeInvitations],
  ])('%s', async (name, act) => {
    await addPendingCrowd(people, payments, `Many ${name.replaceAll(' ', '-')}`, 300);
    const { rows } = await listInvitations(payments.owner.context, { size: 300, search: 'many' });
    const ids = rows.map(({ id }) => id);
    const first = await countOf(() => act(request(), { invitationIds: ids.slice(0, 1) }));
    const many = await countOf(() => act(request(), { invitationIds: ids.slice(1) }));
    expect(many).toBe(first);
    expect(many).toBeLessThanOrEqual(7);
  });
});
