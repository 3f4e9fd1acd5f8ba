import type { Transaction } from '../../../db/connect.ts';
import { findStanding, findWorkspace, whoMay } from '../actor.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { findInvitations, whyNotValid } from './find-invitation.ts';
import type { JoinLinkClaim } from './join-link.ts';

/**
 * Why the actor could not answer this invitation, as the refusal to throw. It tells strangers nothing. `claimed` when
 * this transaction has answered it already, and nobody joined because they are a member.
 */
export async function explainDeadInvitation(
  tx: Transaction,
  context: Context,
  claim: JoinLinkClaim,
  { claimed }: { claimed: boolean } = { claimed: false },
): Promise<Refusal> {
  const { actor } = context;
  const [invitation] = await findInvitations(tx, { ids: [claim.invitationId] });
  const workspace = await findWorkspace(tx, actor);
  if (!invitation || invitation.accountId !== workspace?.accountId) {
    return new Refusal('invitation-not-valid', { reason: 'unknown' });
  }
  const { organization } = invitation;
  if (invitation.email !== actor.email) return new Refusal('invitation-for-somebody-else', { organization });
  const dead = claimed ? undefined : whyNotValid(invitation, claim.generation);
  if (dead) return new Refusal('invitation-not-valid', dead);
  const standing = await findStanding(tx, actor);
  if (!standing) return new Refusal('busy', {});
  const { accountId, homeId, home } = standing;
  if (homeId === invitation.organizationId) return new Refusal('already-a-member', { organization });
  const { ask } = await whoMay(tx, accountId, 'move-members', homeId);
  return new Refusal('member-of-another-organization', { organization, home, ask });
}
