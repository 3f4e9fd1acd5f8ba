import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AccountId, InvitationId, MemberId, OrganizationId, ProjectId, TeamId } from './id.ts';
import { invitation, moment, name, oneOf, organization } from './schema.ts';

// What drizzle cannot say of these tables (the deferred keys to members, and that a Billing Manager is in none of them)
// is at the end of the migration that made them.

/** Highest first. */
export const teamRoles = ['owner', 'admin', 'user'] as const;
/** Highest first. */
export const projectRoles = ['project-admin', 'test-lead', 'tester', 'member'] as const;

export type TeamRole = (typeof teamRoles)[number];
export type ProjectRole = (typeof projectRoles)[number];

/** A group inside an organization, of members of it only. An archived one is kept and shown nowhere. */
export const team = pgTable(
  'team',
  {
    id: text('id').$type<TeamId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    name: name('name').notNull(),
    archivedAt: moment('archived_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: 'team_is_of_an_organization_of_the_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    unique('team_of_organization').on(t.id, t.organizationId),
    uniqueIndex('team_name_is_unique_in_organization')
      .on(t.organizationId, sql`lower(name)`)
      .where(sql`archived_at is null`),
    index('teams_by_name').on(t.accountId, t.name, t.id).where(sql`archived_at is null`),
  ],
);

/** Who is in a team, and as what. */
export const teamMember = pgTable(
  'team_member',
  {
    teamId: text('team_id').$type<TeamId>().notNull(),
    /** The organization of the team, and the home of the member. */
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    memberId: text('member_id').$type<MemberId>().notNull(),
    /** Always 'active': lets the key to member say that only active members are in teams. */
    memberStatus: text('member_status').notNull().generatedAlwaysAs(sql`'active'::text`),
    role: text('role').$type<TeamRole>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'once_in_a_team', columns: [t.teamId, t.memberId] }),
    index('teams_of_member').on(t.memberId),
    foreignKey({
      name: 'team_is_of_that_organization',
      columns: [t.teamId, t.organizationId],
      foreignColumns: [team.id, team.organizationId],
    }),
    check('team_role_is_known', oneOf('role', teamRoles)),
  ],
);

/** Something an organization works on, optionally of one of its teams; open to people of the whole account. */
export const project = pgTable(
  'project',
  {
    id: text('id').$type<ProjectId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    teamId: text('team_id').$type<TeamId>(),
    name: name('name').notNull(),
    archivedAt: moment('archived_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: 'project_is_of_an_organization_of_the_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    foreignKey({
      name: 'project_is_of_a_team_of_its_organization',
      columns: [t.teamId, t.organizationId],
      foreignColumns: [team.id, team.organizationId],
    }),
    unique('project_of_account').on(t.id, t.accountId),
    uniqueIndex('project_name_is_unique_in_organization')
      .on(t.organizationId, sql`lower(name)`)
      .where(sql`archived_at is null`),
    index('projects_by_name').on(t.accountId, t.name, t.id).where(sql`archived_at is null`),
  ],
);

/** Who is in a project, and as what. */
export const projectMember = pgTable(
  'project_member',
  {
    projectId: text('project_id').$type<ProjectId>().notNull(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    memberId: text('member_id').$type<MemberId>().notNull(),
    /** Always 'active': lets the key to member say that only active members are in projects. */
    memberStatus: text('member_status').notNull().generatedAlwaysAs(sql`'active'::text`),
    role: text('role').$type<ProjectRole>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'once_in_a_project', columns: [t.projectId, t.memberId] }),
    index('projects_of_member').on(t.memberId),
    foreignKey({
      name: 'project_is_of_that_account',
      columns: [t.projectId, t.accountId],
      foreignColumns: [project.id, project.accountId],
    }),
    check('project_role_is_known', oneOf('role', projectRoles)),
  ],
);

/** The teams an invitation brings. A team that is archived meanwhile is left out on joining. */
export const invitationTeam = pgTable(
  'invitation_team',
  {
    invitationId: text('invitation_id').$type<InvitationId>().notNull(),
    teamId: text('team_id').$type<TeamId>().notNull(),
    role: text('role').$type<TeamRole>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'a_team_is_offered_once', columns: [t.invitationId, t.teamId] }),
    index('offers_of_team').on(t.teamId, t.invitationId),
    foreignKey({
      name: 'offered_team_belongs_to_an_invitation',
      columns: [t.invitationId],
      foreignColumns: [invitation.id],
    }),
    foreignKey({ name: 'offered_team_exists', columns: [t.teamId], foreignColumns: [team.id] }),
    check('offered_team_role_is_known', oneOf('role', teamRoles)),
  ],
);

/** The projects an invitation brings. */
export const invitationProject = pgTable(
  'invitation_project',
  {
    invitationId: text('invitation_id').$type<InvitationId>().notNull(),
    projectId: text('project_id').$type<ProjectId>().notNull(),
    role: text('role').$type<ProjectRole>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'a_project_is_offered_once', columns: [t.invitationId, t.projectId] }),
    index('offers_of_project').on(t.projectId, t.invitationId),
    foreignKey({
      name: 'offered_project_belongs_to_an_invitation',
      columns: [t.invitationId],
      foreignColumns: [invitation.id],
    }),
    foreignKey({ name: 'offered_project_exists', columns: [t.projectId], foreignColumns: [project.id] }),
    check('offered_project_role_is_known', oneOf('role', projectRoles)),
  ],
);
