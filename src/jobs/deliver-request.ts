import type { InvitationId } from '../../db/id.ts';
import { findInvitations } from '../membership/invitations/find-invitation.ts';
import { findAdmins } from '../membership/invitations/show-answered.ts';
import { requestMessage } from '../messages/invitations.ts';
import { close, type JobContext, type Leased } from './outbox.ts';
import { findPostings, tellOnce } from './reach.ts';

/** Sends the card with *Resend* to every admin who has not got it yet. */
export async function deliverRequest(
  context: JobContext,
  row: Leased & { topic: InvitationId },
): Promise<void> {
  const { db } = context;
  const [invitation] = await findInvitations(db, { ids: [row.topic] });
  if (invitation?.status !== 'pending' || !invitation.expired) {
    return close(db, row, 'dropped', 'answered meanwhile');
  }
  const { accountId, generation } = invitation;
  const told = (await findPostings(db, row.topic)).filter(
    (posting) => posting.kind === 'request' && posting.generation === generation,
  );
  for (const admin of await findAdmins(db, invitation.organizationId)) {
    const whom = { accountId, email: admin.email };
    await tellOnce(context, whom, requestMessage(invitation), { row, told, generation });
  }
  await close(db, row, 'sent');
}
