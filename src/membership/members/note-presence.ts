import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';

/**
 * Notes that a member uses usher, and where, at most once an hour, and what their chat profile says, at most once a day.
 * Somebody known by their verified address alone gets a second identity by it: from then on both act as the same person.
 */
export async function notePresence({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<void> {
  await db.execute(sql`
    with present as (
      select w.platform, w.external_id, m.account_id, m.id, m.profile_read_at, c.last_seen_at
      from workspace w
      left join chat_identity c
        on c.platform = w.platform and c.workspace_id = w.external_id and c.user_id = ${actor.userId}
      join member m on m.account_id = w.account_id and m.status = 'active'
        and (m.id = c.member_id or (c.member_id is null and m.email = ${actor.email ?? null}))
      where w.platform = ${actor.platform} and w.external_id = ${actor.workspaceId}),
    seen as (
      insert into chat_identity (platform, workspace_id, user_id, account_id, member_id)
      select platform, external_id, ${actor.userId}, account_id, id from present
      where last_seen_at is null or last_seen_at < now() - interval '1 hour'
      on conflict on constraint one_member_per_chat_identity do update set last_seen_at = now())
    update member m set last_access_at = now(), profile_read_at = case when r.due then now() else m.profile_read_at end,
      full_name = case when r.due then ${actor.fullName} else m.full_name end,
      time_zone = case when r.due then ${actor.timeZone} else m.time_zone end,
      picture_url = case when r.due then coalesce(${actor.pictureUrl ?? null}, m.picture_url) else m.picture_url end
    from present p cross join lateral (select coalesce(p.profile_read_at < now() - interval '1 day', true) as due) r
    where m.id = p.id and (m.last_access_at < now() - interval '1 hour' or p.profile_read_at is null)`);
}
