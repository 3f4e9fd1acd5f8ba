import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../db/check-invariants.ts';
import { newId } from '../../../db/id.ts';
import { groupInvariants } from '../../../db/invariants/groups.ts';
import type { StoredRole } from '../../../db/schema.ts';
import type { InGroup } from '../../../src/membership/events.ts';
import { archiveGroup } from '../../../src/membership/groups/change-group.ts';
import { addToGroup } from '../../../src/membership/groups/change-group-members.ts';
import { createGroup } from '../../../src/membership/groups/create-group.ts';
import type { GroupId, GroupKind } from '../../../src/membership/groups/group.ts';
import type { GroupTerm } from '../../../src/membership/groups/offer-groups.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { findInvitations } from '../../../src/membership/invitations/find-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { reviewInvitations } from '../../../src/membership/invitations/review-invitations.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { showMember } from '../../../src/membership/members/show-member.ts';
import { settledInvitation } from '../../../src/messages/invitations.ts';
import { address } from '../addresses.ts';
import { answerTo, refusalOf } from '../answers.ts';
import { giveSeats, poolOf } from '../licenses/seats.ts';
import { createPeople, type People, type Person, type TestMember, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;
let [team, project]: GroupId[] = [];
let adam: TestMember;

beforeAll(async () => {
  people = await createPeople();
});

beforeEach(async () => {
  payments = await people.setUp();
  adam = await payments.add('Adam', 'admin');
  [team, project] = [await create(adam, 'team', 'QA'), await create(adam, 'project', 'App')];
});

afterAll(async () => {
  const rules = new Set(groupInvariants.map(({ rule }) => rule));
  const results = await checkInvariants(people.db, { running: false });
  await people.stop();
  expect(results.filter(({ rule, total }) => total > 0 && rules.has(rule))).toEqual([]);
});

const create = async (by: TestMember, kind: GroupKind, name: string) =>
  (await createGroup(by.context, { kind, name })).groupId;
const both = (): InGroup[] => [
  { groupId: team ?? 'tea_', role: 'admin' },
  { groupId: project ?? 'prj_', role: 'test-lead' },
];

async function invite(person: Person, groups = both(), role: StoredRole = 'user') {
  const { lines } = await inviteMembers(adam.context, { emails: [person.email], role, groups });
  return { invitationId: lines[0]?.invitationId ?? newId('inv'), generation: 1 };
}

/** What somebody is in, as their card says. */
const memberships = async ({ context }: Person, memberId: TestMember['id']) =>
  (await showMember(context, { memberId })).groups.map(({ name, role }) => `${name} ${role}`);

describe('an invitation', () => {
  test('brings exactly its teams and projects, also when it was sent again and to somebody who comes back', async () => {
    const ana = payments.stranger('Ana');
    const { invitationId } = await invite(ana);
    await resendInvitations(adam.context, { invitationIds: [invitationId] });
    const [facts] = await findInvitations(people.db, { ids: [invitationId] });
    expect(facts?.groups).toEqual([
      { kind: 'team', name: 'QA', role: 'admin' },
      { kind: 'project', name: 'App', role: 'test-lead' },
    ]);
    const { memberId } = await acceptInvitation(ana.context, { invitationId, generation: 2 });
    expect(await memberships(ana, memberId)).toEqual(['QA admin', 'App test-lead']);
    const audit = await people.sql`
      select action, data ->> 'groupId' as group from audit_event
      where subject = ${memberId} and action like '%.member-added' order by action`;
    expect(audit.map((row) => row.group)).toEqual([project, team]);
    await removeMembers(adam.context, { memberIds: [memberId] });
    const again = await invite(ana, []);
    await acceptInvitation(ana.context, again);
    expect(await memberships(ana, memberId)).toEqual([]);
    await removeMembers(adam.context, { memberIds: [memberId] });
    await acceptInvitation(ana.context, await invite(ana, both().slice(1)));
    expect(await memberships(ana, memberId)).toEqual(['App test-lead']);
  });

  test('leaves out what was archived meanwhile, and does not name it in the welcome', async () => {
    const ana = payments.stranger('Ana');
    const claim = await invite(ana);
    await archiveGroup(adam.context, { groupId: team ?? 'tea_' });
    const { memberId } = await acceptInvitation(ana.context, claim);
    expect(await memberships(ana, memberId)).toEqual(['App test-lead']);
    const [facts] = await findInvitations(people.db, { ids: [claim.invitationId] });
    const welcome = facts && settledInvitation(facts, 1, ['Olivia']);
    expect(welcome?.facts).toContainEqual({ label: 'Your projects', value: 'App (Test Lead)' });
    expect(JSON.stringify(welcome)).not.toContain('QA');
  });

  test('as Billing Manager brings none', async () => {
    expect(await answerTo(() => invite(payments.stranger('Ana'), both(), 'billing-manager'))).toBe(
      'billing-manager-in-group',
    );
    expect(
      await answerTo(() => review(adam, [{ groupId: team ?? 'tea_', role: 'user' }], 'billing-manager')),
    ).toBe('billing-manager-in-group');
  });

  test('costs no more statements with teams, projects and licences, for one or for many; nor does accepting it', async () => {
    const { productId } = await giveSeats(payments, 'KSE', { account: 2_000 });
    const licenses = [{ productId, poolId: (await poolOf(people, productId)).id }];
    const inviting = (count: number) => async () => {
      const emails = Array.from({ length: count }, (_, at) => address(`fresh.${count}.${at}@acme.test`));
      const context = { ...adam.context, replayKey: newId('dra') };
      await inviteMembers(context, { emails, role: 'user', licenses, groups: both() });
    };
    const counts = [await people.statementsOf(inviting(1)), await people.statementsOf(inviting(1_000))];
    expect(counts.map(({ length }) => length)).toEqual([6, 6]);
    const [row] = await people.sql`
      select count(*)::int from invitation_team where team_id = ${team ?? ''}`;
    expect(row?.count).toBe(1_001);
    const ana = payments.stranger('Ana');
    const claim = await invite(ana);
    const context = { ...ana.context, replayKey: newId('dra') };
    expect((await people.statementsOf(() => acceptInvitation(context, claim))).length).toBeLessThanOrEqual(9);
  });
});

const review = (by: Person, groups: GroupTerm[], role: StoredRole = 'user') =>
  reviewInvitations(by.context, {
    ...{ entries: [{ kind: 'address', email: address('ivo@acme.test'), text: 'ivo' }], role, groups },
  });

describe('only what the inviter may give', () => {
  test('is taken: their own teams and projects, in roles up to theirs, in the review and when it is sent', async () => {
    const sister = await payments.addSister('Risk');
    const [far, shared] = [
      await create(sister.owner, 'team', 'Far'),
      await create(sister.owner, 'project', 'Shared'),
    ];
    const answers = async (groupId: GroupId, role: InGroup['role']) => [
      await answerTo(() => review(adam, [{ groupId, role }])),
      await answerTo(() => invite(payments.stranger('Ana'), [{ groupId, role }])),
    ];
    expect(await answers(far, 'user')).toEqual(['not-allowed', 'not-allowed']);
    expect(await answers(shared, 'tester')).toEqual(['not-allowed', 'not-allowed']);
    expect(await answers(newId('tea'), 'user')).toEqual(['group-not-found', 'group-not-found']);
    await addToGroup(sister.owner.context, { groupId: shared, memberIds: [adam.id], role: 'project-admin' });
    expect(await answers(shared, 'project-admin')).toEqual(['done', 'done']);
    const refusal = await refusalOf(() =>
      inviteMembers(payments.owner.context, {
        ...{ emails: [address('ivo@acme.test')], role: 'user', groups: [{ groupId: far, role: 'user' }] },
      }),
    );
    expect(refusal).toMatchObject({
      code: 'team-of-another-organization',
      data: { group: 'Far', organization: 'Risk' },
    });
    expect(await answers(shared, 'admin')).toEqual(['group-not-found', 'group-not-found']);
    const foreign = await people.setUp('Foreign');
    const [theirs] = [await create(foreign.owner, 'project', 'Theirs')];
    expect(await answers(theirs, 'tester')).toEqual(['group-not-found', 'group-not-found']);
  });

  test('typed names are read with and without the role at their end, and near misses named', async () => {
    const typed = (...readings: { text: string; role?: 'admin' | 'user' }[]): GroupTerm[] => [
      { kind: 'team', readings },
    ];
    const { groups } = await review(adam, typed({ text: 'qa as admin' }, { text: 'qa', role: 'admin' }));
    expect(groups.map(({ group, role }) => [group.name, role])).toEqual([['QA', 'admin']]);
    expect(await refusalOf(() => review(adam, typed({ text: 'QAA' })))).toMatchObject({
      ...{ code: 'group-not-found', data: { nearest: 'QA' } },
    });
    const many = Array.from({ length: 101 }, () => ({ groupId: newId('tea'), role: 'user' as const }));
    expect(await answerTo(() => review(adam, many))).toBe('too-many-groups');
  });
});
