import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { OrganizationId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Seat } from '../events.ts';
import { operation } from '../operation.ts';
import { type Standing, scopeOf } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { type Pool, roomIn, selectPools } from './pools.ts';

/** A licence somebody wants: as a seat that was offered to them, or as they typed it. */
export type LicenseTerm = Seat | { product: string; from?: string };

/** Reads licences as they are typed: "KSE from Payments, TestOps and KRE". */
export function splitLicenses(text: string): LicenseTerm[] {
  return text
    .split(/[,;\n]|\s+and\s+/i)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(.+?)\s+from\s+(?:the\s+)?(.+)$/is.exec(part);
      return match?.[1] && match[2] ? { product: match[1], from: match[2] } : { product: part };
    });
}

/**
 * Every pool that members of an organization, or of any, can have seats from, of products on offer; by product, those of
 * organizations first.
 */
export async function readSources(
  tx: Transaction,
  { accountId }: Standing,
  organizationId: OrganizationId | undefined,
): Promise<Pool[]> {
  const scope = organizationId
    ? sql`(p.organization_id is null or p.organization_id = ${organizationId})`
    : sql`true`;
  const open = sql`not d.retired and ${scope}`;
  return [
    ...(await tx.execute<Pool>(sql`
      ${selectPools(accountId, open)} order by d.name, d.id, p.organization_id nulls last`)),
  ];
}

/** The pools with seats that the actor may give away; of every organization when they may and none was named. */
export function listSources(context: Context): Promise<Pool[]> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'assign-licenses');
      const pools = await readSources(tx, standing, scopeOf(standing, 'assign-licenses'));
      return pools.filter((pool) => roomIn(pool) > 0);
    },
    { action: 'license.list' },
  );
}

/**
 * The pool each wanted licence is to come from, of those there are; without a source named, the first that has seats
 * for so many people, or else the one that has most.
 */
export function choosePools(pools: readonly Pool[], terms: readonly LicenseTerm[], people: number): Pool[] {
  const chosen = terms.map((term) => choosePool(pools, term, people));
  const twice = chosen.find((pool, at) => chosen.findIndex((each) => each.productId === pool.productId) < at);
  if (twice) throw new Refusal('one-source-per-license', { product: twice.product });
  return chosen;
}

function choosePool(pools: readonly Pool[], term: LicenseTerm, people: number): Pool {
  const ofProduct =
    'productId' in term
      ? pools.filter(({ productId }) => productId === term.productId)
      : pools.filter(({ product }) => isSame(product, term.product));
  const [first] = ofProduct;
  if (!first) {
    const products = [...new Set(pools.map(({ product }) => product))];
    throw new Refusal('product-not-found', { text: 'product' in term ? term.product : '', products });
  }
  const wanted = 'productId' in term ? { id: term.poolId } : term.from && { name: term.from };
  if (!wanted) {
    const byRoom = ofProduct.toSorted((a, b) => compareRoom(b, a));
    return ofProduct.find((pool) => roomIn(pool) >= people) ?? byRoom[0] ?? first;
  }
  const named = ofProduct.find((pool) =>
    'id' in wanted ? pool.id === wanted.id : isNamed(pool, wanted.name),
  );
  if (named) return named;
  const sources = ofProduct.map(({ organization }) => organization ?? 'the account');
  throw new Refusal('source-not-found', {
    ...{ product: first.product, sources },
    text: 'name' in wanted ? wanted.name : '',
  });
}

/** Not by subtraction: the room of two pools can be without end. */
function compareRoom(a: Pool, b: Pool): number {
  return roomIn(a) === roomIn(b) ? 0 : roomIn(a) < roomIn(b) ? -1 : 1;
}

/** Whether a source is meant by this name; the account's comes before an organization called so. */
export function isNamed({ organization }: Pool, name: string): boolean {
  return organization === null ? /^account$/i.test(name.trim()) : isSame(organization, name);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.trim().toLowerCase();
}
