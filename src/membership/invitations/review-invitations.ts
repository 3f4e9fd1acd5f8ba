import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { DraftId, InvitationId, MemberId, OrganizationId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import { authorize, readStanding, whoMay } from '../actor.ts';
import type { AddressEntry, Unaddressed } from '../address-list.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { type EmailAddress, isSharedMailbox, suggestAddress } from '../email-address.ts';
import { type GroupOffer, type GroupTerm, readOffers } from '../groups/offer-groups.ts';
import { choosePools, type LicenseTerm, readSources } from '../licenses/find-sources.ts';
import { type Pool, roomIn, seatOf } from '../licenses/pools.ts';
import { operation } from '../operation.ts';
import { may, rightToInviteAs, type Standing } from '../policy.ts';
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
  licenses?: readonly LicenseTerm[];
  groups?: readonly GroupTerm[];
  personalLine?: string;
}

/** The seats of one pool, and what inviting takes of them. */
export interface SeatsLine {
  pool: Pool;
  /** How many are used afterwards. */
  after: number;
  missing: number;
}

/** What will become of one thing the admin typed. */
export type ReviewLine =
  | { verdict: 'not-an-address'; text: string }
  | { verdict: 'unknown-mention'; text: string; why: Unaddressed }
  | {
      verdict: Exclude<Verdict, 'invited'>;
      email: EmailAddress;
      home?: string;
      /** Of somebody in another organization, for those who may move them here. */
      move?: { memberId: MemberId; in: OrganizationId };
      invitationId?: InvitationId;
      suggestion?: EmailAddress;
      sharedMailbox?: true;
    };

/** What is kept until it is confirmed: it is sent for the organization it was reviewed for, wherever the actor is by then. */
export interface InviteDraft extends InviteInput {
  organizationId: OrganizationId;
  /** What was typed and would not be invited; it is in the review again once another line was corrected. */
  leftOut?: AddressEntry[];
}

/** Everything the admin decides on before anything is sent. */
export interface Review {
  draftId: DraftId;
  organization: string;
  role: StoredRole;
  personalLine?: string;
  seats: SeatsLine[];
  /** The teams and projects they come into. */
  groups: GroupOffer[];
  /** Who can add seats, when some are missing. */
  ask: string[];
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
      const { organizationId } = standing;
      const movesTo = may(standing, 'move-members', organizationId) ? organizationId : undefined;
      const lines = input.entries.map((entry) =>
        lineOf(entry, byEmail, { domain: ownDomain(standing.email), movesTo }),
      );
      const personalLine = cleanLine(input.personalLine ?? '', 300);
      const emailsToInvite = lines.filter(isInvitable).map((line) => line.email);
      const seats = await reviewSeats(tx, standing, input.licenses ?? [], emailsToInvite.length);
      const licenses = seats.map(({ pool }) => seatOf(pool));
      const leftOut = input.entries.filter((_, at) => {
        const line = lines[at];
        return !(line && isInvitable(line));
      });
      const groups = await reviewGroups(tx, standing, input);
      const draft: InviteDraft = {
        organizationId: standing.organizationId,
        emails: emailsToInvite,
        ...(licenses.length > 0 ? { licenses } : {}),
        ...(groups.length > 0 ? { groups: groups.map(({ groupId, role }) => ({ groupId, role })) } : {}),
        role: input.role,
        ...(personalLine ? { personalLine } : {}),
        ...(leftOut.length > 0 ? { leftOut } : {}),
      };
      const draftId = await saveDraft(tx, standing, draft);
      return {
        draftId,
        organization: standing.organization,
        role: draft.role,
        ...(draft.personalLine ? { personalLine: draft.personalLine } : {}),
        seats,
        groups,
        ask: await whoAddsSeats(tx, standing, seats),
        lines,
      };
    },
    { action: 'invitation.review' },
  );
}

/** The teams and projects the invitation is to bring; a Billing Manager is in none. */
function reviewGroups(tx: Transaction, standing: Standing, input: ReviewInput): Promise<GroupOffer[]> {
  const { groups = [], role } = input;
  if (groups.length > 0 && role === 'billing-manager') throw new Refusal('billing-manager-in-group', {});
  return readOffers(tx, standing, groups);
}

/** What inviting so many people takes from the pools; nothing is reserved. */
async function reviewSeats(
  tx: Transaction,
  standing: Standing,
  terms: readonly LicenseTerm[],
  people: number,
): Promise<SeatsLine[]> {
  if (terms.length === 0) return [];
  await authorize(tx, standing, 'assign-licenses');
  const pools = await readSources(tx, standing, standing.organizationId);
  return choosePools(pools, terms, people).map((pool) => ({
    pool,
    after: pool.used + people,
    missing: Math.max(0, people - roomIn(pool)),
  }));
}

async function whoAddsSeats(
  tx: Transaction,
  standing: Standing,
  seats: readonly SeatsLine[],
): Promise<string[]> {
  const short = seats.find(({ missing }) => missing > 0);
  if (!short) return [];
  const right = short.pool.organizationId ? 'dedicate-seats' : 'manage-subscription';
  return (await whoMay(tx, standing.accountId, right, standing.organizationId)).ask;
}

function lineOf(
  entry: AddressEntry,
  known: Map<string, KnownAddress>,
  { domain, movesTo }: { domain: string; movesTo: OrganizationId | undefined },
): ReviewLine {
  if (entry.kind === 'invalid') return { verdict: 'not-an-address', text: entry.text };
  if (entry.kind === 'mention') {
    return { verdict: 'unknown-mention', text: entry.text, why: entry.why ?? 'hidden' };
  }
  const row = known.get(entry.email);
  const suggestion = suggestAddress(entry.email, [domain]);
  const verdict = row ? verdictOn(row) : 'will-be-invited';
  const isElsewhere = verdict === 'member-of-another-organization';
  return {
    verdict,
    email: entry.email,
    ...(movesTo && isElsewhere && row?.member_id ? { move: { memberId: row.member_id, in: movesTo } } : {}),
    ...(row?.home ? { home: row.home } : {}),
    ...(row?.invitation_id ? { invitationId: row.invitation_id } : {}),
    ...(suggestion ? { suggestion } : {}),
    ...(isSharedMailbox(entry.email) ? { sharedMailbox: true as const } : {}),
  };
}

function ownDomain(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
