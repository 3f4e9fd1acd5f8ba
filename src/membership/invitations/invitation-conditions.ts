import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { deliveriesOf, groupsOf, invitedRoleOf, isYes, productOf } from '../filter-values.ts';
import { type GroupId, type GroupKind, tables } from '../groups/group.ts';
import { type Filter, type ListWords, parseListWords } from '../list-words.ts';
import { type Condition, ofOthers, ofRow, ofText, type Rows } from '../narrow.ts';
import type { Standing } from '../policy.ts';
import { asSearched } from '../search.ts';

/** The filters of the list of pending invitations. */
export const pendingFilters = ['role', 'license', 'team', 'project', 'expired', 'delivery'] as const;

type Key = (typeof pendingFilters)[number];

const newestFirst = sql`order by i.id desc`;

/** The pending invitations of the actor's organization, newest first. */
export function pendingOf({ organizationId }: Standing): Rows {
  return {
    ...{ table: sql`invitation`, as: sql`i` },
    scope: sql`i.organization_id = ${organizationId} and i.status = 'pending'`,
    inOrder: newestFirst,
  };
}

/** Reads the words of somebody who looks through the pending invitations; names of products are looked up. */
export async function readPendingWords(
  tx: Transaction,
  standing: Standing,
  search: string,
): Promise<{ words: ListWords<Key>; conditions: Condition[] }> {
  const { text, filters } = parseListWords(search, pendingFilters);
  const rows = pendingOf(standing);
  const conditions: Condition[] = [];
  if (asSearched(text) !== '') {
    conditions.push(ofText(rows, text, { anywhere: sql`i.email`, prefix: sql`i.email` }));
  }
  const understood: Filter<Key>[] = [];
  for (const filter of filters) {
    const { condition, value } = await readFilter(tx, standing, rows, filter);
    conditions.push(condition);
    understood.push({ key: filter.key, value });
  }
  // What an invitation brought is kept after its answer: beside what is pending, old ones never stand in the way.
  if (conditions.some((each) => !each.rows)) conditions.push(ofRow(rows, sql`true`, newestFirst));
  return { words: { text, filters: understood }, conditions };
}

async function readFilter(
  tx: Transaction,
  standing: Standing,
  rows: Rows,
  filter: Filter<Key>,
): Promise<{ condition: Condition; value: string }> {
  switch (filter.key) {
    case 'role': {
      const role = invitedRoleOf(filter);
      return { condition: ofRow(rows, sql`i.role = ${role}`, newestFirst), value: role };
    }
    case 'license': {
      const { id, name } = await productOf(tx, standing, filter);
      const holds = sql`exists (select from invitation_license l where l.invitation_id = i.id and l.product_id = ${id})`;
      const ids = sql`select l.invitation_id as id from invitation_license l where l.product_id = ${id}
        order by l.invitation_id desc`;
      return { condition: ofOthers(holds, ids), value: name };
    }
    case 'team':
    case 'project': {
      const { ids, name } = await groupsOf(tx, standing, filter, filter.key);
      return { condition: brings(filter.key, ids), value: name };
    }
    case 'expired': {
      const isExpired = isYes(filter);
      const holds = isExpired ? sql`i.expires_at <= now()` : sql`i.expires_at > now()`;
      const inOrder = isExpired ? sql`order by i.expires_at desc` : sql`order by i.expires_at`;
      return { condition: ofRow(rows, holds, inOrder), value: isExpired ? 'yes' : 'no' };
    }
    case 'delivery': {
      const states = deliveriesOf(filter);
      const holds = sql`i.delivery = any(${sql.param(states)}::text[])`;
      return { condition: ofRow(rows, holds, sql`order by i.delivery`), value: filter.value.toLowerCase() };
    }
  }
}

const offers = { team: sql`invitation_team`, project: sql`invitation_project` };

/** Whether an invitation brings one of these teams or projects. */
function brings(kind: GroupKind, groupIds: readonly GroupId[]): Condition {
  const { key } = tables[kind];
  const isOffered = sql`g.${key} = any(${sql.param(groupIds)}::text[])`;
  return ofOthers(
    sql`exists (select from ${offers[kind]} g where g.invitation_id = i.id and ${isOffered})`,
    sql`select g.invitation_id as id from ${offers[kind]} g where ${isOffered} order by g.invitation_id desc`,
  );
}
