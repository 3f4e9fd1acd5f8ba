import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { Standing } from '../policy.ts';

/** What things are called now, by id. A pool is called after the organization it belongs to; the account's is ''. */
export type Names = ReadonlyMap<string, string>;

interface Mentioning {
  organization_id: string | null;
  actor_member_id: string | null;
  subject: string;
  data: unknown;
}

/** Reads the names of everything these rows mention, in one statement. */
export async function readNames(
  tx: Transaction,
  { accountId }: Pick<Standing, 'accountId'>,
  rows: readonly Mentioning[],
): Promise<Names> {
  const text = JSON.stringify(
    rows.map((row) => [row.organization_id, row.actor_member_id, row.subject, row.data]),
  );
  const ids = [...new Set(text.match(/\b[a-z]{3}_[0-9a-f]{32}\b/g) ?? [])];
  const of = (prefix: string) => sql.param(ids.filter((id) => id.startsWith(prefix)));
  const found = await tx.execute<{ id: string; name: string }>(sql`
    select id, full_name as name from member where id = any(${of('mem_')}::text[]) and account_id = ${accountId}
    union all
    select id, name from organization where id = any(${of('org_')}::text[]) and account_id = ${accountId}
    union all
    select id, name from license_product where id = any(${of('prd_')}::text[]) and account_id = ${accountId}
    union all
    select id, name from team where id = any(${of('tea_')}::text[]) and account_id = ${accountId}
    union all
    select id, name from project where id = any(${of('prj_')}::text[]) and account_id = ${accountId}
    union all
    select p.id, coalesce(o.name, '') from license_pool p left join organization o on o.id = p.organization_id
      where p.id = any(${of('pol_')}::text[]) and p.account_id = ${accountId}`);
  return new Map(found.map(({ id, name }) => [id, name]));
}
