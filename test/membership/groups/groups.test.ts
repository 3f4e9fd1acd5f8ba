import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../db/check-invariants.ts';
import { groupInvariants } from '../../../db/invariants/groups.ts';
import { archiveGroup, prepareArchiving, renameGroup } from '../../../src/membership/groups/change-group.ts';
import {
  addToGroup,
  changeGroupRoles,
  removeFromGroup,
} from '../../../src/membership/groups/change-group-members.ts';
import { createGroup } from '../../../src/membership/groups/create-group.ts';
import { type GroupId, type GroupKind, groupKinds } from '../../../src/membership/groups/group.ts';
import { listGroups, listManaged } from '../../../src/membership/groups/list-groups.ts';
import { findGroup } from '../../../src/membership/groups/name-group.ts';
import { showGroup, showInGroup } from '../../../src/membership/groups/show-group.ts';
import { changeRoles, prepareRoleChange } from '../../../src/membership/members/change-roles.ts';
import { leaveOrganization, prepareLeaving } from '../../../src/membership/members/leave-organization.ts';
import { moveMembers, prepareMove } from '../../../src/membership/members/move-members.ts';
import { prepareRemoval, removeMembers } from '../../../src/membership/members/remove-members.ts';
import { showMember } from '../../../src/membership/members/show-member.ts';
import { transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import { answerTo, refusalOf } from '../answers.ts';
import {
  createPeople,
  type People,
  setAccountRole,
  type TestMember,
  type TestOrganization,
} from '../people.ts';

let people: People;
let payments: TestOrganization;
let ana: TestMember;
let ben: TestMember;
let adam: TestMember;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
});

beforeEach(async () => {
  payments = await people.setUp();
  ana = await payments.add('Ana');
  ben = await payments.add('Ben');
  adam = await payments.add('Adam', 'admin');
});

afterAll(async () => {
  const rules = new Set(groupInvariants.map(({ rule }) => rule));
  const results = await checkInvariants(people.db, { running: false });
  const broken = results.filter(({ rule, total }) => total > 0 && rules.has(rule));
  await people.stop();
  expect(broken).toEqual([]);
});

const create = async (by: TestMember, kind: GroupKind = 'team', name = kind === 'team' ? 'QA' : 'App') =>
  (await createGroup(by.context, { kind, name })).groupId;
const add = (
  by: TestMember,
  groupId: GroupId,
  who: TestMember,
  role?: 'owner' | 'admin' | 'user' | 'project-admin',
) => addToGroup(by.context, { groupId, memberIds: [who.id], ...(role ? { role } : {}) });

/** Who is in it, and as what. */
async function inside(groupId: GroupId): Promise<Record<string, string>> {
  const rows = await people.sql`
    select m.full_name as name, i.role from member m join (
      select member_id, role from team_member where team_id = ${groupId}
      union all select member_id, role from project_member where project_id = ${groupId}) i on i.member_id = m.id
    order by m.full_name`;
  return Object.fromEntries(rows.map(({ name, role }) => [name, role]));
}

describe('making', () => {
  test('one makes the creator its Owner or Project Admin, and its name is taken until it is archived', async () => {
    const team = await create(adam);
    const project = await create(adam, 'project');
    expect([await inside(team), await inside(project)]).toEqual([
      { Adam: 'owner' },
      { Adam: 'project-admin' },
    ]);
    expect(await answerTo(() => create(adam, 'team', 'qa'))).toBe('group-exists');
    await archiveGroup(adam.context, { groupId: team });
    expect(await answerTo(() => create(adam, 'team', 'qa'))).toBe('done');
    const sister = await payments.addSister('Risk');
    expect(await answerTo(() => create(sister.owner, 'team', 'QA'))).toBe('done');
  });

  test('is for those who manage the organization, under a name that can be typed', async () => {
    expect(await answerTo(() => create(ana))).toBe('not-allowed');
    for (const name of ['', '  \u200b', 'a, b', 'a; b', 'x'.repeat(61), '<@U1>']) {
      expect(await answerTo(() => create(adam, 'team', name))).toBe('group-name-not-usable');
    }
    const audit = await people.sql`
      select action, refusal from audit_event where account_id = ${payments.accountId} and action = 'team.created'`;
    expect(audit.map(({ refusal }) => refusal)).toContain('not-allowed');
  });

  test('where the creator cannot be in it, the Owner of the organization answers for it', async () => {
    const sister = await payments.addSister('Risk');
    const { groupId } = await createGroup(
      { ...payments.owner.context, organizationId: sister.id },
      { kind: 'team', name: 'Far' },
    );
    expect(await inside(groupId)).toEqual({ 'Owner of Risk': 'owner' });
    await setAccountRole(people, ana, 'account-admin');
    await changeRoles(payments.owner.context, { memberIds: [ana.id], role: 'billing-manager' });
    expect(await inside(await create(ana, 'project'))).toEqual({ Olivia: 'project-admin' });
  });

  test('a project can be of a team of its organization, and of no other', async () => {
    const sister = await payments.addSister('Risk');
    const far = await create(sister.owner);
    const near = await create(adam);
    const of = (teamId: GroupId) =>
      createGroup(payments.owner.context, {
        kind: 'project',
        name: 'Site',
        teamId: teamId as `tea_${string}`,
      });
    expect(await answerTo(() => of(far))).toBe('group-not-found');
    const { groupId } = await of(near);
    const { group } = await showGroup(adam.context, { groupId, size: 5 });
    expect(group).toMatchObject({ kind: 'project', team: 'QA' });
    expect(await prepareArchiving(adam.context, { groupId: near })).toMatchObject({ people: 1, projects: 1 });
  });
});

describe('people', () => {
  test('are added, given roles and taken out by those who manage it, many at once', async () => {
    const team = await create(adam);
    const bill = await payments.add('Bill', 'billing-manager');
    const { lines } = await addToGroup(payments.owner.context, {
      ...{ groupId: team, memberIds: [ana.id, ben.id, bill.id], role: 'admin' },
    });
    expect(lines.map(({ from, to, obstacle }) => obstacle?.code ?? `${from} ${to}`)).toEqual([
      'undefined admin',
      'undefined admin',
      'is-billing-manager',
    ]);
    await changeGroupRoles(ana.context, { groupId: team, memberIds: [ben.id], role: 'user' });
    expect(await inside(team)).toEqual({ Adam: 'owner', Ana: 'admin', Ben: 'user' });
    await removeFromGroup(ana.context, { groupId: team, memberIds: [ben.id] });
    expect(await inside(team)).toEqual({ Adam: 'owner', Ana: 'admin' });
    const audit = await people.sql`
      select action, subject from audit_event where data ->> 'groupId' = ${team} and subject = ${ben.id} order by id`;
    expect(audit.map(({ action }) => action)).toEqual([
      'team.member-added',
      'team.member-role-changed',
      'team.member-left',
    ]);
  });

  test('a team Admin does not act on its Owner, nor make one; a Tester and a User change nothing', async () => {
    const [team, project] = [await create(adam), await create(adam, 'project')];
    await add(adam, team, ana, 'admin');
    await add(adam, project, ana);
    expect(await answerTo(() => add(ana, team, ben, 'owner'))).toBe('higher-in-group');
    expect(await answerTo(() => removeFromGroup(ana.context, { groupId: team, memberIds: [adam.id] }))).toBe(
      'higher-in-group',
    );
    expect((await showInGroup(ana.context, { groupId: team, memberId: adam.id })).roles).toEqual([]);
    expect(await answerTo(() => add(ana, team, ben))).toBe('done');
    expect(await answerTo(() => renameGroup(ana.context, { groupId: team, name: 'Quality' }))).toBe('done');
    expect(await answerTo(() => add(ana, project, ben))).toBe('not-allowed');
    expect(await answerTo(() => add(ben, team, adam))).toBe('not-allowed');
    expect(await answerTo(() => add(ben, project, ana))).toBe('group-not-found');
    const foreignRole = { groupId: project, memberIds: [ana.id], role: 'user' } as const;
    expect(await answerTo(() => changeGroupRoles(adam.context, foreignRole))).toBe('group-not-found');
    expect(await answerTo(() => addToGroup(adam.context, foreignRole))).toBe('group-not-found');
    expect(await inside(project)).toEqual({ Adam: 'project-admin', Ana: 'tester' });
    await add(adam, project, ben, 'project-admin');
    expect(await answerTo(() => add(ben, project, ana, 'project-admin'))).toBe('done');
    expect(await answerTo(() => archiveGroup(ben.context, { groupId: project }))).toBe('done');
    expect(await answerTo(() => archiveGroup(adam.context, { groupId: project }))).toBe('group-is-archived');
  });

  test('the last Owner stays until there is another one', async () => {
    const team = await create(adam);
    await add(adam, team, ana, 'user');
    const leave = () => removeFromGroup(payments.owner.context, { groupId: team, memberIds: [adam.id] });
    expect(await answerTo(leave)).toBe('last-in-group');
    await changeGroupRoles(adam.context, { groupId: team, memberIds: [ana.id], role: 'owner' });
    const both = { groupId: team, memberIds: [adam.id, ana.id] };
    const { lines } = await removeFromGroup(payments.owner.context, both);
    expect(lines.map(({ obstacle }) => obstacle?.code)).toEqual([undefined, 'last-in-group']);
    expect(await inside(team)).toEqual({ Ana: 'owner' });
  });

  test('of two who take each other out at once, one stays Owner', async () => {
    const team = await create(adam);
    await add(adam, team, ana, 'owner');
    const answers = await Promise.all([
      answerTo(() => removeFromGroup(adam.context, { groupId: team, memberIds: [ana.id] })),
      answerTo(() => removeFromGroup(ana.context, { groupId: team, memberIds: [adam.id] })),
    ]);
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(Object.values(await inside(team))).toEqual(['owner']);
  });

  test('of other organizations come into projects, not into teams: an Account Admin has to move them', async () => {
    const sister = await payments.addSister('Risk');
    const [team, project] = [await create(adam), await create(adam, 'project')];
    const refusal = await refusalOf(() => add(adam, team, sister.owner));
    expect(refusal).toMatchObject({
      code: 'not-of-the-organization',
      data: { ask: ['Olivia'], organization: 'Payments' },
    });
    await add(adam, project, sister.owner, 'project-admin');
    expect(await inside(project)).toEqual({ Adam: 'project-admin', 'Owner of Risk': 'project-admin' });
    expect(await answerTo(() => add(sister.owner, project, ana))).toBe('done');
    const foreign = await people.setUp('Foreign');
    expect(await answerTo(() => add(adam, project, foreign.owner))).toBe('member-not-found');
    expect(await answerTo(() => add(foreign.owner, project, ana))).toBe('group-not-found');
  });
});

describe('lists', () => {
  test('show managers everything, members their own, page by page, and no addresses to those who only are in it', async () => {
    for (const name of ['C', 'A', 'B']) await create(adam, 'team', name);
    const found = await findGroup(adam.context, { kind: 'team', texts: ['nothing', 'b'] });
    expect([found.group.name, found.place]).toEqual(['B', 1]);
    await add(adam, found.group.id, ana);
    const first = await listGroups(adam.context, { kind: 'team', size: 2 });
    expect(first.rows.map(({ name, people: number, managed }) => [name, number, managed])).toEqual([
      ['A', 1, true],
      ['B', 2, true],
    ]);
    const second = await listGroups(adam.context, { kind: 'team', size: 2, after: first.next ?? '' });
    expect([second.rows.map(({ name }) => name), second.next]).toEqual([['C'], undefined]);
    const own = await listGroups(ana.context, { kind: 'team', size: 2 });
    expect(own).toMatchObject({ mayCreate: false, rows: [{ name: 'B', ownRole: 'user', managed: false }] });
    expect((await listManaged(ana.context, { kind: 'team' })).groups).toEqual([]);
    const inB = await showGroup(ana.context, { groupId: found.group.id, size: 1 });
    expect(inB.rows.map(({ fullName, email, role }) => [fullName, email, role])).toEqual([
      ['Adam', null, 'owner'],
    ]);
    const next = await showGroup(ana.context, { groupId: found.group.id, size: 1, after: inB.next ?? '' });
    expect(next.rows.map(({ fullName }) => fullName)).toEqual(['Ana']);
    const { rows } = await showGroup(adam.context, { groupId: found.group.id, size: 5 });
    expect(rows.map(({ email }) => email)).toEqual([adam.email, ana.email]);
  });

  test('a name that is none gets the nearest; one in several organizations is asked for', async () => {
    await create(adam, 'project', 'Payments app');
    const refusal = await refusalOf(() =>
      findGroup(adam.context, { kind: 'project', texts: ['Paymnts ap'] }),
    );
    expect(refusal).toMatchObject({ code: 'group-not-found', data: { nearest: 'Payments app' } });
    expect(
      await refusalOf(() => findGroup(ben.context, { kind: 'project', texts: ['Payments'] })),
    ).toMatchObject({
      data: { kind: 'project', text: 'Payments' },
    });
    for (const name of ['Risk', 'Fraud'])
      await create((await payments.addSister(name)).owner, 'project', 'Site');
    const find = (text: string) => findGroup(payments.owner.context, { kind: 'project', texts: [text] });
    expect(await refusalOf(() => find('site'))).toMatchObject({
      ...{ code: 'group-in-several', data: { organizations: ['Fraud', 'Risk'] } },
    });
    expect((await find('site in risk')).group.organization).toBe('Risk');
  });
});

describe('a Billing Manager', () => {
  test('leaves teams and projects in the step that makes them one, once that was shown', async () => {
    const [team, project] = [await create(adam), await create(adam, 'project')];
    const own = await create(payments.owner, 'team', 'Own');
    await add(payments.owner, own, ana, 'owner');
    await removeFromGroup(payments.owner.context, { groupId: own, memberIds: [payments.owner.id] });
    await add(adam, team, ana);
    const make = (groupIds: GroupId[], of = ana) =>
      changeRoles(adam.context, {
        ...{ memberIds: [ana.id, ben.id], role: 'billing-manager' },
        leaves: groupIds.map((groupId) => ({ memberId: of.id, groupId })),
      });
    expect(await refusalOf(() => make([]))).toMatchObject({
      ...{ code: 'would-leave-groups', data: { name: 'Ana', groups: ['Own', 'QA'] } },
    });
    const review = await prepareRoleChange(adam.context, {
      memberIds: [ana.id, ben.id],
      role: 'billing-manager',
    });
    expect(review.lines.map(({ leaves }) => leaves?.map(({ name, heir }) => [name, heir?.fullName]))).toEqual(
      [
        [
          ['Own', 'Olivia'],
          ['QA', undefined],
        ],
        undefined,
      ],
    );
    await add(adam, project, ana);
    expect(await answerTo(() => make([own, team]))).toBe('would-leave-groups');
    expect(await answerTo(() => make([own, team, project], ben))).toBe('would-leave-groups');
    await make([own, team, project]);
    expect([await inside(team), await inside(project), await inside(own)]).toEqual([
      { Adam: 'owner' },
      { Adam: 'project-admin' },
      { Olivia: 'owner' },
    ]);
    expect((await showMember(adam.context, { memberId: ana.id })).groups).toEqual([]);
    expect(await answerTo(() => add(adam, team, ana))).toBe('is-billing-manager');
  });
});

describe('whoever goes', () => {
  test('leaves everything; what they alone answered for passes to the Owner, as was shown before', async () => {
    const [team, project, shared] = [
      await create(adam),
      await create(adam, 'project'),
      await create(adam, 'project', 'Shared'),
    ];
    await add(adam, team, payments.owner, 'user');
    await add(adam, shared, ana, 'project-admin');
    const { lines } = await prepareRemoval(payments.owner.context, { memberIds: [adam.id] });
    expect(lines[0]?.consequences.groups.map(({ name, heir }) => [name, heir?.fullName])).toEqual([
      ['QA', 'Olivia'],
      ['App', 'Olivia'],
      ['Shared', undefined],
    ]);
    await removeMembers(payments.owner.context, { memberIds: [adam.id] });
    expect([await inside(team), await inside(project), await inside(shared)]).toEqual([
      { Olivia: 'owner' },
      { Olivia: 'project-admin' },
      { Ana: 'project-admin' },
    ]);
    const passed = await people.sql`
      select subject, data ->> 'to' as heir from audit_event where action in ('team.passed', 'project.passed')
        and account_id = ${payments.accountId} order by id`;
    expect(passed.map(({ subject, heir }) => [subject, heir])).toEqual([
      [team, payments.owner.id],
      [project, payments.owner.id],
    ]);
    expect((await prepareLeaving(ana.context)).consequences.groups).toMatchObject([{ name: 'Shared' }]);
    await leaveOrganization(ana.context);
    expect(await inside(shared)).toEqual({ Olivia: 'project-admin' });
    const back = await payments.add('Adam', 'admin');
    expect([back.id, (await showMember(back.context, { memberId: back.id })).groups]).toEqual([adam.id, []]);
  });

  test('to another organization leaves teams, as Billing Manager projects too', async () => {
    const [team, project] = [await create(adam), await create(adam, 'project')];
    const sister = await payments.addSister('Risk');
    const move = { memberIds: [adam.id], organizationId: sister.id, role: 'user' } as const;
    const { lines } = await prepareMove(payments.owner.context, move);
    const heirs = lines[0]?.consequences.groups.map(({ name, heir }) => [name, heir?.id]);
    expect(heirs).toEqual([['QA', payments.owner.id]]);
    await moveMembers(payments.owner.context, move);
    expect(await inside(team)).toEqual({ Olivia: 'owner' });
    expect(await inside(project)).toEqual({ Adam: 'project-admin' });
    const back = { memberIds: [adam.id], organizationId: payments.id, role: 'billing-manager' } as const;
    await moveMembers(payments.owner.context, back);
    expect(await inside(project)).toEqual({ Olivia: 'project-admin' });
  });

  test('handing the organization over leaves teams and projects as they are', async () => {
    const groups = await Promise.all(groupKinds.map((kind) => create(payments.owner, kind, 'Kept')));
    const before = await Promise.all(groups.map(inside));
    await transferOwnership(payments.owner.context, { memberId: ana.id, email: ana.email });
    expect(await Promise.all(groups.map(inside))).toEqual(before);
  });
});
