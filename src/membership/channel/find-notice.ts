import { sql } from 'drizzle-orm';
import type { NoticeKind } from '../../../db/channel-schema.ts';
import type { Database } from '../../../db/connect.ts';
import type { AccountId, InvitationId, NoticeId, OrganizationId } from '../../../db/id.ts';
import type { InvitationStatus } from '../../../db/schema.ts';
import { levelOf, type Pool, selectPools } from '../licenses/pools.ts';

/** One line: an invitation as it is now. */
export interface NoticeLine extends Record<string, unknown> {
  invitationId: InvitationId;
  email: string;
  invitedBy: string;
  expiresAt: Date;
  state: InvitationStatus | 'expired' | 'resent';
}

/** A message with lines in a channel, with what there is to say now. */
export interface Notice {
  id: NoticeId;
  kind: NoticeKind;
  accountId: AccountId;
  organizationId: OrganizationId;
  joined: number;
  gone: number;
  lines: NoticeLine[];
  /** Of a digest: how many wait for an answer now, at most ten thousand, and the pools that are nearly used up. */
  pending: number;
  scarce: Pool[];
}

/** The most pending invitations that are counted. */
export const mostCounted = 10_000;

type Found = Record<string, unknown> &
  Pick<Notice, 'id' | 'kind' | 'accountId' | 'organizationId' | 'joined' | 'gone' | 'pending'>;

/** Reads a notice and the invitations its lines are about; nothing is locked. */
export async function findNotice(db: Database, id: NoticeId): Promise<Notice | undefined> {
  const [notice] = await db.execute<Found>(sql`
    select n.id, n.kind, o.account_id as "accountId", n.organization_id as "organizationId", n.joined, n.gone,
      (select count(*)::int from (select from invitation i where i.organization_id = n.organization_id
        and i.status = 'pending' limit ${mostCounted}) p) as pending
    from channel_notice n join organization o on o.id = n.organization_id where n.id = ${id}`);
  if (!notice) return undefined;
  const lines = await db.execute<NoticeLine>(sql`
    select i.id as "invitationId", i.email, m.full_name as "invitedBy", i.expires_at as "expiresAt",
      case when i.status <> 'pending' then i.status when i.generation <> l.generation then 'resent'
        when i.expires_at <= now() then 'expired' else 'pending' end as state
    from channel_notice_line l join invitation i on i.id = l.invitation_id join member m on m.id = i.invited_by
    where l.notice_id = ${id} order by i.expires_at, i.id`);
  const read = lines.map((line) => ({ ...line, expiresAt: new Date(line.expiresAt) }));
  const scarce = notice.kind === 'digest' ? await findScarce(db, notice) : [];
  return { ...notice, lines: read, scarce };
}

async function findScarce(
  db: Database,
  { accountId, organizationId }: Pick<Notice, 'accountId' | 'organizationId'>,
): Promise<Pool[]> {
  const condition = sql`(p.organization_id is null or p.organization_id = ${organizationId})`;
  const pools = await db.execute<Pool>(selectPools(accountId, condition));
  return pools.filter((pool) => levelOf(pool) > 0);
}
