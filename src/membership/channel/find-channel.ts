import { type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { OrganizationId, PoolId } from '../../../db/id.ts';
import type { Platform } from '../../../db/schema.ts';

/** Where an organization tells its news. */
export interface Channel extends Record<string, unknown> {
  organizationId: OrganizationId;
  organization: string;
  platform: Platform;
  workspaceId: string;
  channelId: string;
  name: string;
  timeZone: string;
  /** Seconds since usher was first refused there; null while it may write. */
  silentFor: number | null;
}

/** The most channels that hear of one pool of the account. */
const mostChannels = 50;

/** The channel of an organization, when it has chosen one. */
export async function findChannel(
  db: Database | Transaction,
  organizationId: OrganizationId,
): Promise<Channel | undefined> {
  const [channel] = await select(db, sql`c.organization_id = ${organizationId}`);
  return channel;
}

/** The channels that hear of a pool: that of its organization, or of the account's pool those of all its organizations. */
export function findChannelsOfPool(db: Database, poolId: PoolId): Promise<Channel[]> {
  return select(
    db,
    sql`exists (select from license_pool p where p.id = ${poolId} and p.account_id = c.account_id
      and coalesce(p.organization_id, c.organization_id) = c.organization_id)`,
  );
}

async function select(db: Database | Transaction, condition: SQL): Promise<Channel[]> {
  return [
    ...(await db.execute<Channel>(sql`
    select c.organization_id as "organizationId", o.name as organization, c.platform, c.workspace_id as "workspaceId",
      c.channel_id as "channelId", c.name, c.time_zone as "timeZone",
      extract(epoch from now() - c.silent_since)::int as "silentFor"
    from organization_channel c join organization o on o.id = c.organization_id
    where ${condition} order by c.organization_id limit ${mostChannels}`)),
  ];
}
