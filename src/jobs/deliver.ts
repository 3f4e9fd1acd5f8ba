import { RateLimited, Undeliverable } from '../messages/messenger.ts';
import { deliverChange, deliverGoodbye } from './deliver-change.ts';
import { deliverChannelSeats, deliverNews, deliverNotice, redrawNotice } from './deliver-channel.ts';
import { deliverExport, giveUpExport } from './deliver-export.ts';
import { deliverInvitation, markUndelivered } from './deliver-invitation.ts';
import { deliverReport } from './deliver-report.ts';
import { deliverRequest } from './deliver-request.ts';
import { deliverSeats } from './deliver-seats.ts';
import {
  close,
  findTopic,
  type JobContext,
  type Leased,
  leaseNext,
  NotNow,
  postpone,
  retryLater,
} from './outbox.ts';
import { redrawInvitation } from './redraw-invitation.ts';

/** After so many attempts, spread over about an hour, a row is dead: visible, and no longer tried. */
const mostAttempts = 15;
const longestPauseSeconds = 300;

/** Delivers everything due of the topic of one outbox row, one after the other. Never throws for one bad row. */
export async function deliver(context: JobContext, outboxId: number): Promise<void> {
  const topic = await findTopic(context.db, outboxId);
  if (topic === undefined) return;
  for (let row = await leaseNext(context.db, topic); row; row = await leaseNext(context.db, topic)) {
    await deliverRow(context, row);
  }
}

async function deliverRow(context: JobContext, row: Leased): Promise<void> {
  try {
    await send(context, row);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    if (error instanceof NotNow) return postpone(context.db, row, error.seconds, reason);
    if (error instanceof RateLimited) return postpone(context.db, row, error.retryAfterSeconds, reason);
    if (!(error instanceof Undeliverable) && row.attempt < mostAttempts) {
      context.report(error, `outbox row ${row.id}, attempt ${row.attempt}`);
      return retryLater(context.db, row, Math.min(longestPauseSeconds, 2 ** row.attempt), reason);
    }
    await giveUp(context, row, reason);
  }
}

/** One function a kind; a kind without one does not compile. */
function send(context: JobContext, row: Leased): Promise<void> {
  switch (row.kind) {
    case 'invite':
    case 'remind':
      return deliverInvitation(context, row);
    case 'redraw':
      return redrawInvitation(context, row);
    case 'request':
      return deliverRequest(context, row);
    case 'report':
      return deliverReport(context, row);
    case 'seats':
      return deliverSeats(context, row);
    case 'channel-seats':
      return deliverChannelSeats(context, row);
    case 'news':
      return deliverNews(context, row);
    case 'notice':
      return deliverNotice(context, row);
    case 'renotice':
      return redrawNotice(context, row);
    case 'export':
      return deliverExport(context, row);
    case 'change':
      return deliverChange(context, row);
    case 'goodbye':
      return deliverGoodbye(context, row);
  }
}

async function giveUp(context: JobContext, row: Leased, reason: string): Promise<void> {
  if (row.kind === 'invite') return markUndelivered(context, row, 'refused', reason);
  if (row.kind === 'export') return giveUpExport(context, row, reason);
  await close(context.db, row, 'dead', reason);
}
