import { sql } from 'drizzle-orm';
import type { InvitationId } from '../../../db/id.ts';
import { findWorkspace } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { findInvitations, whyNotValid } from './find-invitation.ts';
import { happened, type LockedInvitation } from './lock-invitations.ts';

/** The invitee asks the admins for a new link in place of one that ran out; once per link. */
export function askForNewLink(
  context: Context,
  input: { invitationId: InvitationId },
): Promise<{ organization: string }> {
  const { actor } = context;
  return operation(context, async (tx) => {
    const [asked] = await tx.execute<LockedInvitation>(sql`
      update invitation i set requested_generation = i.generation
      from workspace w
      where i.id = ${input.invitationId} and i.status = 'pending' and i.expires_at <= now()
        and i.requested_generation < i.generation and i.email = ${actor.email ?? null}
        and w.platform = ${actor.platform} and w.external_id = ${actor.workspaceId} and w.account_id = i.account_id
      returning i.id, i.account_id, i.organization_id, i.batch_id, i.email`);
    const [invitation] = await findInvitations(tx, { ids: [input.invitationId] });
    const workspace = await findWorkspace(tx, actor);
    const isTheirs = invitation?.accountId === workspace?.accountId && invitation?.email === actor.email;
    if (!invitation || !isTheirs) throw new Refusal('invitation-not-valid', { reason: 'unknown' });
    const { organization } = invitation;
    if (!asked) {
      const dead = whyNotValid(invitation, invitation.generation);
      if (dead?.reason !== 'expired') {
        throw new Refusal('invitation-not-valid', dead ?? { reason: 'replaced', organization });
      }
      throw new Refusal('asked-already', { organization });
    }
    await record(tx, [happened(asked, null, 'invitation.requested')]);
    return { organization };
  });
}
