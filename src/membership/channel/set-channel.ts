import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { authorize, lockAccountAndStanding, readStanding } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import type { ChannelName } from '../events.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { type Channel, findChannel } from './find-channel.ts';

const audited = { action: 'organization.channel-changed' } as const;

/** Whether the actor may choose the channel; for knowing before anything is said there. */
export function prepareChannel(context: Context): Promise<{ organization: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'settings');
      return { organization: standing.organization };
    },
    audited,
  );
}

/** Has the organization tell its news in a channel of the workspace the actor is in, from now on. */
export function setChannel(
  context: Context,
  input: { channelId: string; name: string },
): Promise<{ organization: string }> {
  const { platform, workspaceId, timeZone } = context.actor;
  const name = cleanLine(input.name, 100) || 'a channel';
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      await authorize(tx, standing, 'settings');
      const { accountId, organizationId, organization, memberId } = standing;
      const from = nameOf(await findChannel(tx, organizationId));
      await tx.execute(sql`
        insert into organization_channel (organization_id, account_id, platform, workspace_id, channel_id, name,
          time_zone, set_by, digest_at)
        select ${organizationId}, ${accountId}, ${platform}, ${workspaceId}, ${input.channelId}, ${name}, zone,
          ${memberId}, ${nextDigest(sql`zone`)}
        from (select coalesce((select z.name from pg_timezone_names z where z.name = ${timeZone}), 'UTC') as zone) z
        on conflict (organization_id) do update set platform = excluded.platform, workspace_id = excluded.workspace_id,
          channel_id = excluded.channel_id, name = excluded.name, time_zone = excluded.time_zone,
          set_by = excluded.set_by, digest_at = excluded.digest_at, silent_since = null`);
      await recordChange(tx, standing, from, { platform, workspaceId, channelId: input.channelId, name });
      return { organization };
    },
    audited,
  );
}

/** The organization tells its news nowhere any more; what was still to be told is forgotten. */
export function turnChannelOff(context: Context): Promise<{ organization: string; was: string | undefined }> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      await authorize(tx, standing, 'settings');
      const { organization, organizationId } = standing;
      const channel = await findChannel(tx, organizationId);
      await tx.execute(sql`
        with gone as (delete from channel_news where organization_id = ${organizationId})
        delete from organization_channel where organization_id = ${organizationId}`);
      await recordChange(tx, standing, nameOf(channel), null);
      return { organization, was: channel?.name };
    },
    audited,
  );
}

/** The next Monday at nine in this time zone, by the clock of the database. */
export function nextDigest(zone: ReturnType<typeof sql>) {
  const local = sql`(now() at time zone ${zone})`;
  const nine = sql`(date_trunc('week', ${local}) + interval '9 hours')`;
  return sql`((case when ${nine} > ${local} then ${nine} else ${nine} + interval '7 days' end) at time zone ${zone})`;
}

function nameOf(channel: Channel | undefined): ChannelName | null {
  if (!channel) return null;
  const { platform, workspaceId, channelId, name } = channel;
  return { platform, workspaceId, channelId, name };
}

async function recordChange(
  tx: Transaction,
  { accountId, organizationId, memberId: actorMemberId }: Standing,
  from: ChannelName | null,
  to: ChannelName | null,
): Promise<void> {
  if (JSON.stringify(from) === JSON.stringify(to)) return;
  const event = { name: 'organization.channel-changed', organizationId, from, to } as const;
  await record(tx, [{ accountId, organizationId, actorMemberId, event }]);
}
