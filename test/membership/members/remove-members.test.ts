import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { changeRoles } from '../../../src/membership/members/change-roles.ts';
import { leaveOrganization, prepareLeaving } from '../../../src/membership/members/leave-organization.ts';
import { prepareRemoval, removeMembers } from '../../../src/membership/members/remove-members.ts';
import { answerTo } from '../answers.ts';
import {
  createPeople,
  deactivate,
  emailOf,
  type People,
  type TestMember,
  type TestOrganization,
} from '../people.ts';
import { inRounds, startBoth, startedWhileLocked } from '../races.ts';

let people: People;
let payments: TestOrganization;
let ada: TestMember;

beforeAll(async () => {
  people = await createPeople({ max: 12 });
});

beforeEach(async () => {
  payments = await people.setUp();
  ada = await payments.add('Ada', 'admin');
});

afterAll(() => people.stop());

const remove = (...members: TestMember[]) =>
  removeMembers(payments.owner.context, { memberIds: members.map(({ id }) => id) });

const invite = (name: string) => inviteMembers(ada.context, { emails: [emailOf(name)], role: 'user' });

async function pendingOf({ id }: TestMember): Promise<number> {
  const [row] = await people.sql`
    select count(*)::int from invitation where invited_by = ${id} and status = 'pending'`;
  return row?.count;
}

describe('a removal', () => {
  test('takes the pending invitations with it, expired ones too, and has their copies drawn anew', async () => {
    await invite('Ivo');
    await invite('Late');
    await people.sql`
      update invitation set sent_at = now() - interval '2 days', expires_at = now() - interval '1 day',
        reminders = '{}' where email = ${emailOf('Late')} and invited_by = ${ada.id}`;
    expect(await remove(ada)).toMatchObject([{ memberId: ada.id, revoked: 2 }]);
    expect(await pendingOf(ada)).toBe(0);
    const [row] = await people.sql`
      select status, removed_by, removal_reason, abs(extract(epoch from now() - removed_at)) < 60 as just_now
      from member where id = ${ada.id}`;
    expect(row).toEqual({
      ...{ status: 'inactive', removed_by: payments.owner.id, removal_reason: 'removed', just_now: true },
    });
    const redrawn = await people.sql`
      select 1 from outbox o join invitation i on i.id = o.topic where i.invited_by = ${ada.id} and o.kind = 'redraw'`;
    expect(redrawn).toHaveLength(2);
  });

  test('of several goes on past those who cannot be removed, one transaction for each', async () => {
    const [uma, una] = [await payments.add('Uma'), await payments.add('Una')];
    const lines = await remove(uma, payments.owner, una, uma);
    expect(lines.map(({ fullName, obstacle }) => [fullName, obstacle?.code])).toEqual([
      ['Uma', undefined],
      ['Olivia', 'is-the-owner'],
      ['Una', undefined],
    ]);
    const rows = await people.sql`
      select distinct xmin::text from member where id = any(${[uma.id, una.id]})`;
    expect(rows).toHaveLength(2);
  });

  test('under one key takes effect once for each, and gives the same answer', async () => {
    await invite('Once');
    const context = { ...payments.owner.context, replayKey: newId('dra') };
    const removal = () => removeMembers(context, { memberIds: [ada.id] });
    const answers = await Promise.all([removal(), removal(), removal()]);
    expect(answers).toEqual(Array(3).fill(answers[0]));
    const [row] = await people.sql`
      select count(*)::int from audit_event where subject = ${ada.id} and action = 'member.removed'`;
    expect(row?.count).toBe(1);
  });

  test('lets nothing be prepared that outlives it', async () => {
    const prepared = await startedWhileLocked(
      people.sql,
      (tx) => deactivate(tx, ada.id),
      () => answerTo(() => prepareLeaving(ada.context)),
    );
    expect(prepared).toBe('done');
    const drafts = await people.sql`select 1 from draft where member_id = ${ada.id}`;
    expect(drafts).toHaveLength(0);
  });

  test('and an invitation by the same person at the same moment leave nothing pending', async () => {
    await inRounds(40, 4, async (round) => {
      const own = await people.setUp(`Round ${round}`);
      const admin = await own.add('Admin', 'admin');
      const [invited] = await startBoth(
        people.sql,
        round,
        () => answerTo(() => inviteMembers(admin.context, { emails: [emailOf('Ivo')], role: 'user' })),
        () => removeMembers(own.owner.context, { memberIds: [admin.id] }),
      );
      expect(['done', 'not-active']).toContain(invited);
      expect(await pendingOf(admin)).toBe(0);
    });
  });

  test('and the joining of somebody they invited: joined or revoked, never both', async () => {
    await inRounds(40, 4, async (round) => {
      const own = await people.setUp(`Joining ${round}`);
      const admin = await own.add('Admin', 'admin');
      const ivo = own.stranger('Ivo');
      const { lines } = await inviteMembers(admin.context, { emails: [ivo.email], role: 'user' });
      const claim = { invitationId: lines[0]?.invitationId ?? 'inv_', generation: 1 } as const;
      const [joined, [removed]] = await startBoth(
        people.sql,
        round,
        () => answerTo(() => acceptInvitation(ivo.context, claim)),
        () => removeMembers(own.owner.context, { memberIds: [admin.id] }),
      );
      const outcome = `${joined}, ${removed?.revoked} revoked`;
      expect(['done, 0 revoked', 'invitation-not-valid: revoked, 1 revoked']).toContain(outcome);
    });
  });

  test('shows the first three addresses of many', async () => {
    for (const name of ['Ivo', 'Ida', 'Ina', 'Iggy']) await invite(name);
    const { lines } = await prepareRemoval(payments.owner.context, { memberIds: [ada.id] });
    expect(lines[0]?.consequences).toEqual({
      invitations: { count: 4, emails: ['Ida', 'Iggy', 'Ina'].map(emailOf) },
      licenses: [],
      machines: 0,
      groups: [],
    });
  });
});

describe('whoever comes back', () => {
  test('is the same member with the new role, a plain User of the account, and nothing of the removal', async () => {
    await people.sql`update member set account_role = 'account-admin' where id = ${ada.id}`;
    await leaveOrganization(ada.context);
    const claim = await payments.invite(ada, 'billing-manager');
    expect(await acceptInvitation(ada.context, claim)).toMatchObject({ memberId: ada.id });
    const [row] = await people.sql`
      select status, role, account_role, removed_at, removed_by, removal_reason from member where id = ${ada.id}`;
    expect(row).toEqual({
      ...{ status: 'active', role: 'billing-manager', account_role: 'user' },
      ...{ removed_at: null, removed_by: null, removal_reason: null },
    });
    expect(await answerTo(() => invite('Nobody'))).toBe('not-allowed');
    const memberIds = [payments.owner.id];
    expect(await answerTo(() => changeRoles(ada.context, { memberIds, role: 'user' }))).toBe('not-allowed');
  });
});
