import { sql } from 'drizzle-orm';
import { readStanding } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { may, type Standing } from '../policy.ts';
import { anywherePattern, asSearched, type Page, pageOf } from '../search.ts';
import { type GroupId, type GroupKind, type GroupRole, tables } from './group.ts';
import { type Group, isManaged, isVisible, rolesToGrant, selectGroups } from './read-group.ts';

/** A team or project in a list: how many people are in it, and whether the viewer manages it. */
export interface ListedGroup extends Group {
  people: number;
  managed: boolean;
}

/** One page of teams or projects, and whether the viewer may make one, and be in one. */
export type GroupList = Page<ListedGroup> & { organization: string; mayCreate: boolean; mayBeIn: boolean };

/** The teams or projects the actor may see, by name: of the organization it is about, and at home those elsewhere that they are in. */
export function listGroups(
  context: Context,
  input: { kind: GroupKind; search?: string; after?: string; size: number },
): Promise<GroupList> {
  const { kind, search, after, size } = input;
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const { organization, organizationId } = standing;
      const isHere = sql`(g.organization_id = ${organizationId} or (${!standing.named} and i.member_id is not null))`;
      const matches = search ? sql`and lower(g.name) like ${anywherePattern(asSearched(search))}` : sql``;
      const beyond = after ? sql`and (g.name, g.id) > ${keyOf(after)}` : sql``;
      const { members, key } = tables[kind];
      const rows = await tx.execute<Group & { people: number }>(sql`
        select p.*, (select count(*)::int from ${members} c where c.${key} = p.id) as people from (
          ${selectGroups(standing, kind, sql`g.archived_at is null and ${isHere} and ${isVisible(standing)} ${matches} ${beyond}`)}
          order by g.name, g.id limit ${size + 1}) as p order by p.name, p.id`);
      const listed = rows.map((row) => ({ ...row, managed: rolesToGrant(standing, row).length > 0 }));
      return {
        ...pageOf(listed, size, ({ name, id }) => JSON.stringify([name, id])),
        organization,
        mayCreate: may(standing, 'manage-groups', organizationId),
        mayBeIn: standing.role !== 'billing-manager',
      };
    },
    { action: `${kind}.list` },
  );
}

function keyOf(key: string) {
  const [name, id] = JSON.parse(key) as [string, string];
  return sql`(${cleanLine(name, 200)}, ${id})`;
}

/** The most teams or projects that one form offers for choosing. */
export const mostChoices = 100;

/** Teams or projects to choose from, and whether there are more than one form can offer. */
export interface GroupChoices {
  groups: Group[];
  more: boolean;
  /** The roles the actor may give in at least one of them, highest first. */
  roles: GroupRole[];
}

/** The teams or projects the actor may put people into, by name: `first`, then those of the organization it is about. */
export function listManaged(
  context: Context,
  { kind, first }: { kind: GroupKind; first?: GroupId },
): Promise<GroupChoices> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const { organizationId } = standing;
      const rows = await tx.execute<Group>(sql`
        ${selectGroups(standing, kind, sql`g.archived_at is null and ${isManaged(standing)}`)}
        order by g.id = ${first ?? null} desc nulls last, g.organization_id <> ${organizationId}, g.name, g.id limit ${mostChoices + 1}`);
      const groups = rows.slice(0, mostChoices);
      return { groups, more: rows.length > mostChoices, roles: rolesIn(standing, groups) };
    },
    { action: `${kind}.list` },
  );
}

/** What somebody may give in one group at least: of two lists that go down from a role, the longer one. */
function rolesIn(standing: Standing, groups: readonly Group[]): GroupRole[] {
  const lists = groups.map((group) => rolesToGrant(standing, group));
  return lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
}
