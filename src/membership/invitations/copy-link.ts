import { sql } from 'drizzle-orm';
import type { InvitationId } from '../../../db/id.ts';
import { lockStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { happened, lockInvitations } from './lock-invitations.ts';
import { renewLinks } from './resend-invitations.ts';

export interface CopiedLink {
  email: string;
  url: string;
  expiresAt: Date;
  /** The link had expired, so this is a new one, and it was sent again too. */
  renewed: boolean;
}

/** The join link of one pending invitation, for the admin to pass on. An expired invitation is renewed by it. */
export async function copyLink(context: Context, input: { invitationId: InvitationId }): Promise<CopiedLink> {
  const { generation, expiresAt, ...copied } = await operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      const [row] = await lockInvitations(tx, standing, [input.invitationId]);
      if (!row) throw new Refusal('invitation-not-found', {});
      if (row.status !== 'pending') {
        throw new Refusal('invitation-already-answered', { email: row.email, status: row.status });
      }
      const renewed = row.expired ? await renewLinks(tx, standing, [row.id]) : [];
      await record(tx, [
        ...(row.expired ? [happened(row, standing.memberId, 'invitation.resent')] : []),
        ...renewed,
        happened(row, standing.memberId, 'invitation.link-copied'),
      ]);
      const [alive] = await tx.execute<{ generation: number; expires_at: string }>(
        sql`select generation, expires_at from invitation where id = ${row.id}`,
      );
      if (!alive) throw new Refusal('invitation-not-found', {});
      return {
        email: row.email,
        generation: alive.generation,
        expiresAt: alive.expires_at,
        renewed: row.expired,
      };
    },
    { action: 'invitation.link-copied', subject: input.invitationId },
  );
  // Made out here, because the answer of an operation may be stored for a repeated request, and a link never is.
  const url = context.joinLinks.url({ invitationId: input.invitationId, generation });
  return { ...copied, url, expiresAt: new Date(expiresAt) };
}
