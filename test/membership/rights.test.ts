import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvitationId } from '../../db/id.ts';
import type { StoredRole } from '../../db/schema.ts';
import { copyLink } from '../../src/membership/invitations/copy-link.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../src/membership/invitations/list-invitations.ts';
import { resendInvitations } from '../../src/membership/invitations/resend-invitations.ts';
import { reviewInvitations } from '../../src/membership/invitations/review-invitations.ts';
import { prepareRevocation, revokeInvitations } from '../../src/membership/invitations/revoke-invitations.ts';
import { listMembers } from '../../src/membership/members/list-members.ts';
import { answerTo } from './answers.ts';
import { everythingButAudit, lastRefusals } from './fingerprint.ts';
import {
  createPeople,
  emailOf,
  type People,
  type Person,
  setAccountRole,
  type TestMember,
  type TestOrganization,
} from './people.ts';

let people: People;
let payments: TestOrganization;
let risk: TestOrganization;
let foreign: TestOrganization;
let cast: Record<Role, TestMember>;
let invitees = 0;

const columns = ['Account Admin', 'Owner', 'Admin', 'Billing Manager', 'User'] as const;
type Role = (typeof columns)[number];

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
  risk = await payments.addSister('Risk');
  foreign = await people.setUp('Foreign');
  const ada = await payments.add('Ada', 'user');
  await setAccountRole(people, ada, 'account-admin');
  await setAccountRole(people, payments.owner, 'user');
  cast = {
    'Account Admin': ada,
    Owner: payments.owner,
    Admin: await payments.add('Adam', 'admin'),
    'Billing Manager': await payments.add('Bill', 'billing-manager'),
    User: await payments.add('Uma', 'user'),
  };
});

afterAll(() => people.stop());

const email = () => emailOf(`Invitee ${++invitees}`);
const page = { size: 10 };

function inviteAs(role: StoredRole): Act {
  return ({ context }) => inviteMembers(context, { emails: [email()], role });
}

function reviewAs(role: StoredRole): Act {
  const entry = { kind: 'address', email: email(), text: 'somebody' } as const;
  return ({ context }) => reviewInvitations(context, { entries: [entry], role });
}

type Reach = 'all' | 'own' | '–';
type Act = (person: Person, invitationId: InvitationId) => Promise<unknown>;

interface Row {
  what: string;
  /** In the order of `columns`; PRODUCT.md §3, by hand. */
  reaches: readonly [Reach, Reach, Reach, Reach, Reach];
  /** What the audit log calls it when it is refused. */
  action: string;
  act: Act;
}

const manage = ['all', 'own', 'own', '–', '–'] as const;
const makeAdmins = ['all', 'own', '–', '–', '–'] as const;

const inOwnOrganization: Row[] = [
  { what: 'invite as User', reaches: manage, action: 'invitation.sent', act: inviteAs('user') },
  {
    what: 'invite as Billing Manager',
    reaches: manage,
    action: 'invitation.sent',
    act: inviteAs('billing-manager'),
  },
  { what: 'invite as Admin', reaches: makeAdmins, action: 'invitation.sent', act: inviteAs('admin') },
  { what: 'review Users', reaches: manage, action: 'invitation.review', act: reviewAs('user') },
  {
    what: 'review Billing Managers',
    reaches: manage,
    action: 'invitation.review',
    act: reviewAs('billing-manager'),
  },
  { what: 'review Admins', reaches: makeAdmins, action: 'invitation.review', act: reviewAs('admin') },
  {
    what: 'see pending',
    reaches: manage,
    action: 'invitation.list',
    act: ({ context }) => listInvitations(context, page),
  },
  {
    what: 'search pending',
    reaches: manage,
    action: 'invitation.list',
    act: ({ context }) => listInvitations(context, { ...page, search: 'ana' }),
  },
  {
    what: 'see members',
    reaches: manage,
    action: 'member.list',
    act: ({ context }) => listMembers(context, page),
  },
  {
    what: 'search members',
    reaches: manage,
    action: 'member.list',
    act: ({ context }) => listMembers(context, { ...page, search: 'ana' }),
  },
];

const onAnInvitation: Row[] = [
  {
    what: 'resend',
    reaches: manage,
    action: 'invitation.resent',
    act: ({ context }, id) => resendInvitations(context, { invitationIds: [id] }),
  },
  {
    what: 'prepare to revoke',
    reaches: manage,
    action: 'invitation.revoked',
    act: ({ context }, id) => prepareRevocation(context, { invitationIds: [id] }),
  },
  {
    what: 'revoke',
    reaches: manage,
    action: 'invitation.revoked',
    act: ({ context }, id) => revokeInvitations(context, { invitationIds: [id] }),
  },
  {
    what: 'copy the link of',
    reaches: manage,
    action: 'invitation.link-copied',
    act: ({ context }, id) => copyLink(context, { invitationId: id }),
  },
];

function eachCell(rows: Row[], check: (row: Row, who: Role, reach: Reach) => Promise<void>): void {
  for (const row of rows) {
    columns.forEach((who, column) => {
      const reach = row.reaches[column] ?? '–';
      test(`${who}: ${row.what} (${reach})`, () => check(row, who, reach));
    });
  }
}

describe('in the own organization', () => {
  eachCell([...inOwnOrganization, ...onAnInvitation], async (row, who, reach) => {
    const { invitationId } = await payments.invite(payments.stranger(`Invitee ${++invitees}`));
    await expectAnswer(row, who, invitationId, reach === '–' ? 'not-allowed' : 'done');
  });
});

describe('an invitation to another organization of the account', () => {
  eachCell(onAnInvitation, async (row, who, reach) => {
    const { invitationId } = await risk.invite(risk.stranger(`Invitee ${++invitees}`));
    await expectAnswer(row, who, invitationId, reach === 'all' ? 'done' : 'not-allowed');
  });
});

describe('an invitation of another account does not exist for anybody', () => {
  eachCell(onAnInvitation, async (row, who) => {
    const { invitationId } = await foreign.invite(foreign.stranger(`Invitee ${++invitees}`));
    await expectAnswer(row, who, invitationId, 'invitation-not-found');
  });
});

test('one invitation out of reach among others stops all of them', async () => {
  const own = await payments.invite(payments.stranger(`Invitee ${++invitees}`));
  const other = await risk.invite(risk.stranger(`Invitee ${++invitees}`));
  const invitationIds = [own.invitationId, other.invitationId];
  const row = { action: 'invitation.revoked', act: revokeAll };
  function revokeAll({ context }: Person) {
    return revokeInvitations(context, { invitationIds });
  }
  await expectAnswer(row, 'Admin', own.invitationId, 'not-allowed');
});

test('lists show the own organization only, to whomever they are shown', async () => {
  await risk.invite(risk.stranger('Rita'));
  await foreign.invite(foreign.stranger('Fred'));
  for (const who of ['Account Admin', 'Owner', 'Admin'] as const) {
    const { context } = cast[who];
    const invitations = await listInvitations(context, { size: 1000 });
    expect(invitations).toMatchObject({ organization: 'Payments' });
    expect(
      invitations.rows.filter(({ email }) => ['rita@acme.test', 'fred@acme.test'].includes(email)),
    ).toEqual([]);
    const members = await listMembers(context, { size: 1000 });
    expect(members.rows.map(({ fullName }) => fullName)).toEqual(['Ada', 'Adam', 'Bill', 'Olivia', 'Uma']);
  }
});

test('a refusal names the right, the organization and who can do it instead, the Owner first', async () => {
  const { context } = cast.User;
  await expect(listMembers(context, page)).rejects.toMatchObject({
    code: 'not-allowed',
    data: { right: 'see-members', organization: 'Payments', ask: ['Olivia', 'Adam'] },
  });
  await expect(inviteAs('admin')(cast.Admin, 'inv_')).rejects.toMatchObject({
    code: 'not-allowed',
    data: { right: 'invite-admin', organization: 'Payments', ask: ['Olivia'] },
  });
});

async function expectAnswer(
  { act, action }: Pick<Row, 'act' | 'action'>,
  who: Role,
  invitationId: InvitationId,
  answer: string,
): Promise<void> {
  const before = await everythingButAudit(people.sql);
  const audited = await countRefusals();
  expect(await answerTo(() => act(cast[who], invitationId))).toBe(answer);
  if (answer === 'done') return expect(await countRefusals()).toBe(audited);
  expect(await countRefusals()).toBe(audited + 1);
  expect(await everythingButAudit(people.sql)).toEqual(before);
  expect(await lastRefusals(people.sql, payments.accountId, 1)).toMatchObject([
    { actor_member_id: cast[who].id, organization_id: payments.id, action, refusal: answer },
  ]);
}

async function countRefusals(): Promise<number> {
  const [row] = await people.sql`select count(*)::int from audit_event where refusal is not null`;
  return row?.count;
}
