import { sql } from 'drizzle-orm';
import { isId, type ProjectId, type TeamId } from '../../../db/id.ts';
import { type ProjectRole, projectRoles, type TeamRole, teamRoles } from '../../../db/team-schema.ts';

/** Teams and projects work alike: people are in them with a role. What holds for both is said of groups. */
export const groupKinds = ['team', 'project'] as const;

export type GroupKind = (typeof groupKinds)[number];
export type GroupId = TeamId | ProjectId;
export type GroupRole = TeamRole | ProjectRole;

/** The roles of each kind, highest first. */
export const groupRoles = { team: teamRoles, project: projectRoles } as const satisfies Record<
  GroupKind,
  readonly GroupRole[]
>;

/** What people get who are added without a role. */
export const usualRole = { team: 'user', project: 'tester' } as const satisfies Record<GroupKind, GroupRole>;

/** The role of whoever made it; there is always somebody with it. */
export const topRole = { team: 'owner', project: 'project-admin' } as const satisfies Record<
  GroupKind,
  GroupRole
>;

/** The roles that manage a team or project: they change it, and who is in it. */
export const managingRoles: readonly GroupRole[] = ['owner', 'admin', 'project-admin'];

/** Every role there is in a team or a project. */
export const allGroupRoles = [...teamRoles, ...projectRoles] as const;

/** Whether text from outside has the form of the id of a team or project. */
export function isGroupId(text: unknown): text is GroupId {
  return isId('tea', text) || isId('prj', text);
}

/** What an id is the id of. */
export function kindOf(id: GroupId): GroupKind {
  return id.startsWith('tea_') ? 'team' : 'project';
}

/** Where each kind is kept: the table of it, the one of its members, and the column by which they point to it. */
export const tables = {
  team: { group: sql`team`, members: sql`team_member`, key: sql`team_id`, scope: sql`organization_id` },
  project: {
    group: sql`project`,
    members: sql`project_member`,
    key: sql`project_id`,
    scope: sql`account_id`,
  },
} as const;
