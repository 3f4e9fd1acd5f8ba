import { sql } from 'drizzle-orm';
import type { InvitationId, NoticeId } from '../../db/id.ts';
import type { InvitationFacts } from '../membership/invitations/find-invitation.ts';
import { showAnswered } from '../membership/invitations/show-answered.ts';
import { queueDeliveries } from '../membership/record.ts';
import { requestSettled, settledInvitation } from '../messages/invitations.ts';
import type { Message } from '../messages/message.ts';
import { Undeliverable } from '../messages/messenger.ts';
import { close, type JobContext, type Leased } from './outbox.ts';
import { findPostings, forgetPosting, redraw, type StoredPosting } from './reach.ts';

/** Brings every copy of an invitation up to date: the invitee's messages, and the cards that asked for a new link. */
export async function redrawInvitation(
  context: JobContext,
  row: Leased & { topic: InvitationId },
): Promise<void> {
  const { invitation, admins } = await showAnswered(context.db, row.topic);
  for (const posting of await findPostings(context.db, row.topic)) {
    const message = messageFor(posting, invitation, admins);
    if (message) await redrawOne(context, posting, message);
    if (isOver(posting, invitation)) await forgetPosting(context.db, posting);
  }
  await redrawLines(context, row.topic);
  await close(context.db, row, 'sent');
}

/** Nothing more is to be drawn on a copy of an invitation that was answered, or replaced by a newer one. */
function isOver({ kind, generation }: StoredPosting, invitation: InvitationFacts): boolean {
  return invitation.status !== 'pending' || (kind !== 'request' && generation !== invitation.generation);
}

/** The messages in channels that have a line about it. */
async function redrawLines({ db, announce }: JobContext, invitationId: InvitationId): Promise<void> {
  const notices = await db.execute<{ topic: NoticeId }>(sql`
    select notice_id as topic from channel_notice_line where invitation_id = ${invitationId}`);
  if (notices.length === 0) return;
  await queueDeliveries(
    db,
    notices.map(({ topic }) => ({ topic, kind: 'renotice' })),
  );
  announce();
}

function messageFor(
  posting: StoredPosting,
  invitation: InvitationFacts,
  admins: readonly string[],
): Message | undefined {
  return posting.kind === 'request'
    ? requestSettled(invitation)
    : settledInvitation(invitation, posting.generation, admins);
}

/** A copy the person has deleted is no reason to leave the others as they are. */
async function redrawOne(context: JobContext, posting: StoredPosting, message: Message): Promise<void> {
  try {
    await redraw(context, posting, message);
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    await forgetPosting(context.db, posting);
  }
}
