import { sql } from 'drizzle-orm';
import {
  announceDigests,
  announceNews,
  forgetNotices,
  warnOfExpiry,
} from '../membership/channel/watch-channels.ts';
import { expireOffers } from '../membership/exports/advance-export.ts';
import { clockBatch, expireInvitations, remindInvitees } from '../membership/invitations/watch-clock.ts';
import type { JobContext } from './outbox.ts';

/** One turn of the clock: reminders and expiries that are due, what channels are to be told, and what is too old to keep. */
export async function watchClock(context: JobContext): Promise<void> {
  for (const claim of [remindInvitees, expireInvitations, expireOffers]) {
    let claimed = clockBatch;
    while (claimed === clockBatch) claimed = await claim(context.db);
    if (claimed > 0) context.announce();
  }
  for (const announce of [announceNews, warnOfExpiry, announceDigests]) {
    if ((await announce(context.db)) > 0) context.announce();
  }
  await forgetNotices(context.db);
  await forgetOld(context);
}

/** Replay keys and drafts serve for a day, delivered rows for thirty, exports for sixty; five thousand of each go at a time. */
async function forgetOld({ db }: JobContext): Promise<void> {
  await db.execute(sql`
    delete from replay_key where key in (select key from replay_key where at < now() - interval '1 day' limit 5000)`);
  await db.execute(sql`
    delete from draft where id in (select id from draft where created_at < now() - interval '1 day' limit 5000)`);
  await db.execute(sql`
    delete from outbox where id in (
      select id from outbox where closed_at < now() - interval '30 days' order by closed_at limit 5000)`);
  await db.execute(sql`
    delete from export_request where id in (
      select id from export_request where status not in ('making', 'offered') and asked_at < now() - interval '60 days'
      limit 5000)`);
}
