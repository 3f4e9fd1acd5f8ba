import { sql } from 'drizzle-orm';
import type { InvitationId } from '../../../db/id.ts';
import type { DeliveryState, StoredRole } from '../../../db/schema.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { licensesOf, products } from '../licenses/licenses-in-lists.ts';
import { narrow } from '../narrow.ts';
import { operation } from '../operation.ts';
import { type ListPage, pageOf } from '../search.ts';
import { pendingOf, readPendingWords } from './invitation-conditions.ts';

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
  /** Free text and filters, as they were typed. */
  search?: string;
  /** The `next` of the page before. */
  after?: string;
  size: number;
}

/** The pending invitations of the actor's organization, newest first, expired ones too. */
export function listInvitations(
  context: Context,
  { search = '', after, size }: ListInput,
): Promise<ListPage<PendingInvitation>> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'manage-invitations');
      const { words, conditions } = await readPendingWords(tx, standing, search);
      const beyond = after ? sql`i.id < ${after}` : sql`true`;
      const pending = pendingOf(standing);
      const everything = {
        ctes: sql`matches as materialized (select * from invitation i where ${pending.scope} and ${beyond}
          ${pending.inOrder} limit ${size + 1})`,
        tooMany: sql`false`,
      };
      const { ctes, tooMany } = conditions.length > 0 ? narrow(pending, conditions) : everything;
      const rows = await tx.execute<PendingInvitation & { too_many: boolean }>(sql`
        with ${ctes}, ${products(standing)},
        page as materialized (
          select i.id, i.email, i.role, i.invited_by, i.delivery,
            extract(epoch from now() - i.sent_at)::int as "sentAgo",
            extract(epoch from i.expires_at - now())::int as "timeLeft"
          from matches i where ${beyond} ${pending.inOrder} limit ${size + 1})
        select p.id, p.email, p.role, m.full_name as "invitedBy", p.delivery, p."sentAgo", p."timeLeft",
          ${licensesOf(sql`invitation_license`, sql`invitation_id = p.id`)} as licenses, t.too_many
        from (select ${tooMany} as too_many) t left join (page p join member m on m.id = p.invited_by) on true
        order by p.id desc`);
      return {
        ...pageOf(
          rows.flatMap(({ too_many: _, ...row }) => (row.id ? [row as PendingInvitation] : [])),
          size,
          (row) => row.id,
        ),
        ...(rows[0]?.too_many ? { tooMany: true } : {}),
        organization: standing.organization,
        words,
      };
    },
    { action: 'invitation.list' },
  );
}
