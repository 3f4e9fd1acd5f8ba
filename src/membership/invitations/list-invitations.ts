import { sql } from 'drizzle-orm';
import type { InvitationId } from '../../../db/id.ts';
import type { DeliveryState, StoredRole } from '../../../db/schema.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { matching, matchLimit, type Page, pageOf } from '../search.ts';

export interface PendingInvitation extends Record<string, unknown> {
  id: InvitationId;
  email: string;
  role: StoredRole;
  /** The products it brings licences of, by name. */
  licenses: string[];
  invitedBy: string;
  /** Seconds since it was last sent, and until its link ends (below zero: it has). */
  sentAgo: number;
  timeLeft: number;
  delivery: DeliveryState;
}

export interface ListInput {
  search?: string;
  /** The `next` of the page before. */
  after?: string;
  size: number;
}

/** The pending invitations of the actor's organization, newest first, expired ones too. */
export function listInvitations(
  context: Context,
  { search, after, size }: ListInput,
): Promise<Page<PendingInvitation> & { organization: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'manage-invitations');
      const pending = sql`i.organization_id = ${standing.organizationId} and i.status = 'pending'`;
      const matches = search
        ? sql`(select * from invitation i where ${pending}
            and ${matching(search, { anywhere: sql`i.email`, prefix: sql`i.email` })} limit ${matchLimit + 1})`
        : sql`(select * from invitation i where ${pending} ${after ? sql`and i.id < ${after}` : sql``}
            order by i.id desc limit ${size + 1})`;
      const rows = await tx.execute<PendingInvitation & { matches: number }>(sql`
        with matches as materialized ${matches}
        select i.id, i.email, i.role, m.full_name as "invitedBy", i.delivery,
          array(select d.name from invitation_license l join license_product d on d.id = l.product_id
            where l.invitation_id = i.id order by d.name) as licenses,
          extract(epoch from now() - i.sent_at)::int as "sentAgo",
          extract(epoch from i.expires_at - now())::int as "timeLeft",
          (select count(*)::int from matches) as matches
        from matches i join member m on m.id = i.invited_by
        ${after ? sql`where i.id < ${after}` : sql``}
        order by i.id desc limit ${size + 1}`);
      const tooMany = (rows[0]?.matches ?? 0) > matchLimit;
      return {
        ...pageOf([...rows], size, (row) => row.id),
        ...(tooMany ? { tooMany } : {}),
        organization: standing.organization,
      };
    },
    { action: 'invitation.list' },
  );
}
