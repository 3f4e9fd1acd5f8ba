import { sql } from 'drizzle-orm';
import type { Database } from '../db/connect.ts';

/** Lets hours pass without waiting: every moment that lies in the rows moves back by so much. */
export async function passTime(db: Database, hours: number): Promise<void> {
  const by = sql`make_interval(secs => ${Math.round(hours * 3600)})`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update invitation set sent_at = sent_at - ${by}, expires_at = expires_at - ${by},
        decided_at = decided_at - ${by}, expiry_noticed_at = expiry_noticed_at - ${by},
        reminders = array(select r - ${by} from unnest(reminders) as r order by r)`);
    await tx.execute(sql`update member set joined_at = joined_at - ${by}`);
    await tx.execute(sql`
      update outbox set due_at = due_at - ${by}, announced_at = announced_at - ${by} where status = 'waiting'`);
    await tx.execute(sql`
      update organization_channel set digest_at = digest_at - ${by}, warn_at = warn_at - ${by}`);
    await tx.execute(sql`update posted_message set posted_at = posted_at - ${by}`);
    await tx.execute(sql`update workspace set paused_until = paused_until - ${by}`);
    await tx.execute(sql`update replay_key set at = at - ${by}`);
    await tx.execute(sql`update draft set created_at = created_at - ${by}`);
  });
}
