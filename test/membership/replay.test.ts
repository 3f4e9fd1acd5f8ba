import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transaction } from '../../db/connect.ts';
import type { Context } from '../../src/membership/context.ts';
import { acceptInvitation } from '../../src/membership/invitations/accept-invitation.ts';
import { declineInvitation } from '../../src/membership/invitations/decline-invitation.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { resendInvitations } from '../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../src/membership/invitations/revoke-invitations.ts';
import { changeAccountRoles } from '../../src/membership/members/change-account-roles.ts';
import { changeRoles } from '../../src/membership/members/change-roles.ts';
import { leaveOrganization } from '../../src/membership/members/leave-organization.ts';
import { removeMembers } from '../../src/membership/members/remove-members.ts';
import { transferOwnership } from '../../src/membership/members/transfer-ownership.ts';
import { operation } from '../../src/membership/operation.ts';
import { answerTo } from './answers.ts';
import { createPeople, emailOf, type People, type TestOrganization } from './people.ts';
import { createGate } from './races.ts';

let people: People;
let payments: TestOrganization;
let keys = 0;

beforeAll(async () => {
  people = await createPeople({ max: 12 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

/** Prepares something that can be done once, and does it as somebody who names their request. */
type Prepare = (name: string) => Promise<(request: (context: Context) => Context) => Promise<unknown>>;

const effects: [string, string, Prepare][] = [
  [
    'inviting',
    'invitation.sent',
    async (name) => (request) =>
      inviteMembers(request(payments.owner.context), { emails: [emailOf(name)], role: 'user' }),
  ],
  [
    'sending again',
    'invitation.resent',
    async (name) => {
      const { invitationId } = await payments.invite(payments.stranger(name));
      return (request) =>
        resendInvitations(request(payments.owner.context), { invitationIds: [invitationId] });
    },
  ],
  [
    'revoking',
    'invitation.revoked',
    async (name) => {
      const { invitationId } = await payments.invite(payments.stranger(name));
      return (request) =>
        revokeInvitations(request(payments.owner.context), { invitationIds: [invitationId] });
    },
  ],
  [
    'changing a role',
    'member.role-changed',
    async (name) => {
      const { id } = await payments.add(name);
      return (request) =>
        changeRoles(request(payments.owner.context), { memberIds: [id], role: 'billing-manager' });
    },
  ],
  [
    'changing an account role',
    'member.account-role-changed',
    async (name) => {
      const { id } = await payments.add(name);
      return (request) =>
        changeAccountRoles(request(payments.owner.context), {
          memberIds: [id],
          accountRole: 'account-admin',
        });
    },
  ],
  [
    'removing',
    'member.removed',
    async (name) => {
      const { id } = await payments.add(name);
      return (request) => removeMembers(request(payments.owner.context), { memberIds: [id] });
    },
  ],
  [
    'leaving',
    'member.removed',
    async (name) => {
      const { context } = await payments.add(name);
      return (request) => leaveOrganization(request(context));
    },
  ],
  [
    'handing over',
    'organization.transferred',
    async (name) => {
      const own = await people.setUp(name);
      const { id, email } = await own.add('Heir');
      return (request) => transferOwnership(request(own.owner.context), { memberId: id, email });
    },
  ],
  [
    'accepting',
    'invitation.accepted',
    async (name) => {
      const person = payments.stranger(name);
      const claim = await payments.invite(person);
      return (request) => acceptInvitation(request(person.context), claim);
    },
  ],
  [
    'declining',
    'invitation.declined',
    async (name) => {
      const person = payments.stranger(name);
      const claim = await payments.invite(person);
      return (request) => declineInvitation(request(person.context), claim);
    },
  ],
];

function named(): (context: Context) => Context {
  keys += 1;
  const replayKey = `request ${keys}`;
  return (context) => ({ ...context, replayKey });
}

async function countOf(action: string): Promise<number> {
  const [row] = await people.sql`
    select count(*)::int from audit_event where action = ${action} and refusal is null`;
  return row?.count;
}

describe.each(effects)('%s under one key', (what, action, prepare) => {
  test('twice takes effect once, with the same answer', async () => {
    const run = await prepare(`Twice ${what}`);
    const [before, request] = [await countOf(action), named()];
    const first = await run(request);
    expect(await run(request)).toEqual(first);
    expect(await countOf(action)).toBe(before + 1);
  });

  test('eight times at once takes effect once, with the same answer', async () => {
    const run = await prepare(`Eight ${what}`);
    const [before, request] = [await countOf(action), named()];
    const answers = await Promise.all(Array.from({ length: 8 }, () => run(request)));
    expect(answers).toEqual(Array(8).fill(answers[0]));
    expect(await countOf(action)).toBe(before + 1);
  });
});

describe('a named request', () => {
  test('is another one under another key', async () => {
    const invite = (request: (context: Context) => Context) =>
      inviteMembers(request(payments.owner.context), { emails: [emailOf('Keyed')], role: 'user' });
    expect((await invite(named())).lines).toMatchObject([{ outcome: 'invited' }]);
    expect((await invite(named())).lines).toMatchObject([{ outcome: 'already-pending' }]);
  });

  test('that was refused can be made again', async () => {
    const user = await payments.add('Uma');
    const request = named();
    const invite = () =>
      answerTo(() => inviteMembers(request(user.context), { emails: [emailOf('Again')], role: 'user' }));
    expect(await invite()).toBe('not-allowed');
    await people.sql`update member set role = 'admin' where id = ${user.id}`;
    expect(await invite()).toBe('done');
  });

  test('that failed leaves nothing behind, not even its key', async () => {
    const request = named();
    const context = request(payments.owner.context);
    const failing = operation(context, async (tx) => {
      await markOrganization(tx, 'Failed');
      throw new Error('a fault');
    });
    await expect(failing).rejects.toThrow('a fault');
    const keysLeft = await people.sql`select 1 from replay_key where key = ${context.replayKey ?? ''}`;
    expect(keysLeft.length).toBe(0);
    const [row] = await people.sql`select name from organization where id = ${payments.id}`;
    expect(row?.name).toBe('Payments');
    expect(await operation(context, async () => 'worked')).toBe('worked');
  });

  test('that waits for its twin in vain is told to come back', async () => {
    const context = named()(payments.owner.context);
    const [started, released] = [createGate(), createGate()];
    const first = operation(context, async () => {
      started.open();
      await released.opened;
      return 'first';
    });
    await started.opened;
    const hurried = {
      ...context,
      db: Object.assign(Object.create(people.db), {
        transaction: (run: (tx: Transaction) => Promise<unknown>) =>
          people.db.transaction(async (tx) => {
            await tx.execute(sql`set local lock_timeout = '20ms'`);
            return run(tx);
          }),
      }),
    };
    expect(await answerTo(() => operation(hurried, async () => 'second'))).toBe('busy');
    released.open();
    expect(await first).toBe('first');
    expect(await operation(context, async () => 'third')).toBe('first');
  });
});

function markOrganization(tx: Transaction, name: string) {
  return tx.execute(sql`update organization set name = ${name} where id = ${payments.id}`);
}
