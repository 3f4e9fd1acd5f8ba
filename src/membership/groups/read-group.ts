import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { OrganizationId } from '../../../db/id.ts';
import { authorize } from '../actor.ts';
import type { InGroup } from '../events.ts';
import { may, reach, type Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import {
  type GroupId,
  type GroupKind,
  type GroupRole,
  groupRoles,
  kindOf,
  managingRoles,
  tables,
} from './group.ts';

/** A team or project, and what the actor is in it. */
export interface Group extends Record<string, unknown> {
  id: GroupId;
  kind: GroupKind;
  name: string;
  organizationId: OrganizationId;
  organization: string;
  /** Of a project: the team it is of. */
  team: string | null;
  archived: boolean;
  /** The actor's own role in it. */
  ownRole: GroupRole | null;
}

/** Selects the teams or projects of the actor's account that fulfil a condition on `g`, `o` (organization) and `i` (the actor in it). */
export function selectGroups({ accountId, memberId }: Standing, kind: GroupKind, condition: SQL): SQL {
  const { group, members, key } = tables[kind];
  const team = kind === 'team' ? sql`null` : sql`(select t.name from team t where t.id = g.team_id)`;
  return sql`
    select g.id, ${kind}::text as kind, g.name, g.organization_id as "organizationId", o.name as organization,
      ${team} as team, g.archived_at is not null as archived, i.role as "ownRole"
    from ${group} g join organization o on o.id = g.organization_id
      left join ${members} i on i.${key} = g.id and i.member_id = ${memberId}
    where g.account_id = ${accountId} and ${condition}`;
}

/** The condition, where `selectGroups` stands, that the actor manages it: by their role in the organization, or in it. */
export function isManaged(standing: Standing): SQL {
  const byRole = sql`i.role = any(${sql.param(managingRoles)}::text[])`;
  switch (reach(standing, 'manage-groups')) {
    case 'all':
      return sql`true`;
    case 'own':
      return sql`(g.organization_id = ${standing.homeId} or coalesce(${byRole}, false))`;
    case 'none':
      return sql`coalesce(${byRole}, false)`;
  }
}

/** The condition, where `selectGroups` stands, that the actor may see it: they manage it, or are in it. */
export function isVisible(standing: Standing): SQL {
  return sql`(${isManaged(standing)} or i.member_id is not null)`;
}

/** A team or project that the actor may see and that is in use; others do not exist for them. */
export async function readGroup(tx: Transaction, standing: Standing, groupId: GroupId): Promise<Group> {
  const kind = kindOf(groupId);
  const condition = sql`g.id = ${groupId} and ${isVisible(standing)}`;
  const [group] = await tx.execute<Group>(selectGroups(standing, kind, condition));
  if (!group) throw new Refusal('group-not-found', { kind, text: '' });
  if (group.archived) throw new Refusal('group-is-archived', { kind, group: group.name });
  return group;
}

/**
 * The same for somebody who changes it, with the roles they may give and take there. The account has to be locked: then
 * neither the group nor who is in it changes meanwhile, except by joining.
 */
export async function readManaged(
  tx: Transaction,
  standing: Standing,
  groupId: GroupId,
): Promise<Group & { grantable: GroupRole[] }> {
  const group = await readGroup(tx, standing, groupId);
  const grantable = rolesToGrant(standing, group);
  if (grantable.length === 0) await authorize(tx, standing, 'manage-groups', group.organizationId);
  return { ...group, grantable };
}

/** Refuses a role that there is none of in a group of this kind: it was neither offered nor typed. */
export function checkRole({ groupId, role }: InGroup): void {
  const kind = kindOf(groupId);
  const roles: readonly GroupRole[] = groupRoles[kind];
  if (!roles.includes(role)) throw new Refusal('group-not-found', { kind, text: '' });
}

/** The roles somebody may give and take in a group, highest first: none above their own. None at all: it is not theirs. */
export function rolesToGrant(
  standing: Standing,
  { kind, ownRole, organizationId }: Pick<Group, 'kind' | 'ownRole' | 'organizationId'>,
): GroupRole[] {
  const roles: readonly GroupRole[] = groupRoles[kind];
  if (may(standing, 'manage-groups', organizationId)) return [...roles];
  return ownRole && managingRoles.includes(ownRole) ? roles.slice(roles.indexOf(ownRole)) : [];
}
