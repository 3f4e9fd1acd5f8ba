import type { AddressEntry } from '../membership/address-list.ts';
import { type ReviewInput, reviewInvitations } from '../membership/invitations/review-invitations.ts';
import { reviewMessage } from '../messages/review.ts';
import type { CommandContext, Said } from './command.ts';
import { named } from './in-organization.ts';

/** Shows what inviting them would do, those who were mentioned by their addresses; nothing is sent. */
export async function review(context: CommandContext, input: ReviewInput): Promise<Said> {
  const entries = await Promise.all(input.entries.map((entry) => resolveMention(context, entry)));
  return { message: reviewMessage(await reviewInvitations(context, { ...input, entries }), named(context)) };
}

async function resolveMention(context: CommandContext, entry: AddressEntry): Promise<AddressEntry> {
  if (entry.kind !== 'mention') return entry;
  const found = await context.findMentioned(entry.user);
  if ('why' in found) return { ...entry, why: found.why };
  return { kind: 'address', email: found.email, text: found.email };
}
