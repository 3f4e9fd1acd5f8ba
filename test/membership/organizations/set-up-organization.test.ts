import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUpOrganization } from '../../../src/membership/organizations/set-up-organization.ts';
import { answerTo, refusalOf } from '../answers.ts';
import { createPeople, founder, type People } from '../people.ts';

let people: People;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
});

afterAll(() => people.stop());

describe('setting usher up is for', () => {
  test.each([
    ['an address of USHER_FOUNDERS in Slack', { email: founder }, 'done'],
    ['an address of USHER_FOUNDERS in Teams', { email: founder, platform: 'teams' }, 'done'],
    ['an admin of the Slack workspace', { isWorkspaceAdmin: true }, 'done'],
    ['nobody else in Slack', {}, 'may-not-set-up'],
    [
      'no admin of a Teams tenant who is not a founder',
      { platform: 'teams', isWorkspaceAdmin: true },
      'may-not-set-up',
    ],
    [
      'no admin whose address Slack does not tell',
      { isWorkspaceAdmin: true, email: undefined },
      'may-not-set-up',
    ],
  ] as const)('%s', async (who, actor, answer) => {
    const { context } = people.person('Vera', `T ${who}`, actor);
    expect(await answerTo(() => setUpOrganization(context, { organization: 'Payments' }))).toBe(answer);
    const made = await people.sql`select 1 from workspace where external_id = ${`T ${who}`}`;
    expect(made.length).toBe(answer === 'done' ? 1 : 0);
  });
});

test('whoever sets usher up is Owner, Account Admin, active and known in chat', async () => {
  const { id, accountId, owner, workspaceId } = await people.setUp('  Pay \n ments ');
  const [row] = await people.sql`
    select o.name, o.owner_member_id, m.account_role, m.status, m.email, m.full_name, c.user_id, c.workspace_id
    from organization o join member m on m.organization_id = o.id join chat_identity c on c.member_id = m.id
    where o.id = ${id}`;
  expect(row).toEqual({
    name: 'Pay ments',
    owner_member_id: owner.id,
    account_role: 'account-admin',
    status: 'active',
    email: owner.email,
    full_name: owner.name,
    user_id: owner.context.actor.userId,
    workspace_id: workspaceId,
  });
  const audit = await people.sql`
    select action, subject, actor_member_id, organization_id, refusal, data from audit_event
    where account_id = ${accountId}`;
  expect([...audit]).toEqual([
    {
      action: 'organization.set-up',
      subject: id,
      actor_member_id: owner.id,
      organization_id: id,
      refusal: null,
      data: { name: 'organization.set-up', organizationId: id, organization: 'Pay ments' },
    },
  ]);
});

test.each([' \t\n ', '\u200B\uFEFF\u0000', '\u200C\u200D'])(
  'an organization needs a name that can be seen, not %j',
  async (organization) => {
    const { context } = people.person('Nora', 'T-nameless', { email: founder });
    expect(await answerTo(() => setUpOrganization(context, { organization }))).toBe('name-is-empty');
  },
);

test('a workspace is set up once; the second founder is told which organization is there', async () => {
  const { workspaceId } = await people.setUp('Treasury');
  const { context } = people.person('Late', workspaceId, { email: founder });
  const refusal = await refusalOf(() => setUpOrganization(context, { organization: 'Mine' }));
  expect(refusal).toMatchObject({ code: 'already-connected', data: { organization: 'Treasury' } });
});

test('of two founders at the very same moment one founds, the other is told of the winner', async () => {
  for (let round = 0; round < 25; round += 1) {
    const workspaceId = `T-twice-${round}`;
    const names = ['Left', 'Right'];
    const refusals = await Promise.all(
      names.map((name) => {
        const { context } = people.person(name, workspaceId, { isWorkspaceAdmin: true });
        return refusalOf(() => setUpOrganization(context, { organization: name }));
      }),
    );
    const organizations = await people.sql<{ name: string }[]>`
      select o.name from workspace w join organization o on o.account_id = w.account_id
      where w.external_id = ${workspaceId}`;
    expect(organizations.length).toBe(1);
    const winner = organizations[0]?.name;
    expect(names[refusals.indexOf(undefined)]).toBe(winner);
    expect(refusals.filter((refusal) => refusal !== undefined)).toMatchObject([
      { code: 'already-connected', data: { organization: winner } },
    ]);
    const left =
      await people.sql`select 1 from account where name = ${names.find((name) => name !== winner) ?? ''}
      and not exists (select 1 from organization o where o.account_id = account.id)`;
    expect(left.length).toBe(0);
  }
});
