import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvitationId } from '../../db/id.ts';
import type { Context } from '../../src/membership/context.ts';
import { acceptInvitation } from '../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../src/membership/invitations/list-invitations.ts';
import { resendInvitations } from '../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../src/membership/invitations/revoke-invitations.ts';
import { listMembers } from '../../src/membership/members/list-members.ts';
import { addCrowd, addPendingCrowd } from './crowd.ts';
import { createPeople, emailOf, type People, type TestOrganization } from './people.ts';
import { type Plan, planModes, plansOf } from './plans.ts';

const big = ['member', 'invitation', 'chat_identity', 'outbox', 'audit_event'];

let people: People;
let payments: TestOrganization;
let middle: string;
let answered = 0;

beforeAll(async () => {
  people = await createPeople({ max: 1 });
  payments = await people.setUp();
  await addCrowd(people, payments, 'Member', 10_000);
  await addCrowd(people, payments, 'Zz', 11);
  await addPendingCrowd(people, payments, 'Pending', 10_000);
  const neighbours = await people.setUp('Neighbours');
  await addCrowd(people, neighbours, 'Neighbour', 1_000);
  await people.sql`analyze`;
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

const everything: [string, Run][] = [
  ['accepting', accept],
  ['the first page of members', (context) => listMembers(context, { size: 50 })],
  ['a page in the middle of 10,000 members', (context) => listMembers(context, { size: 50, after: middle })],
  ['searching members for a few', (context) => listMembers(context, { size: 50, search: 'zz.1' })],
  ['searching members for all', (context) => listMembers(context, { size: 50, search: 'acme.test' })],
  ['searching members for none', (context) => listMembers(context, { size: 50, search: 'nobody' })],
  ['searching members by two letters', (context) => listMembers(context, { size: 50, search: 'zz' })],
  ['the first page of invitations', (context) => listInvitations(context, { size: 50 })],
  ['searching invitations for a few', (context) => listInvitations(context, { size: 50, search: '.777@' })],
  ['searching invitations by two letters', (context) => listInvitations(context, { size: 50, search: 'zz' })],
  ['inviting', (context) => inviteMembers(context, { emails: [emailOf(`New ${++answered}`)], role: 'user' })],
  ['resending', async (context) => resendInvitations(context, { invitationIds: await pendingIds(3) })],
  ['revoking', async (context) => revokeInvitations(context, { invitationIds: await pendingIds(3) })],
];

const explained = (run: Run, mode: (typeof planModes)[number]): Promise<Plan[]> =>
  plansOf(people.db, mode, (db) => run({ ...payments.owner.context, db }));

describe.each(planModes)('among 10,000 members and invitations, under %s,', (mode) => {
  test.each(everything)('%s scans no big table', async (_, run) => {
    const plans = await explained(run, mode);
    expect(plans.length).toBeGreaterThan(0);
    expect(
      plans.flatMap(({ scannedTables }) => scannedTables).filter((table) => big.includes(table)),
    ).toEqual([]);
  });

  test('a page of 50 members looks at 60 pages of the database at most, also in the middle', async () => {
    for (const after of [undefined, middle]) {
      const plans = await explained(
        (context) => listMembers(context, { size: 50, ...(after ? { after } : {}) }),
        mode,
      );
      expect(plans.at(-1)?.buffers).toBeLessThanOrEqual(60);
    }
  });

  test('two letters that few names begin with cost no more than those few', async () => {
    const plans = await explained((context) => listMembers(context, { size: 50, search: 'zz' }), mode);
    expect(plans.at(-1)?.buffers).toBeLessThanOrEqual(40);
  });
});
