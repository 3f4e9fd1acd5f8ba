import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId, OrganizationId } from '../../../db/id.ts';
import type { Happening } from '../events.ts';
import type { Standing } from '../policy.ts';
import { type GroupId, type GroupKind, groupKinds, tables, topRole } from './group.ts';

/** A team or project that somebody leaves; archived ones are left too, without a word. */
export interface LeftGroup {
  memberId: MemberId;
  groupId: GroupId;
  kind: GroupKind;
  name: string;
  organizationId: OrganizationId;
  /** The Owner of its organization, when nobody else can answer for it: they do from now on. */
  heir: { id: MemberId; fullName: string } | null;
}

/** Of the rows of `l` (id, member_id, role) those in use, as `LeftGroup`s; `members` are all who leave together. */
function leftRows(kind: GroupKind, memberIds: readonly MemberId[]): SQL {
  const { group, members, key } = tables[kind];
  return sql`
    select l.member_id as "memberId", g.id as "groupId", ${kind}::text as kind, g.name,
      g.organization_id as "organizationId",
      case when l.role = ${topRole[kind]} and not exists (
          select from ${members} t where t.${key} = g.id and t.role = ${topRole[kind]}
            and t.member_id <> all(${sql.param(memberIds)}::text[]))
        then jsonb_build_object('id', h.id, 'fullName', h.full_name) end as heir
    from l join ${group} g on g.id = l.id and g.archived_at is null
      join organization o on o.id = g.organization_id join member h on h.id = o.owner_member_id`;
}

/** Selects what these members are in and would leave, as `LeftGroup`s. */
function selectMemberships(memberIds: readonly MemberId[], kinds = groupKinds as readonly GroupKind[]): SQL {
  const of = (kind: GroupKind) => {
    const { members, key } = tables[kind];
    return sql`(with l as (
      select ${key} as id, member_id, role from ${members} where member_id = any(${sql.param(memberIds)}::text[]))
      ${leftRows(kind, memberIds)})`;
  };
  return sql`${sql.join(kinds.map(of), sql` union all `)} order by kind desc, name, "groupId"`;
}

/** The part of a statement that has, under the `id` of each of them, all `groups` they would leave. */
export function membershipsByMember(
  memberIds: readonly MemberId[],
  kinds = groupKinds as readonly GroupKind[],
): SQL {
  return sql`memberships as materialized (
    select g."memberId" as id, jsonb_agg(to_jsonb(g)) as groups
    from (${selectMemberships(memberIds, kinds)}) as g group by 1)`;
}

/** What these members are in and would leave, if all of them did. */
export async function findMemberships(tx: Transaction, memberIds: readonly MemberId[]): Promise<LeftGroup[]> {
  return [...(await tx.execute<LeftGroup & Record<string, unknown>>(selectMemberships(memberIds)))];
}

/**
 * The parts of a statement by which these members leave every team, and every project where `kinds` says so: what nobody
 * else answers for passes to the Owner of its organization, who must not be among them. `left_groups` of it are
 * `LeftGroup`s. The account has to be locked.
 */
export function leaving(memberIds: readonly MemberId[], kinds = groupKinds as readonly GroupKind[]): SQL {
  const of = (kind: GroupKind) => {
    const { group, members, key, scope } = tables[kind];
    const left = sql.raw(`left_${kind}s`);
    return sql`
      ${left} as (with l as (
          select ${key} as id, member_id, role from ${members} where member_id = any(${sql.param(memberIds)}::text[]))
        ${leftRows(kind, memberIds)}),
      ${sql.raw(`gone_${kind}s`)} as (delete from ${members} where member_id = any(${sql.param(memberIds)}::text[])),
      ${sql.raw(`passed_${kind}s`)} as (
        insert into ${members} (${key}, ${scope}, member_id, role)
        select distinct g.id, g.${scope}, left_one.heir ->> 'id', ${topRole[kind]}
        from ${left} as left_one join ${group} g on g.id = left_one."groupId" where left_one.heir is not null
        on conflict (${key}, member_id) do update set role = excluded.role)`;
  };
  const all = kinds.map((kind) => sql`select * from ${sql.raw(`left_${kind}s`)}`);
  return sql`${sql.join(kinds.map(of), sql`, `)}, left_groups as (${sql.join(all, sql` union all `)})`;
}

/** What happened to the groups that were left: who left, and to whom they passed. */
export function whatWasLeft(
  { accountId, memberId: actorMemberId }: Standing,
  left: readonly LeftGroup[],
): Happening[] {
  return left.flatMap(({ memberId, groupId, kind, organizationId, heir }): Happening[] => {
    const scene = { accountId, organizationId, actorMemberId };
    const went: Happening = { ...scene, event: { name: `${kind}.member-left`, memberId, groupId } };
    if (!heir) return [went];
    return [went, { ...scene, event: { name: `${kind}.passed`, groupId, from: memberId, to: heir.id } }];
  });
}
