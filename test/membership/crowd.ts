// The server's statistics are told of a crowd at once, as autovacuum would within a minute.
import type { People, TestOrganization } from './people.ts';

/** Adds this many active members, known in chat, whose names come in no order; `name` begins each of them. */
export async function addCrowd(
  { sql }: People,
  { id, accountId, workspaceId }: TestOrganization,
  name: string,
  count: number,
): Promise<void> {
  await sql`
    insert into member (id, account_id, organization_id, email, full_name)
    select 'mem_' || md5(${id} || ${name} || n), ${accountId}, ${id}, lower(${name}) || '.' || n || '@acme.test',
      ${name} || ' ' || substr(md5(n::text), 1, 8) from generate_series(1, ${count}::int) as n`;
  await sql`
    insert into chat_identity (platform, workspace_id, user_id, account_id, member_id)
    select 'slack', ${workspaceId}, 'U-' || ${name} || ' ' || n, ${accountId}, 'mem_' || md5(${id} || ${name} || n)
    from generate_series(1, ${count}::int) as n`;
  await sql`analyze member, chat_identity`;
}

/** Adds this many pending invitations to `<name>.<n>@acme.test`, all sent just now. */
export async function addPendingCrowd(
  { sql }: People,
  { id, accountId, owner }: TestOrganization,
  name: string,
  count: number,
): Promise<void> {
  await sql`
    insert into invitation (id, account_id, organization_id, email, role, batch_id, invited_by, expires_at, reminders)
    select 'inv_' || md5(${id} || ${name} || n), ${accountId}, ${id}, lower(${name}) || '.' || n || '@acme.test', 'user',
      'bat_' || md5(${id} || ${name} || n / 100), ${owner.id}, now() + interval '24 hours',
      array[now() + interval '12 hours', now() + interval '21 hours']
    from generate_series(1, ${count}::int) as n`;
  await sql`analyze invitation`;
}
