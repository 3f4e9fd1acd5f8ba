import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import { readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { readMembers } from '../members/known-members.ts';
import { operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { type Page, pageOf } from '../search.ts';
import {
  type GroupId,
  type GroupKind,
  type GroupRole,
  groupKinds,
  kindOf,
  tables,
  topRole,
} from './group.ts';
import { type Group, readGroup, readManaged, rolesToGrant } from './read-group.ts';

/** Somebody in a team or project. Their address is for those who manage it. */
export interface PersonInGroup extends Record<string, unknown> {
  memberId: MemberId;
  fullName: string;
  email: string | null;
  organization: string;
  role: GroupRole;
  /** Nobody else answers for it, so they stay what they are in it. */
  isLast: boolean;
}

/** A team or project with one page of its people, by name, and the roles the viewer may give and take there. */
export type ShownGroup = Page<PersonInGroup> & { group: Group; grantable: GroupRole[] };

/** Shows a team or project to those who are in it, and to those who manage it. */
export function showGroup(
  context: Context,
  { groupId, after, size }: { groupId: GroupId; after?: string; size: number },
): Promise<ShownGroup> {
  const kind = kindOf(groupId);
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const group = await readGroup(tx, standing, groupId);
      const grantable = rolesToGrant(standing, group);
      const isTheirs = grantable.length > 0;
      const top = topRole[kind];
      const rows = await tx.execute<PersonInGroup>(sql`
        select m.id as "memberId", m.full_name as "fullName", case when ${isTheirs} then m.email end as email,
          o.name as organization, i.role, i.role = ${top} and (
            select count(*) from ${tables[kind].members} t where t.${tables[kind].key} = ${groupId} and t.role = ${top}) = 1
            as "isLast"
        from ${tables[kind].members} i join member m on m.id = i.member_id
          join organization o on o.id = m.organization_id
        where i.${tables[kind].key} = ${groupId} ${after ? sql`and (m.full_name, m.id) > ${beyond(after)}` : sql``}
        order by m.full_name, m.id limit ${size + 1}`);
      const page = pageOf([...rows], size, (row) => JSON.stringify([row.fullName, row.memberId]));
      return { ...page, group, grantable };
    },
    { action: `${kind}.show`, subject: groupId },
  );
}

function beyond(key: string) {
  const [fullName, id] = JSON.parse(key) as [string, string];
  return sql`(${fullName}, ${id})`;
}

/** Somebody in a group that the actor manages, and the roles they may be given. */
export function showInGroup(
  context: Context,
  { groupId, memberId }: { groupId: GroupId; memberId: MemberId },
): Promise<{ group: Group; memberId: MemberId; fullName: string; role: GroupRole; roles: GroupRole[] }> {
  const kind = kindOf(groupId);
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const { grantable, ...group } = await readManaged(tx, standing, groupId);
      const [member] = await readMembers(tx, standing, [memberId]);
      if (!member) throw new Refusal('member-not-found', {});
      const [row] = await tx.execute<{ role: GroupRole }>(sql`
        select role from ${tables[kind].members} where ${tables[kind].key} = ${groupId} and member_id = ${memberId}`);
      const { fullName } = member;
      if (!row) throw new Refusal('not-in-group', { name: fullName, kind, group: group.name });
      const { role } = row;
      const roles = grantable.includes(role) ? grantable.filter((other) => other !== role) : [];
      return { group: group as Group, memberId, fullName, role, roles };
    },
    { action: `${kind}.show`, subject: groupId },
  );
}

/** A team or project somebody is in, and as what. */
export interface Membership extends Record<string, unknown> {
  id: GroupId;
  kind: GroupKind;
  name: string;
  role: GroupRole;
}

/** The teams and projects in use that a member is in, teams first, by name. */
export async function readMemberships(tx: Transaction, memberId: MemberId): Promise<Membership[]> {
  const of = (kind: GroupKind) => {
    const { group, members, key } = tables[kind];
    return sql`
      select g.id, ${kind}::text as kind, g.name, i.role from ${members} i join ${group} g on g.id = i.${key}
      where i.member_id = ${memberId} and g.archived_at is null`;
  };
  const rows = await tx.execute<Membership>(sql`
    select * from (${sql.join(groupKinds.map(of), sql` union all `)}) as of order by kind desc, name, id`);
  return [...rows];
}
