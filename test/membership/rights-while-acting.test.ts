import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvitationId, MemberId } from '../../db/id.ts';
import { lockStanding } from '../../src/membership/actor.ts';
import { copyLink } from '../../src/membership/invitations/copy-link.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../src/membership/invitations/list-invitations.ts';
import { resendInvitations } from '../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../src/membership/invitations/revoke-invitations.ts';
import { changeRoles } from '../../src/membership/members/change-roles.ts';
import { listMembers } from '../../src/membership/members/list-members.ts';
import { listRemoved } from '../../src/membership/members/list-removed.ts';
import { removeMembers } from '../../src/membership/members/remove-members.ts';
import { showMember } from '../../src/membership/members/show-member.ts';
import { operation } from '../../src/membership/operation.ts';
import { answerTo } from './answers.ts';
import {
  createPeople,
  deactivate,
  emailOf,
  type People,
  type TestMember,
  type TestOrganization,
} from './people.ts';
import { createGate, startedWhileLocked, untilWaiting } from './races.ts';

let people: People;
let payments: TestOrganization;
let invitationId: InvitationId;
let userId: MemberId;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
  ({ invitationId } = await payments.invite(payments.stranger('Ivo')));
  userId = (await payments.add('Uma')).id;
});

afterAll(() => people.stop());

const acts: [string, (member: TestMember) => Promise<unknown>][] = [
  ['invite', ({ context }) => inviteMembers(context, { emails: [emailOf('Zoe')], role: 'user' })],
  ['resend', ({ context }) => resendInvitations(context, { invitationIds: [invitationId] })],
  ['revoke', ({ context }) => revokeInvitations(context, { invitationIds: [invitationId] })],
  ['copy a link', ({ context }) => copyLink(context, { invitationId })],
  ['change a role', ({ context }) => changeRoles(context, { memberIds: [userId], role: 'billing-manager' })],
  ['remove', ({ context }) => removeMembers(context, { memberIds: [userId] })],
];

const looks: typeof acts = [
  ['see pending', ({ context }) => listInvitations(context, { size: 10 })],
  ['see members', ({ context }) => listMembers(context, { size: 10 })],
  ['see who was removed', ({ context }) => listRemoved(context, { size: 10 })],
  ['see a card', ({ context }) => showMember(context, { memberId: userId })],
];

const losses: [string, string, (tx: TransactionSql, member: TestMember) => Promise<unknown>][] = [
  ['demoted', 'not-allowed', (tx, { id }) => tx`update member set role = 'user' where id = ${id}`],
  ['removed', 'not-active', (tx, { id }) => deactivate(tx, id)],
];

describe.each(losses)('an admin who is being %s while a form is open is refused', (loss, refusal, change) => {
  test.each(acts)('when they come to %s', async (act, run) => {
    const admin = await payments.add(`${loss} to ${act}`, 'admin');
    const answer = await startedWhileLocked(
      people.sql,
      (tx) => change(tx, admin),
      () => answerTo(() => run(admin)),
    );
    expect(answer).toBe(refusal);
    const refused = await people.sql`
      select refusal from audit_event where actor_member_id = ${admin.id} or (refusal is not null and
        data ->> 'userId' = ${admin.context.actor.userId})
      and refusal is not null`;
    expect(refused.map((row) => row.refusal).filter((code) => code !== null)).toEqual([refusal]);
  });
});

test.each(looks)(
  'a demotion takes effect at its commit for those who %s, and looking waits for nobody',
  async (look, run) => {
    const admin = await payments.add(`Looking to ${look}`, 'admin');
    await people.sql.begin(async (tx) => {
      await tx`update member set role = 'user' where id = ${admin.id}`;
      expect(await answerTo(() => run(admin))).toBe('done');
    });
    expect(await answerTo(() => run(admin))).toBe('not-allowed');
  },
);

test('an Owner whose ownership is being handed over no longer invites as Admin', async () => {
  const organization = await people.setUp('Handed over');
  const heir = await organization.add('Heir', 'admin');
  const { owner } = organization;
  const answer = await startedWhileLocked(
    people.sql,
    async (tx) => {
      await tx`update organization set owner_member_id = ${heir.id} where id = ${organization.id}`;
      await tx`update member set account_role = 'account-admin' where id = ${heir.id}`;
      await tx`update member set account_role = 'user' where id = ${owner.id}`;
    },
    () => answerTo(() => inviteMembers(owner.context, { emails: [emailOf('Zoe')], role: 'admin' })),
  );
  expect(answer).toBe('not-allowed');
});

test('a promotion that is being undone gives nothing', async () => {
  const user = await payments.add('Pat');
  const rolledBack = people.sql.begin(async (tx) => {
    await tx`update member set role = 'admin' where id = ${user.id}`;
    const answer = answerTo(() => resendInvitations(user.context, { invitationIds: [invitationId] }));
    await untilWaiting(people.sql, 1);
    throw Object.assign(new Error('undone'), { answer });
  });
  const error = await rolledBack.catch((thrown) => thrown);
  expect(await error.answer).toBe('not-allowed');
});

test('nobody is demoted between the check and the commit of what they do', async () => {
  const admin = await payments.add('Gil', 'admin');
  const [checked, released] = [createGate(), createGate()];
  const acting = operation(admin.context, async (tx) => {
    const { role } = await lockStanding(tx, admin.context);
    checked.open();
    await released.opened;
    return role;
  });
  await checked.opened;
  let demoted = false;
  const demotion = people.sql`update member set role = 'user' where id = ${admin.id}`.then(() => {
    demoted = true;
  });
  await untilWaiting(people.sql, 1);
  expect(demoted).toBe(false);
  released.open();
  expect(await acting).toBe('admin');
  await demotion;
});
