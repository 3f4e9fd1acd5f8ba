import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvitationId, MemberId, ProductId } from '../../db/id.ts';
import { listEvents } from '../../src/membership/audit/list-events.ts';
import type { Context } from '../../src/membership/context.ts';
import { acceptInvitation } from '../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../src/membership/invitations/list-invitations.ts';
import { resendInvitations } from '../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../src/membership/invitations/revoke-invitations.ts';
import { assignLicenses } from '../../src/membership/licenses/assign-licenses.ts';
import { listHolders } from '../../src/membership/licenses/list-holders.ts';
import { listPools } from '../../src/membership/licenses/list-pools.ts';
import { registerMachine } from '../../src/membership/licenses/register-machine.ts';
import { takeBackLicenses } from '../../src/membership/licenses/take-back-licenses.ts';
import { changeRoles } from '../../src/membership/members/change-roles.ts';
import { findPeople } from '../../src/membership/members/find-people.ts';
import { listMembers } from '../../src/membership/members/list-members.ts';
import { listRemoved } from '../../src/membership/members/list-removed.ts';
import { prepareRemoval, removeMembers } from '../../src/membership/members/remove-members.ts';
import { showMember } from '../../src/membership/members/show-member.ts';
import { prepareTransfer } from '../../src/membership/members/transfer-ownership.ts';
import { splitPeople } from '../../src/membership/people-list.ts';
import { addCrowd, addPendingCrowd } from './crowd.ts';
import { poolOf, seatEverybody } from './licenses/seats.ts';
import { createPeople, emailOf, type People, type TestOrganization } from './people.ts';
import { type Plan, planModes, plansOf } from './plans.ts';

const big = [
  ...['member', 'invitation', 'chat_identity', 'outbox', 'audit_event'],
  ...['invitation_license', 'license_assignment', 'registered_machine'],
];

let people: People;
let payments: TestOrganization;
let middle: string;
let kse: ProductId;
let answered = 0;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
  await addCrowd(people, payments, 'Member', 10_000);
  await addCrowd(people, payments, 'Zz', 11);
  await addPendingCrowd(people, payments, 'Pending', 10_000);
  await people.sql`
    insert into member (id, account_id, organization_id, email, full_name, status, removed_at, removed_by,
      removal_reason)
    select 'mem_' || md5('gone' || n), ${payments.accountId}, ${payments.id}, 'gone.' || n || '@acme.test',
      'Gone ' || n, 'inactive', now(), ${payments.owner.id}, 'removed' from generate_series(1, 1000) as n`;
  // Two hundred people have sent them.
  await people.sql`
    update invitation i set invited_by = m.id from member m
    where m.email = 'member.' || 1 + split_part(split_part(i.email, '.', 2), '@', 1)::int % 200 || '@acme.test'`;
  kse = await seatEverybody(people, payments);
  const neighbours = await people.setUp('Neighbours');
  await addCrowd(people, neighbours, 'Neighbour', 1_000);
  await people.sql`
    update member set last_access_at = now() - interval '2 hours' - interval '40 days' * (email like 'zz.%')::int`;
  await people.sql`
    insert into audit_event (id, account_id, organization_id, at, actor_member_id, action, subject, data)
    select 'aud_' || md5('past' || n), m.account_id, m.organization_id, now() - interval '1 minute' * n,
      case when n % 100 = 0 then m.id else ${payments.owner.id} end, 'member.role-changed', m.id,
      jsonb_build_object('name', 'member.role-changed', 'memberId', m.id, 'from', 'user', 'to', 'admin')
    from (select *, row_number() over () as n from member where email like '%.%@acme.test') m, generate_series(1, 2)
    on conflict do nothing`;
  // The first thousand are in none, so that they can become Billing Managers.
  await people.sql`
    insert into team (id, account_id, organization_id, name)
    select 'tea_' || md5(name), ${payments.accountId}, ${payments.id}, name from unnest(array['Everybody', 'Nobody']) as name`;
  await people.sql`
    insert into team_member (team_id, organization_id, member_id, role)
    select 'tea_' || md5('Everybody'), organization_id, id, 'user' from member
    where organization_id = ${payments.id} and status = 'active' and email ~ '^member[.][0-9]{4}'`;
  await people.sql`
    insert into project (id, account_id, organization_id, name)
    values ('prj_' || md5('Everything'), ${payments.accountId}, ${payments.id}, 'Everything')`;
  await people.sql`
    insert into project_member (project_id, account_id, member_id, role)
    select 'prj_' || md5('Everything'), account_id, member_id, 'tester' from chat_identity
    where member_id in (select member_id from team_member)`;
  await people.sql`vacuum analyze`;
  const [row] = await people.sql`
    select full_name, id from member where organization_id = ${payments.id} order by full_name, id offset 5000 limit 1`;
  middle = JSON.stringify([row?.full_name, row?.id]);
});

afterAll(() => people.stop());

type Run = (context: Context) => Promise<unknown>;

async function pendingIds(count: number): Promise<InvitationId[]> {
  answered += count;
  const rows = await people.sql<{ id: InvitationId }[]>`
    select id from invitation where email like 'pending.%' order by email offset ${answered - count} limit ${count}`;
  return rows.map(({ id }) => id);
}

/** Accepting as the person invited; everything else as the Owner. */
async function accept({ db }: Context): Promise<void> {
  const [invitationId = 'inv_'] = await pendingIds(1);
  const [row] = await people.sql`select email from invitation where id = ${invitationId}`;
  const { context } = payments.stranger('Pending', { userId: `U-${row?.email}`, email: row?.email });
  await acceptInvitation({ ...context, db }, { invitationId, generation: 1 });
}

const find = (context: Context, words: string) =>
  findPeople(context, { terms: splitPeople(words), right: 'see-members', among: 'everybody', purpose: {} });

async function someMember(): Promise<MemberId> {
  const [row] = await people.sql<{ id: MemberId }[]>`
    select id from member where email = ${`member.${++answered}@acme.test`}`;
  return row?.id ?? 'mem_';
}

/** Each filter, where it fits everybody (nearly), a few and nobody; and all of them together. */
const memberSearches = [
  ...[
    'role:user',
    'role:billing',
    'role:owner',
    'license:KSE',
    'license:TestOps',
    'idle:1h',
    'idle:30d',
    'idle:90d',
  ],
  ...['acme.test role:billing', 'idle:90d license:KSE', 'zz role:user'],
  ...[
    'team:Everybody',
    'team:Nobody',
    'project:Everything',
    'team:Everybody role:billing',
    'team:Nobody license:KSE',
  ],
];
const pendingSearches = [
  ...[
    'role:user',
    'role:admin',
    'license:KSE',
    'license:TestOps',
    'expired:no',
    'expired:yes',
    'delivery:sending',
  ],
  ...['delivery:failed', 'license:KSE expired:yes', 'zz role:user license:KSE expired:no delivery:sending'],
];

const auditSearches = [
  ...['', 'by:olivia', 'by:zz', 'about:zz', 'zz', 'member', 'about:member by:olivia', 'about:member by:zz'],
  ...[
    'member.7@acme.test',
    'nobody@nowhere.test',
    'since:2026-01-01',
    'on:2020-01-01',
    'about:zz since:2999-01-01',
  ],
];

const everything: [string, Run][] = [
  ['accepting', accept],
  ['the first page of members', (context) => listMembers(context, { size: 50 })],
  ['a page in the middle of 10,000 members', (context) => listMembers(context, { size: 50, after: middle })],
  ['searching members for a few', (context) => listMembers(context, { size: 50, search: 'zz.1' })],
  ['searching members for all', (context) => listMembers(context, { size: 50, search: 'acme.test' })],
  ['searching members for none', (context) => listMembers(context, { size: 50, search: 'nobody' })],
  ['searching members by two letters', (context) => listMembers(context, { size: 50, search: 'zz' })],
  ...memberSearches.map((search): (typeof everything)[number] => [
    `members narrowed to ${search}`,
    (context) => listMembers(context, { size: 50, search }),
  ]),
  ...pendingSearches.map((search): (typeof everything)[number] => [
    `invitations narrowed to ${search}`,
    (context) => listInvitations(context, { size: 50, search }),
  ]),
  ['removed narrowed by role', (context) => listRemoved(context, { size: 50, search: 'role:user' })],
  ['removed narrowed to nobody', (context) => listRemoved(context, { size: 50, search: 'role:admin zz' })],
  ...auditSearches.map((search): (typeof everything)[number] => [
    `the audit log narrowed to ${search || 'nothing'}`,
    (context) => listEvents(context, { size: 15, search }),
  ]),
  ['the first page of invitations', (context) => listInvitations(context, { size: 50 })],
  ['searching invitations for a few', (context) => listInvitations(context, { size: 50, search: '.777@' })],
  ['searching invitations by two letters', (context) => listInvitations(context, { size: 50, search: 'zz' })],
  ['the first page of removed', (context) => listRemoved(context, { size: 50 })],
  ['searching removed for a few', (context) => listRemoved(context, { size: 50, search: 'gone 7' })],
  ['searching removed by two letters', (context) => listRemoved(context, { size: 50, search: 'zz' })],
  ['finding people by a part of their names', (context) => find(context, 'zz.1, member 77, zz, mem')],
  ['finding people by address', (context) => find(context, 'member.1@acme.test, member.2@acme.test')],
  ['showing a card', async (context) => showMember(context, { memberId: await someMember() })],
  [
    'changing a role',
    async (context) => changeRoles(context, { memberIds: [await someMember()], role: 'billing-manager' }),
  ],
  [
    'taking a licence back',
    async (context) => takeBackLicenses(context, { memberIds: [await someMember()], productId: kse }),
  ],
  [
    'assigning a licence',
    async (context) => assignLicenses(context, { memberIds: [await someMember()], productId: kse }),
  ],
  [
    'a page of holders',
    async (context) => listHolders(context, { poolId: (await poolOf(people, kse)).id, size: 50 }),
  ],
  ['the pools', (context) => listPools(context, { size: 50 })],
  [
    'registering a machine',
    (context) => registerMachine(context, { productId: kse, machineId: `machine ${++answered}` }),
  ],
  ['previewing a removal', async (context) => prepareRemoval(context, { memberIds: [await someMember()] })],
  ['removing', async (context) => removeMembers(context, { memberIds: [await someMember()] })],
  ['opening the transfer', (context) => prepareTransfer(context, {})],
  ['inviting', (context) => inviteMembers(context, { emails: [emailOf(`New ${++answered}`)], role: 'user' })],
  ['resending', async (context) => resendInvitations(context, { invitationIds: await pendingIds(3) })],
  ['revoking', async (context) => revokeInvitations(context, { invitationIds: await pendingIds(3) })],
];

const explained = (run: Run, mode: (typeof planModes)[number]): Promise<Plan[]> =>
  plansOf(people.db, mode, (db) => run({ ...payments.owner.context, db }));

async function pageOfMembers(mode: (typeof planModes)[number], size: number, after: string | undefined) {
  const plans = await explained(
    (context) => listMembers(context, { size, ...(after ? { after } : {}) }),
    mode,
  );
  return plans.at(-1)?.buffers;
}

describe.each(planModes)('among 10,000 members and invitations, under %s,', (mode) => {
  test.each(everything)('%s scans no big table', async (_, run) => {
    const plans = await explained(run, mode);
    expect(plans.length).toBeGreaterThan(0);
    expect(
      plans.flatMap(({ scannedTables }) => scannedTables).filter((table) => big.includes(table)),
    ).toEqual([]);
  });

  test('a page as people see it looks at 60 pages of the database at most, licences too, also in the middle', async () => {
    for (const after of [undefined, middle]) {
      expect(await pageOfMembers(mode, 10, after)).toBeLessThanOrEqual(60);
    }
  });

  test('a page of 50 members looks at 60 at most for the people, and at 4 for the licences of each', async () => {
    for (const after of [undefined, middle]) {
      expect(await pageOfMembers(mode, 50, after)).toBeLessThanOrEqual(60 + 50 * 4);
    }
  });

  test.each([
    ...memberSearches.map((search) => ['members', search, listMembers] as const),
    ...pendingSearches.map((search) => ['invitations', search, listInvitations] as const),
  ])('%s narrowed to %s look at 4,000 at most', async (_, search, list) => {
    const plans = await explained((context) => list(context, { size: 10, search }), mode);
    expect(plans.at(-1)?.buffers).toBeLessThanOrEqual(4_000);
  });

  test.each(auditSearches)('the audit log narrowed to "%s" looks at 4,000 at most', async (search) => {
    for (const organizationId of [undefined, payments.id]) {
      const about = organizationId ? { organizationId } : {};
      const plans = await explained(
        (context) => listEvents({ ...context, ...about }, { size: 15, search }),
        mode,
      );
      for (const { buffers } of plans) expect(buffers).toBeLessThanOrEqual(4_000);
    }
  });

  test('four filters that all fit everybody look at 7,000 at most', async () => {
    const search = 'role:user license:KSE idle:1h acme.test';
    const plans = await explained((context) => listMembers(context, { size: 10, search }), mode);
    expect(plans.at(-1)?.buffers).toBeLessThanOrEqual(7_000);
  });

  test('two letters that few names begin with cost no more than those few', async () => {
    const plans = await explained((context) => listMembers(context, { size: 50, search: 'zz' }), mode);
    expect(plans.at(-1)?.buffers).toBeLessThanOrEqual(60);
  });
});
