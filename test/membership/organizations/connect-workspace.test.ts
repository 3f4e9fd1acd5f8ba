import { afterAll, beforeAll, expect, test } from 'vitest';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { connectWorkspace } from '../../../src/membership/organizations/connect-workspace.ts';
import { answerTo, tally } from '../answers.ts';
import { createPeople, emailOf, type People, removeMember, setAccountRole } from '../people.ts';

let people: People;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
});

afterAll(() => people.stop());

/** Somebody of another name for every test, because one address may belong to many accounts. */
async function setUpWith(name: string) {
  const payments = await people.setUp();
  const admin = await payments.add(name);
  await setAccountRole(people, admin, 'account-admin');
  return { payments, admin };
}

test('the Account Admin connects a second workspace to the same account, and acts there at once', async () => {
  const { payments, admin } = await setUpWith('Alma');
  const { context } = people.person('Alma', 'T-second', { userId: 'U-elsewhere' });
  expect(await connectWorkspace(context)).toEqual({ account: 'Payments' });
  const connected = await people.sql`select account_id from workspace where external_id = 'T-second'`;
  expect([...connected]).toEqual([{ account_id: payments.accountId }]);
  const audit = await people.sql`
    select actor_member_id, action, subject from audit_event where account_id = ${payments.accountId}
      and action = 'workspace.connected'`;
  expect([...audit]).toEqual([
    { actor_member_id: admin.id, action: 'workspace.connected', subject: 'slack:T-second' },
  ]);
  const { lines } = await inviteMembers(context, { emails: [emailOf('Ana')], role: 'user' });
  expect(lines).toMatchObject([{ outcome: 'invited' }]);
});

test('a tenant of the other platform joins the same way', async () => {
  const { payments } = await setUpWith('Berta');
  const { context } = people.person('Berta', 'tenant-1', { platform: 'teams' });
  await connectWorkspace(context);
  const connected =
    await people.sql`select platform, account_id from workspace where external_id = 'tenant-1'`;
  expect([...connected]).toEqual([{ platform: 'teams', account_id: payments.accountId }]);
});

test('nobody but the Account Admin connects a workspace, and it stays unconnected', async () => {
  const payments = await people.setUp();
  await payments.add('Adam', 'admin');
  const { admin } = await setUpWith('Gone');
  await removeMember(people, admin);
  for (const name of ['Adam', 'Gone', 'Nobody']) {
    const { context } = people.person(name, 'T-refused', { isWorkspaceAdmin: true });
    expect(await answerTo(() => connectWorkspace(context))).toBe('may-not-set-up');
  }
  const hidden = people.person('Adam', 'T-refused', { email: undefined });
  expect(await answerTo(() => connectWorkspace(hidden.context))).toBe('may-not-set-up');
  expect(await people.sql`select 1 from workspace where external_id = 'T-refused'`).toHaveLength(0);
});

test('a connected workspace is not connected to another account', async () => {
  const { payments } = await setUpWith('Carla');
  await setUpWith('Dora');
  const { context } = people.person('Dora', payments.workspaceId);
  expect(await answerTo(() => connectWorkspace(context))).toBe('already-connected');
  const [row] =
    await people.sql`select account_id from workspace where external_id = ${payments.workspaceId}`;
  expect(row?.account_id).toBe(payments.accountId);
});

test('pressed eight times at once it connects once, and the others are told', async () => {
  await setUpWith('Elsa');
  const { context } = people.person('Elsa', 'T-pressed');
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => answerTo(() => connectWorkspace(context))),
  );
  expect(tally(answers)).toEqual({ done: 1, 'already-connected': 7 });
  const audit = await people.sql`select 1 from audit_event where subject = 'slack:T-pressed'`;
  expect(audit.length).toBe(1);
});
