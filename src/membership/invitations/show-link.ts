import type { Database } from '../../../db/connect.ts';
import { Refusal } from '../refusal.ts';
import { findInvitations, type InvitationFacts, whyNotValid } from './find-invitation.ts';
import type { JoinLinks } from './join-link.ts';

/** The invitation behind a join link that is alive. It changes nothing: mail scanners and previews open links too. */
export async function showLink(
  { db, joinLinks }: { db: Database; joinLinks: JoinLinks },
  secret: string,
): Promise<InvitationFacts> {
  const claim = joinLinks.read(secret);
  const [invitation] = claim ? await findInvitations(db, { ids: [claim.invitationId] }) : [];
  const dead = whyNotValid(invitation, claim?.generation ?? 0);
  if (dead || !invitation) throw new Refusal('invitation-not-valid', dead ?? { reason: 'unknown' });
  return invitation;
}
