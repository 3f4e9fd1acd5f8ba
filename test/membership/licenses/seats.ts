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

/** Gives every active member a seat of the account's pool, with a machine, and reserves one for every pending invitation. */
export async function seatEverybody({ sql }: People, organization: TestOrganization): Promise<ProductId> {
  const productId = await productNamed(organization.owner, 'KSE');
  const { id, accountId } = organization;
  const pool = sql`(select id from license_pool where product_id = ${productId} and organization_id is null)`;
  await sql`
    insert into invitation_license (invitation_id, product_id, pool_id)
    select i.id, ${productId}, ${pool} from invitation i where i.organization_id = ${id} and i.status = 'pending'`;
  await sql`
    insert into license_assignment (id, account_id, product_id, pool_id, organization_id, invitation_id, member_id)
    select 'asg_' || md5(h.id), ${accountId}, ${productId}, ${pool}, ${id}, h.invitation, h.member from (
      select id, id as invitation, null as member from invitation where organization_id = ${id} and status = 'pending'
      union all
      select id, null, id from member where organization_id = ${id} and status = 'active') as h`;
  await sql`
    insert into registered_machine (member_id, product_id, machine_id)
    select member_id, product_id, 'laptop' from license_assignment
    where organization_id = ${id} and member_id is not null`;
  await sql`
    update license_pool set total = 1000000, used = (select count(*) from license_assignment a where a.pool_id = ${pool})
    where id = ${pool}`;
  return productId;
}
