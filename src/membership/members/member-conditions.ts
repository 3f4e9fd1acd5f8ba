import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { groupsOf, hoursIn, productOf, roleOf } from '../filter-values.ts';
import { type GroupId, type GroupKind, tables } from '../groups/group.ts';
import { type Filter, type FilterKey, type ListWords, parseListWords } from '../list-words.ts';
import { type Condition, ofOthers, ofRow, ofText, type Rows } from '../narrow.ts';
import type { OrganizationRole, Standing } from '../policy.ts';
import { asSearched, memberColumns } from '../search.ts';

/** The filters of the list of members. */
export const memberFilters = ['role', 'license', 'team', 'project', 'idle'] as const;
/** The filters of the list of those who have gone. */
export const removedFilters = ['role'] as const;

type Key = (typeof memberFilters)[number];

/** What a list of members is narrowed to: the words as they are understood, and the conditions they mean. */
export interface Narrowing<AnyKey extends FilterKey> {
  words: ListWords<AnyKey>;
  conditions: Condition[];
}

/** The members of the actor's organization in this state: the active by name, of those who have gone who joined last first. */
export function membersOf({ organizationId }: Standing, status: 'active' | 'inactive'): Rows {
  return {
    ...{ table: sql`member`, as: sql`m` },
    // The status is written out, so that the partial indexes on it serve.
    scope: sql`m.organization_id = ${organizationId} and m.status = ${sql.raw(`'${status}'`)}`,
    inOrder:
      status === 'active' ? sql`order by m.full_name, m.id` : sql`order by m.joined_at desc, m.id desc`,
  };
}

/** Reads the words of somebody who looks through the active members; names of products are looked up. */
export async function readMemberWords(
  tx: Transaction,
  standing: Standing,
  search: string,
): Promise<Narrowing<Key>> {
  const { text, filters } = parseListWords(search, memberFilters);
  const rows = membersOf(standing, 'active');
  const found: { condition: Condition; filter: Filter<Key> }[] = [];
  for (const filter of filters) found.push(await readFilter(tx, standing, rows, filter));
  return {
    words: { text, filters: found.map(({ filter }) => filter) },
    conditions: [...textConditions(rows, text), ...found.map(({ condition }) => condition)],
  };
}

/** The same for those who have gone. */
export function readRemovedWords(
  standing: Standing,
  search: string,
): Narrowing<(typeof removedFilters)[number]> {
  const { text, filters } = parseListWords(search, removedFilters);
  const rows = membersOf(standing, 'inactive');
  const roles = filters.map((filter) => ({ ...filter, value: roleOf(filter) }));
  return {
    words: { text, filters: roles },
    conditions: [
      ...textConditions(rows, text),
      ...roles.map(({ value }) => ofRow(rows, sql`m.role = ${value}`, byRole)),
    ],
  };
}

function textConditions(rows: Rows, text: string): Condition[] {
  return asSearched(text) === '' ? [] : [ofText(rows, text, memberColumns)];
}

const byRole = sql`order by m.id`;

async function readFilter(
  tx: Transaction,
  standing: Standing,
  rows: Rows,
  filter: Filter<Key>,
): Promise<{ condition: Condition; filter: Filter<Key> }> {
  switch (filter.key) {
    case 'role': {
      const value = roleOf(filter);
      return { condition: hasRole(standing, rows, value), filter: { key: 'role', value } };
    }
    case 'license': {
      const { id, name } = await productOf(tx, standing, filter);
      const holds = sql`exists (select from license_assignment l where l.member_id = m.id and l.product_id = ${id})`;
      const ids = sql`select l.member_id as id from license_assignment l
        where l.organization_id = ${standing.organizationId} and l.product_id = ${id} and l.member_id is not null
        order by l.member_id`;
      return { condition: ofOthers(holds, ids), filter: { key: 'license', value: name } };
    }
    case 'team':
    case 'project': {
      const { ids, name } = await groupsOf(tx, standing, filter, filter.key);
      return { condition: isIn(filter.key, ids), filter: { key: filter.key, value: name } };
    }
    case 'idle': {
      const holds = sql`m.last_access_at < now() - make_interval(hours => ${hoursIn(filter)}::int)`;
      return { condition: ofRow(rows, holds, sql`order by m.last_access_at`), filter };
    }
  }
}

/** Whether somebody is in one of these teams or projects. */
function isIn(kind: GroupKind, ids: readonly GroupId[]): Condition {
  const { members, key } = tables[kind];
  const isTheirs = sql`g.${key} = any(${sql.param(ids)}::text[])`;
  return ofOthers(
    sql`exists (select from ${members} g where g.member_id = m.id and ${isTheirs})`,
    sql`select g.member_id as id from ${members} g where ${isTheirs} order by g.${key}, g.member_id`,
  );
}

/** The Owner is nobody's role but the organization's pointer, whatever role is stored for them. */
function hasRole({ organizationId }: Standing, rows: Rows, role: OrganizationRole): Condition {
  const owner = sql`(select owner_member_id from organization where id = ${organizationId})`;
  if (role === 'owner') return ofRow(rows, sql`m.id = ${owner}`);
  return ofRow(rows, sql`m.role = ${role} and m.id <> ${owner}`, byRole);
}
