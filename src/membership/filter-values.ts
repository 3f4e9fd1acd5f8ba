import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { ProductId } from '../../db/id.ts';
import { type DeliveryState, storedRoles } from '../../db/schema.ts';
import { type GroupId, type GroupKind, tables } from './groups/group.ts';
import { type Filter, refuseValue } from './list-words.ts';
import type { OrganizationRole, Standing } from './policy.ts';

const roleWords = ['owner', 'admin', 'billing', 'user'];

/** The role a filter names. */
export function roleOf(filter: Filter): OrganizationRole {
  const typed = filter.value.toLowerCase().replace(/^billing\b.*$/, 'billing-manager');
  const role = (['owner', ...storedRoles] as const).find((known) => known === typed);
  if (!role) throw refuseValue(filter, roleWords);
  return role;
}

/** The role an invitation can carry; nobody is invited as Owner. */
export function invitedRoleOf(filter: Filter): Exclude<OrganizationRole, 'owner'> {
  const role = roleOf(filter);
  if (role === 'owner') throw refuseValue(filter, roleWords.slice(1));
  return role;
}

const hoursOf = { h: 1, d: 24, w: 7 * 24 } as const;

/** A length of time such as `12h`, `30d` or `8w`, in hours; ten years at most. */
export function hoursIn(filter: Filter): number {
  const [, count, unit] = /^(\d{1,5})([hdw])$/i.exec(filter.value) ?? [];
  const hours = Number(count) * (hoursOf[unit?.toLowerCase() as keyof typeof hoursOf] ?? Number.NaN);
  if (!(hours > 0 && hours <= 10 * 366 * 24))
    throw refuseValue(filter, ['12h', '30d', '8w'], { examples: true });
  return hours;
}

/** Whether a filter says yes or no. */
export function isYes(filter: Filter): boolean {
  const typed = filter.value.toLowerCase();
  if (typed !== 'yes' && typed !== 'no') throw refuseValue(filter, ['yes', 'no']);
  return typed === 'yes';
}

const deliveries: Record<string, readonly DeliveryState[]> = {
  sending: ['sending'],
  delivered: ['delivered'],
  failed: ['unreachable', 'refused'],
};

/** What became of the message an invitation was sent with, as a filter names it. */
export function deliveriesOf(filter: Filter): readonly DeliveryState[] {
  const states = deliveries[filter.value.toLowerCase()];
  if (!states) throw refuseValue(filter, Object.keys(deliveries));
  return states;
}

/** The product a filter names, and how its name is spelled. */
export async function productOf(
  tx: Transaction,
  { accountId }: Standing,
  filter: Filter,
): Promise<{ id: ProductId; name: string }> {
  const products = await tx.execute<{ id: ProductId; name: string }>(sql`
    select id, name from license_product where account_id = ${accountId} order by retired, name`);
  const typed = filter.value.toLowerCase();
  const product = products.find(({ name }) => name.toLowerCase() === typed);
  if (product) return product;
  throw refuseValue(
    filter,
    products.map(({ name }) => name),
  );
}

/** The teams or projects a filter names: those of the organization, and projects of the whole account. */
export async function groupsOf(
  tx: Transaction,
  { accountId, organizationId }: Standing,
  filter: Filter,
  kind: GroupKind,
): Promise<{ ids: GroupId[]; name: string }> {
  const scope = kind === 'team' ? sql`organization_id = ${organizationId}` : sql`account_id = ${accountId}`;
  const open = sql`account_id = ${accountId} and ${scope} and archived_at is null`;
  const { group } = tables[kind];
  // A name may stand for several projects: it is theirs alone within one organization.
  const found = await tx.execute<{ id: GroupId; name: string }>(sql`
    select id, name from ${group} where ${open} and lower(name) = lower(${filter.value}) order by name`);
  const [first] = found;
  if (first) return { ids: found.map(({ id }) => id), name: first.name };
  const known = await tx.execute<{ name: string }>(sql`
    select distinct name from ${group} where ${open} order by name limit 100`);
  throw refuseValue(
    filter,
    known.map(({ name }) => name),
  );
}
