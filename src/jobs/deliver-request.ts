import type { InvitationId } from '../../db/id.ts';
import { findInvitations, type InvitationFacts } from '../membership/invitations/find-invitation.ts';
import { findAdmins } from '../membership/invitations/show-answered.ts';
import { requestMessage } from '../messages/invitations.ts';
import { Undeliverable } from '../messages/messenger.ts';
import { close, type JobContext, type Leased } from './outbox.ts';
import { findPostings, reach, type StoredPosting, sendTo, storePosting } from './reach.ts';

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
  const { generation } = invitation;
  const sent = (await findPostings(db, row.topic)).filter(
    (posting) => posting.kind === 'request' && posting.generation === generation,
  );
  for (const admin of await findAdmins(db, invitation.organizationId)) {
    await askAdmin(context, row, invitation, admin.email, sent);
  }
  await close(db, row, 'sent');
}

async function askAdmin(
  context: JobContext,
  row: Leased & { topic: InvitationId },
  invitation: InvitationFacts,
  admin: string,
  sent: readonly StoredPosting[],
): Promise<void> {
  const { generation } = invitation;
  await reach(context, { accountId: invitation.accountId, email: admin }, async (reached) => {
    const { userId } = reached.person;
    if (sent.some((posting) => posting.userId === userId)) return;
    const posting = await sendTo(context, reached, requestMessage(invitation), row);
    await context.db.transaction((tx) => storePosting(tx, posting, { ...row, userId, generation }));
  }).catch((error) => {
    // One admin whom usher may not write to does not keep the others from being asked.
    if (!(error instanceof Undeliverable)) throw error;
  });
}
