import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import type { Event, Happening } from '../events.ts';
import { type Line, lineOf } from '../members/change-lines.ts';
import type { KnownMember } from '../members/known-members.ts';
import type { Obstacle } from '../members/obstacles.ts';
import type { Standing } from '../policy.ts';
import { column } from '../record.ts';
import { type GroupId, type GroupRole, kindOf, tables, topRole } from './group.ts';
import type { Group, readManaged } from './read-group.ts';

/** One person and what they are in a team or project, before (undefined: not in it) and after. */
export interface GroupLine extends Line {
  from?: GroupRole;
  to?: GroupRole;
}

/** What became of each; of somebody with an obstacle nothing. */
export interface GroupResult {
  group: Pick<Group, 'id' | 'kind' | 'name'>;
  lines: GroupLine[];
}

/** A group that the actor manages, with the roles they may give and take there. */
export type ManagedGroup = Awaited<ReturnType<typeof readManaged>>;

/** What these people are in a group; those who are not in it are left out. */
async function rolesIn(
  tx: Transaction,
  groupId: GroupId,
  members: readonly KnownMember[],
): Promise<Map<MemberId, GroupRole>> {
  const { members: table, key } = tables[kindOf(groupId)];
  const rows = await tx.execute<{ id: MemberId; role: GroupRole }>(sql`
    select member_id as id, role from ${table}
    where ${key} = ${groupId} and member_id = any(${sql.param(members.map(({ id }) => id))}::text[])`);
  return new Map(rows.map(({ id, role }) => [id, role]));
}

/** Everybody else who has the highest role in a group: while there is somebody, it can be taken from these. */
async function countOtherTops(
  tx: Transaction,
  groupId: GroupId,
  members: readonly KnownMember[],
): Promise<number> {
  const kind = kindOf(groupId);
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from ${tables[kind].members}
    where ${tables[kind].key} = ${groupId} and role = ${topRole[kind]}
      and member_id <> all(${sql.param(members.map(({ id }) => id))}::text[])`);
  return row?.count ?? 0;
}

/**
 * Decides for each person whether they can have this role in the group (or none: leave it), one after the other, so that
 * of all its Owners together the last one stays Owner.
 */
export async function judgeInGroup(
  tx: Transaction,
  group: ManagedGroup,
  members: readonly KnownMember[],
  wanted: (from: GroupRole | undefined) => GroupRole | undefined,
): Promise<GroupLine[]> {
  const roles = await rolesIn(tx, group.id, members);
  const top = topRole[group.kind];
  let tops = [...roles.values()].filter((role) => role === top).length;
  tops += await countOtherTops(tx, group.id, members);
  return members.map((member) => {
    const from = roles.get(member.id);
    const to = wanted(from);
    const obstacle = from === to ? undefined : obstacleInGroup(group, member, { from, to }, tops);
    if (!obstacle && from === top && to !== top) tops -= 1;
    return { ...lineOf(member, obstacle), ...(from ? { from } : {}), ...(to ? { to } : {}) };
  });
}

function obstacleInGroup(
  group: ManagedGroup,
  member: KnownMember,
  { from, to }: { from: GroupRole | undefined; to: GroupRole | undefined },
  tops: number,
): Obstacle | undefined {
  const { kind, name, grantable, organizationId } = group;
  if (to && member.status !== 'active') return { code: 'not-an-active-member' };
  if (to && kind === 'team' && member.organizationId !== organizationId) {
    return { code: 'not-of-the-organization', group: name, organizationId, organization: group.organization };
  }
  if (to && member.role === 'billing-manager') return { code: 'is-billing-manager' };
  const isAbove = [from, to].some((role) => role && !grantable.includes(role));
  if (isAbove) return { code: 'higher-in-group', group: name, organizationId };
  const top = topRole[kind];
  return from === top && to !== top && tops === 1 ? { code: 'last-in-group', kind, group: name } : undefined;
}

/** Writes what was decided, in two statements for any number of people, and says what happened. */
export async function writeGroupLines(
  tx: Transaction,
  standing: Standing,
  group: Group,
  lines: readonly GroupLine[],
): Promise<Happening[]> {
  const changed = lines.filter(({ obstacle, from, to }) => !obstacle && from !== to);
  const [left, put] = [changed.filter(({ to }) => !to), changed.filter(({ to }) => to)];
  const { group: table, members, key, scope } = tables[group.kind];
  if (left.length > 0) {
    await tx.execute(sql`
      delete from ${members} where ${key} = ${group.id} and member_id = any(${column(left, 'memberId')}::text[])`);
  }
  if (put.length > 0) {
    await tx.execute(sql`
      insert into ${members} (${key}, ${scope}, member_id, role)
      select g.id, g.${scope}, p.member_id, p.role
      from ${table} g, unnest(${column(put, 'memberId')}::text[], ${column(put, 'to')}::text[]) as p (member_id, role)
      where g.id = ${group.id}
      on conflict (${key}, member_id) do update set role = excluded.role`);
  }
  const { accountId, memberId: actorMemberId } = standing;
  const scene = { accountId, organizationId: group.organizationId, actorMemberId };
  return changed.map((line) => ({ ...scene, event: eventOf(group, line) }));
}

function eventOf({ id: groupId, kind }: Group, { memberId, from, to }: GroupLine): Event {
  if (!to) return { name: `${kind}.member-left`, memberId, groupId };
  if (!from) return { name: `${kind}.member-added`, memberId, groupId, role: to };
  return { name: `${kind}.member-role-changed`, memberId, groupId, from, to };
}
