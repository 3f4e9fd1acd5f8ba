import { sql } from 'drizzle-orm';
import { checkInvariants } from '../../../db/check-invariants.ts';
import type { OrganizationId, PoolId, ProductId } from '../../../db/id.ts';
import { licenseInvariants } from '../../../db/invariants/licenses.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import type { People, TestMember, TestOrganization } from '../people.ts';

/** A product of the account of this member. */
export async function productNamed({ id, context }: TestMember, name: string): Promise<ProductId> {
  const [row] = await context.db.execute<{ id: ProductId }>(sql`
    select d.id from license_product d join member m on m.account_id = d.account_id
    where m.id = ${id} and d.name = ${name}`);
  if (!row) throw new Error(`There is no product called ${name}.`);
  return row.id;
}

/** Sets the seats of a product of the account, and how many of them are dedicated to the organization. */
export async function giveSeats(
  organization: TestOrganization,
  name: string,
  seats: { account: number; dedicated?: number },
): Promise<{ productId: ProductId }> {
  const { owner, id } = organization;
  const productId = await productNamed(owner, name);
  await setSeats(owner.context, { productId, organizationId: null, total: seats.account });
  if (seats.dedicated !== undefined) {
    await setSeats(owner.context, { productId, organizationId: id, total: seats.dedicated });
  }
  return { productId };
}

/** The pool of the account, or of an organization, and how many seats its holders really have. */
export async function poolOf(
  people: People,
  productId: ProductId,
  organizationId: OrganizationId | null = null,
): Promise<{ id: PoolId; total: number; dedicated: number; used: number; holders: number }> {
  const [pool] = await people.sql<
    { id: PoolId; total: number; dedicated: number; used: number; holders: number }[]
  >`
    select id, total, dedicated, used,
      (select count(*)::int from license_assignment a where a.pool_id = p.id) as holders
    from license_pool p where product_id = ${productId} and organization_id is not distinct from ${organizationId}`;
  if (!pool) throw new Error('There is no such pool.');
  return { ...pool };
}

/** The rules on licences that rows of the database break. */
export async function brokenLicenseRules({ db }: People) {
  const rules = new Set(licenseInvariants.map(({ rule }) => rule));
  const results = await checkInvariants(db, { running: false });
  return results.filter(({ rule, total }) => total > 0 && rules.has(rule));
}
