import type postgres from 'postgres';

/** A fingerprint of every row of each of usher's tables but the audit log. */
export async function everythingButAudit(sql: postgres.Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname <> 'audit_event'`;
  const prints: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql`
      select count(*)::text || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print
      from ${sql(name)} t`;
    prints[name] = row?.print;
  }
  return prints;
}

/** The newest audit rows of refusals in an account. */
export async function lastRefusals(sql: postgres.Sql, accountId: string, count: number) {
  const rows = await sql`
    select actor_member_id, organization_id, action, subject, refusal, data from audit_event
    where account_id = ${accountId} and refusal is not null order by id desc limit ${count}`;
  return [...rows];
}
