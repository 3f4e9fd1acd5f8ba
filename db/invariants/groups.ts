import type { Invariant } from './invariant.ts';

/** Teams and projects, who is in them, and what invitations bring. */
export const groupInvariants: readonly Invariant[] = [
  {
    rule: 'A team is of an organization of its account, a project too, and if of a team, of one of that organization',
    query: `
      select g.id from (
        select id, account_id, organization_id, null as team_id from team
        union all select id, account_id, organization_id, team_id from project) as g
      left join organization o on o.id = g.organization_id and o.account_id = g.account_id
      left join team t on t.id = g.team_id and t.organization_id = g.organization_id
      where o.id is null or (g.team_id is not null and t.id is null)`,
  },
  {
    rule: 'No two teams of an organization that are in use have one name, and no two projects',
    query: `
      select 'team' as kind, organization_id as organization, min(id) as first from team
      where archived_at is null group by organization_id, lower(name) having count(*) > 1
      union all
      select 'project', organization_id, min(id) from project
      where archived_at is null group by organization_id, lower(name) having count(*) > 1`,
  },
  {
    rule: 'Whoever is in a team is an active member of its organization, once, with a role there is',
    query: `
      select i.team_id as team, i.member_id as member from team_member i
      left join team t on t.id = i.team_id and t.organization_id = i.organization_id
      left join member m on m.id = i.member_id and m.organization_id = i.organization_id and m.status = 'active'
      where t.id is null or m.id is null or i.role not in ('owner', 'admin', 'user')
      union all
      select team_id, member_id from team_member group by team_id, member_id having count(*) > 1`,
  },
  {
    rule: 'Whoever is in a project is an active member of its account, once, with a role there is',
    query: `
      select i.project_id as project, i.member_id as member from project_member i
      left join project p on p.id = i.project_id and p.account_id = i.account_id
      left join member m on m.id = i.member_id and m.account_id = i.account_id and m.status = 'active'
      where p.id is null or m.id is null or i.role not in ('project-admin', 'test-lead', 'tester', 'member')
      union all
      select project_id, member_id from project_member group by project_id, member_id having count(*) > 1`,
  },
  {
    rule: 'A Billing Manager is in no team or project',
    query: `
      select m.id as member, i.id as is_in from member m
      join (select team_id as id, member_id from team_member union all select project_id, member_id from project_member)
        as i on i.member_id = m.id
      where m.role = 'billing-manager'`,
  },
  {
    rule: 'Every team in use has an Owner, and every project a Project Admin',
    query: `
      select g.id from team g where g.archived_at is null
        and not exists (select from team_member i where i.team_id = g.id and i.role = 'owner')
      union all
      select g.id from project g where g.archived_at is null
        and not exists (select from project_member i where i.project_id = g.id and i.role = 'project-admin')`,
  },
  {
    rule: 'An invitation brings teams of its organization and projects of its account, in roles there are, each once',
    query: `
      select i.id as invitation, l.team_id as brings from invitation_team l join invitation i on i.id = l.invitation_id
      left join team t on t.id = l.team_id and t.organization_id = i.organization_id
      where t.id is null or l.role not in ('owner', 'admin', 'user')
      union all
      select i.id, l.project_id from invitation_project l join invitation i on i.id = l.invitation_id
      left join project p on p.id = l.project_id and p.account_id = i.account_id
      where p.id is null or l.role not in ('project-admin', 'test-lead', 'tester', 'member')
      union all
      select invitation_id, team_id from invitation_team group by invitation_id, team_id having count(*) > 1
      union all
      select invitation_id, project_id from invitation_project group by invitation_id, project_id having count(*) > 1`,
  },
  {
    rule: 'Nobody is invited as Billing Manager into a team or project',
    query: `
      select i.id as invitation, l.id as brings from invitation i
      join (select team_id as id, invitation_id from invitation_team
        union all select project_id, invitation_id from invitation_project) as l on l.invitation_id = i.id
      where i.role = 'billing-manager'`,
  },
  {
    rule: 'Everybody in a team or project was added to it, or it passed to them, by the audit log',
    query: `
      select i.id as is_in, i.member_id as member from (
        select team_id as id, member_id from team_member union all select project_id, member_id from project_member) as i
      where not exists (
        select from audit_event e where e.subject = i.member_id and e.refusal is null
          and e.action in ('team.member-added', 'project.member-added') and e.data ->> 'groupId' = i.id)
      and not exists (
        select from audit_event e where e.subject = i.id and e.refusal is null
          and e.action in ('team.passed', 'project.passed') and e.data ->> 'to' = i.member_id)`,
  },
  {
    rule: 'What the audit log says of teams and projects is of members, teams and projects of the account',
    query: `
      with groups as (select id, account_id from team union all select id, account_id from project)
      select e.id as audit_event, e.action, e.subject from audit_event e
      where e.refusal is null and e.action ~ '^(team|project)[.](created|renamed|archived|passed|member-.*)$' and (
        not exists (select from groups g where g.id = e.data ->> 'groupId' and g.account_id = e.account_id)
        or (e.action ~ 'member-' and not exists (
          select from member m where m.id = e.subject and m.account_id = e.account_id)))`,
  },
];
