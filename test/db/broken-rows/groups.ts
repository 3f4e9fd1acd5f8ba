import { audit, type Breakage, invitation } from './planted.ts';

/** Somebody in a team, as it should be but for what is named. */
const inTeam = (member: string, more: { team?: string; role?: string; organization?: string } = {}) => {
  const { team = '{team QA}', role = 'user', organization = '{organization Payments}' } = more;
  return [
    `insert into team_member (team_id, organization_id, member_id, role)
      values ('${team}', '${organization}', '${member}', '${role}')`,
    audit('team.member-added', member, { data: { groupId: '{team QA}' } }),
  ];
};

const inProject = (member: string, more: { role?: string; account?: string } = {}) => {
  const { role = 'tester', account = '{account Payments}' } = more;
  return [
    `insert into project_member (project_id, account_id, member_id, role)
      values ('{project App}', '${account}', '${member}', '${role}')`,
    audit('project.member-added', member, { data: { groupId: '{project App}' } }),
  ];
};

const group = (kind: 'team' | 'project', more: string, values: string) =>
  `insert into ${kind} (id, account_id, organization_id, name${more})
    values ('planted', '{account Payments}', ${values})`;

/** Put away, so that it needs nobody who answers for it. */
const away = ', archived_at';

/** Teams and projects that break a rule. */
export const brokenGroups: Record<string, Breakage[]> = {
  'A team is of an organization of its account, a project too, and if of a team, of one of that organization':
    [
      [
        'a team of an organization of another account',
        'planted',
        'alter table team drop constraint team_is_of_an_organization_of_the_account',
        group('team', away, `'{organization Shipping}', 'X', now()`),
      ],
      [
        'a project of a team of another organization',
        'planted',
        'alter table project drop constraint project_is_of_a_team_of_its_organization',
        group('project', `, team_id${away}`, `'{organization Payments}', 'X', 'tea_nobody', now()`),
      ],
    ],
  'No two teams of an organization that are in use have one name, and no two projects': (
    ['team', 'project'] as const
  ).map(
    (kind): Breakage => [
      `two ${kind}s, one in capitals`,
      '{organization Payments}',
      `drop index ${kind}_name_is_unique_in_organization`,
      `update ${kind} set name = '${kind === 'team' ? 'qa' : 'app'}' where id = '{${kind} Left}'`,
    ],
  ),
  'Whoever is in a team is an active member of its organization, once, with a role there is': [
    [
      'somebody who has gone',
      '{member lea}',
      'alter table team_member drop constraint team_member_is_active_in_the_organization',
      ...inTeam('{member lea}'),
    ],
    [
      'a role there is not',
      '{member vic}',
      'alter table team_member drop constraint team_role_is_known',
      `update team_member set role = 'boss' where member_id = '{member vic}'`,
    ],
    [
      'twice',
      '{member vic}',
      'alter table team_member drop constraint once_in_a_team',
      ...inTeam('{member vic}'),
    ],
  ],
  'Whoever is in a project is an active member of its account, once, with a role there is': [
    [
      'somebody who has gone',
      '{member lea}',
      'alter table project_member drop constraint project_member_is_active_in_the_account',
      ...inProject('{member lea}'),
    ],
    [
      'a role there is not',
      '{member vic}',
      'alter table project_member drop constraint project_role_is_known',
      `update project_member set role = 'boss' where member_id = '{member vic}'`,
    ],
    [
      'twice',
      '{member vic}',
      'alter table project_member drop constraint once_in_a_project',
      ...inProject('{member vic}'),
    ],
  ],
  'A Billing Manager is in no team or project': [
    [
      'in a team',
      '{member xan}',
      'drop trigger billing_manager_is_in_no_team on team_member',
      ...inTeam('{member xan}'),
    ],
    [
      'in a project',
      '{member xan}',
      'drop trigger billing_manager_is_in_no_project on project_member',
      ...inProject('{member xan}'),
    ],
  ],
  'Every team in use has an Owner, and every project a Project Admin': [
    ['no Owner', '{team QA}', `update team_member set role = 'admin' where team_id = '{team QA}'`],
    [
      'no Project Admin',
      '{project App}',
      `update project_member set role = 'test-lead' where project_id = '{project App}'`,
    ],
  ],
  'An invitation brings teams of its organization and projects of its account, in roles there are, each once':
    [
      [
        'a team of another organization',
        '{team QA}',
        `insert into invitation_team (invitation_id, team_id, role) values ('{invitation iris}', '{team QA}', 'user')`,
      ],
      [
        'a project of another account',
        '{project App}',
        `insert into invitation_project (invitation_id, project_id, role)
        values ('{invitation iris}', '{project App}', 'tester')`,
      ],
      [
        'a role there is not',
        '{team QA}',
        'alter table invitation_team drop constraint offered_team_role_is_known',
        `insert into invitation_team (invitation_id, team_id, role) values ('{invitation dora}', '{team QA}', 'boss')`,
      ],
    ],
  'Nobody is invited as Billing Manager into a team or project': [
    [
      'a team',
      'inv_planted',
      ...invitation({ role: 'billing-manager' }),
      `insert into invitation_team (invitation_id, team_id, role) values ('inv_planted', '{team QA}', 'user')`,
    ],
  ],
  'Everybody in a team or project was added to it, or it passed to them, by the audit log': [
    ['in a team from nowhere', '{member adam}', inTeam('{member adam}')[0] ?? ''],
    ['in a project from nowhere', '{member adam}', inProject('{member adam}')[0] ?? ''],
  ],
  'What the audit log says of teams and projects is of members, teams and projects of the account': [
    [
      'a team nobody has',
      'tea_nobody',
      audit('team.archived', 'tea_nobody', { data: { groupId: 'tea_nobody' } }),
    ],
    [
      'a member of another account',
      '{member bea}',
      audit('project.member-left', '{member bea}', { data: { groupId: '{project App}' } }),
    ],
  ],
};
