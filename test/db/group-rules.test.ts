import { afterAll, beforeAll, expect, test } from 'vitest';
import { addToGroup } from '../../src/membership/groups/change-group-members.ts';
import { createGroup } from '../../src/membership/groups/create-group.ts';
import { createPeople, type People, type TestMember, type TestOrganization } from '../membership/people.ts';
import { brokenBy, unusedId, type Write } from '../membership/rule-breaking.ts';

let people: People;
let payments: TestOrganization;
let sister: TestOrganization;
let foreign: TestOrganization;
let [ana, ben, bill]: TestMember[] = [];
let [qa, app, far]: string[] = [];
let invitationId: string;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp('Payments');
  sister = await payments.addSister('Risk');
  foreign = await people.setUp('Foreign');
  [ana, ben] = [await payments.add('Ana'), await payments.add('Ben')];
  bill = await payments.add('Bill', 'billing-manager');
  const make = async ({ owner }: TestOrganization, kind: 'team' | 'project', name: string) =>
    (await createGroup(owner.context, { kind, name })).groupId;
  const [team, project] = [await make(payments, 'team', 'QA'), await make(payments, 'project', 'App')];
  for (const groupId of [team, project]) {
    await addToGroup(payments.owner.context, { groupId, memberIds: [ana.id] });
  }
  [qa, app, far] = [team, project, await make(foreign, 'team', 'Far')];
  invitationId = (await payments.invite(payments.stranger('Ivo'))).invitationId;
});

afterAll(() => people.stop());

type Row = Record<string, unknown>;

const put =
  (table: string, ...rows: Row[]): Write =>
  async (tx) => {
    for (const row of rows) await tx`insert into ${tx(table)} ${tx(row as Record<string, string>)}`;
  };

const team = (more: Row) => ({
  ...{ id: unusedId('tea'), account_id: payments.accountId, organization_id: payments.id, name: 'New' },
  ...more,
});
const project = (more: Row) => ({ ...team({ id: unusedId('prj') }), ...more });
const inTeam = (more: Row) => ({
  ...{ team_id: qa, organization_id: payments.id, member_id: ben?.id, role: 'user' },
  ...more,
});
const inProject = (more: Row) => ({
  ...{ project_id: app, account_id: payments.accountId, member_id: ben?.id, role: 'tester' },
  ...more,
});
const offersTeam = (more: Row) => ({ invitation_id: invitationId, team_id: qa, role: 'user', ...more });
const offersProject = (more: Row) => ({
  invitation_id: invitationId,
  project_id: app,
  role: 'tester',
  ...more,
});

const broken: [string, string, () => Write][] = [
  [
    'team_is_of_an_organization_of_the_account',
    'another',
    () => put('team', team({ organization_id: foreign.id })),
  ],
  ['team_name_is_unique_in_organization', 'capitals', () => put('team', team({ name: 'qA' }))],
  ['once_in_a_team', 'twice', () => put('team_member', inTeam({}), inTeam({}))],
  ['team_is_of_that_organization', 'another', () => put('team_member', inTeam({ team_id: far }))],
  ['team_role_is_known', 'another', () => put('team_member', inTeam({ role: 'tester' }))],
  [
    'team_member_is_active_in_the_organization',
    'somebody of another',
    () => put('team_member', inTeam({ member_id: foreign.owner.id })),
  ],
  [
    'team_member_is_active_in_the_organization',
    'somebody who moves and stays',
    () => (tx) => tx`update member set organization_id = ${sister.id} where id = ${ana?.id ?? ''}`,
  ],
  [
    'project_is_of_an_organization_of_the_account',
    'another',
    () => put('project', project({ organization_id: foreign.id })),
  ],
  ['project_is_of_a_team_of_its_organization', 'another', () => put('project', project({ team_id: far }))],
  ['project_name_is_unique_in_organization', 'capitals', () => put('project', project({ name: 'aPP' }))],
  ['once_in_a_project', 'twice', () => put('project_member', inProject({}), inProject({}))],
  [
    'project_is_of_that_account',
    'another',
    () => put('project_member', inProject({ account_id: foreign.accountId })),
  ],
  ['project_role_is_known', 'another', () => put('project_member', inProject({ role: 'user' }))],
  [
    'project_member_is_active_in_the_account',
    'somebody of another',
    () => put('project_member', inProject({ member_id: foreign.owner.id })),
  ],
  ['a_team_is_offered_once', 'twice', () => put('invitation_team', offersTeam({}), offersTeam({}))],
  [
    'offered_team_belongs_to_an_invitation',
    'none',
    () => put('invitation_team', offersTeam({ invitation_id: 'inv_nobody' })),
  ],
  ['offered_team_exists', 'none', () => put('invitation_team', offersTeam({ team_id: 'tea_nobody' }))],
  ['offered_team_role_is_known', 'another', () => put('invitation_team', offersTeam({ role: 'tester' }))],
  [
    'a_project_is_offered_once',
    'twice',
    () => put('invitation_project', offersProject({}), offersProject({})),
  ],
  [
    'offered_project_belongs_to_an_invitation',
    'none',
    () => put('invitation_project', offersProject({ invitation_id: 'inv_nobody' })),
  ],
  [
    'offered_project_exists',
    'none',
    () => put('invitation_project', offersProject({ project_id: 'prj_nobody' })),
  ],
  [
    'offered_project_role_is_known',
    'another',
    () => put('invitation_project', offersProject({ role: 'user' })),
  ],
];

test.each(broken)('the database keeps the rule %s against %s', async (rule, _, write) => {
  expect(await brokenBy(people.sql, write())).toBe(rule);
});

test('every rule on teams and projects it has a name for is one of these', async () => {
  const tables = [
    'team',
    'team_member',
    'project',
    'project_member',
    'invitation_team',
    'invitation_project',
  ];
  const named = await people.sql`
    select conname as name from pg_constraint
    where contype in ('c', 'f', 'u', 'p', 'x') and conrelid::regclass::text = any(${tables})
    union select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indisunique and i.indrelid::regclass::text = any(${tables})`;
  // Targets of foreign keys, which add an id to what is unique already.
  const targets = ['team_of_organization', 'project_of_account'];
  const rules = named
    .map(({ name }) => name)
    .filter((name) => !/_pkey$/.test(name) && !targets.includes(name));
  expect(rules.sort()).toEqual([...new Set(broken.map(([rule]) => rule))].sort());
});

test('a Billing Manager is in no team or project, whichever comes first', async () => {
  const rule = 'billing_manager_is_in_no_team_or_project';
  const becomes: Write = (tx) => tx`update member set role = 'billing-manager' where id = ${ana?.id ?? ''}`;
  expect(await brokenBy(people.sql, becomes)).toBe(rule);
  expect(await brokenBy(people.sql, put('team_member', inTeam({ member_id: bill?.id })))).toBe(rule);
  expect(await brokenBy(people.sql, put('project_member', inProject({ member_id: bill?.id })))).toBe(rule);
  const leaves: Write = async (tx) => {
    await becomes(tx);
    await tx`delete from team_member where member_id = ${ana?.id ?? ''}`;
    await tx`delete from project_member where member_id = ${ana?.id ?? ''}`;
  };
  expect(await brokenBy(people.sql, leaves)).toBe('none');
});

test('of somebody added to a team and made Billing Manager at the same moment, one of the two is refused', async () => {
  const id = ben?.id ?? '';
  const answers = await Promise.allSettled([
    people.sql`insert into team_member ${people.sql(inTeam({}) as Record<string, string>)}`,
    people.sql`update member set role = 'billing-manager' where id = ${id}`,
  ]);
  const reasons = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason.constraint_name] : [],
  );
  expect(reasons).toEqual(['billing_manager_is_in_no_team_or_project']);
});
