import { sql } from 'drizzle-orm';
import type { DraftId, InvitationId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import { authorize, readStanding } from '../actor.ts';
import type { AddressEntry } from '../address-list.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { type EmailAddress, isSharedMailbox, suggestAddress } from '../email-address.ts';
import { operation } from '../operation.ts';
import { rightToInviteAs } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { InviteInput } from './invite-members.ts';
import {
  addressLimit,
  type KnownAddress,
  knownAddresses,
  type Verdict,
  verdictOn,
} from './known-addresses.ts';

export interface ReviewInput {
  entries: readonly AddressEntry[];
  role: StoredRole;
  personalLine?: string;
}

/** What will become of one thing the admin typed. */
export type ReviewLine =
  | { verdict: 'not-an-address' | 'unknown-mention'; text: string }
  | {
      verdict: Exclude<Verdict, 'invited'>;
      email: EmailAddress;
      home?: string;
      invitationId?: InvitationId;
      suggestion?: EmailAddress;
      sharedMailbox?: true;
    };

/** Everything the admin decides on before anything is sent. */
export interface Review {
  draftId: DraftId;
  organization: string;
  role: StoredRole;
  personalLine?: string;
  lines: ReviewLine[];
}

/** Whether confirming would invite the address of this line. */
export function isInvitable(line: ReviewLine): line is Extract<ReviewLine, { email: EmailAddress }> {
  return line.verdict === 'will-be-invited' || line.verdict === 'will-come-back';
}

/** Says for each entry what inviting would do, and keeps the invitable ones as a draft. Nothing is sent. */
export function reviewInvitations(context: Context, input: ReviewInput): Promise<Review> {
  if (input.entries.length > addressLimit) {
    throw new Refusal('too-many-addresses', { count: input.entries.length, limit: addressLimit });
  }
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, rightToInviteAs(input.role));
      if (input.entries.length === 0) throw new Refusal('nobody-to-invite', {});
      const emails = input.entries.flatMap((entry) => (entry.kind === 'address' ? [entry.email] : []));
      const known = await tx.execute<KnownAddress>(sql`${knownAddresses(standing, emails)}`);
      const byEmail = new Map(known.map((row) => [row.email, row]));
      const lines = input.entries.map((entry) => lineOf(entry, byEmail, ownDomain(standing.email)));
      const personalLine = cleanLine(input.personalLine ?? '', 300);
      const draft: InviteInput = {
        emails: lines.filter(isInvitable).map((line) => line.email),
        role: input.role,
        ...(personalLine ? { personalLine } : {}),
      };
      const draftId = await saveDraft(tx, standing, draft);
      return {
        draftId,
        organization: standing.organization,
        role: draft.role,
        ...(draft.personalLine ? { personalLine: draft.personalLine } : {}),
        lines,
      };
    },
    { action: 'invitation.review' },
  );
}

function lineOf(entry: AddressEntry, known: Map<string, KnownAddress>, domain: string): ReviewLine {
  if (entry.kind === 'invalid') return { verdict: 'not-an-address', text: entry.text };
  if (entry.kind === 'mention') return { verdict: 'unknown-mention', text: entry.text };
  const row = known.get(entry.email);
  const suggestion = suggestAddress(entry.email, [domain]);
  return {
    verdict: row ? verdictOn(row) : 'will-be-invited',
    email: entry.email,
    ...(row?.home ? { home: row.home } : {}),
    ...(row?.invitation_id ? { invitationId: row.invitation_id } : {}),
    ...(suggestion ? { suggestion } : {}),
    ...(isSharedMailbox(entry.email) ? { sharedMailbox: true as const } : {}),
  };
}

function ownDomain(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
