import { sql } from 'drizzle-orm';
import { type InvitationId, newId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import { authorize, lockStanding } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import type { EmailAddress } from '../email-address.ts';
import type { Happening, InGroup, Seat } from '../events.ts';
import { bringing, checkOffers, usableOffers } from '../groups/offer-groups.ts';
import type { Group } from '../groups/read-group.ts';
import { reserveSeats } from '../licenses/seats.ts';
import { operation } from '../operation.ts';
import { rightToInviteAs, type Standing } from '../policy.ts';
import { column, record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import {
  addressLimit,
  type KnownAddress,
  knownAddresses,
  type Verdict,
  verdictOn,
} from './known-addresses.ts';

/** From so many on the inviter is shown how far the sending is, and can stop it. */
export const longBatch = 200;

export interface InviteInput {
  emails: readonly EmailAddress[];
  role: StoredRole;
  /** A seat each, all of them reserved when it is sent. */
  licenses?: readonly Seat[];
  /** The teams and projects they come into on joining. */
  groups?: readonly InGroup[];
  /** What the admin says to the invitee; at most 300 characters reach them. */
  personalLine?: string;
}

export interface InviteResult {
  organization: string;
  /** One outcome per address, in the order given. */
  lines: { email: EmailAddress; outcome: Verdict; invitationId?: InvitationId; home?: string }[];
}

/**
 * Invites every address that can be invited and says for the others why not; bad lines never stop good ones. The
 * number of statements is the same for one address and for ten thousand. With too few seats nobody is invited.
 */
export function inviteMembers(context: Context, input: InviteInput): Promise<InviteResult> {
  if (input.emails.length === 0) throw new Refusal('nobody-to-invite', {});
  if (input.emails.length > addressLimit) {
    throw new Refusal('too-many-addresses', { count: input.emails.length, limit: addressLimit });
  }
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      await authorize(tx, standing, rightToInviteAs(input.role));
      const licenses = input.licenses ?? [];
      if (licenses.length > 0) await authorize(tx, standing, 'assign-licenses');
      const groups = usableOffers(input.groups ?? []);
      if (groups.length > 0 && input.role === 'billing-manager')
        throw new Refusal('billing-manager-in-group', {});
      const batchId = newId('bat');
      const fresh = [...new Set(input.emails)].map((email) => ({ id: newId('inv'), email }));
      const emails = fresh.map(({ email }) => email);
      // Sorted, so that two admins inviting the same people wait for each other instead of deadlocking.
      const rows = await tx.execute<InvitedRow>(sql`
        with known as materialized (${knownAddresses(standing, emails)}),
        sent as (
          insert into invitation (id, account_id, organization_id, email, role, personal_line, batch_id, invited_by,
            expires_at, reminders)
          select fresh.id, o.account_id, o.id, fresh.email, ${input.role}, ${cleanLine(input.personalLine ?? '', 300) || null},
            ${batchId}, ${standing.memberId}, now() + o.link_lifetime, ${remindersOf('o')}
          from organization o,
            unnest(${column(fresh, 'id')}::text[], ${column(fresh, 'email')}::text[]) as fresh (id, email)
          join known using (email)
          where o.id = ${standing.organizationId}
            and known.member_status is distinct from 'active' and known.invitation_id is null
          order by fresh.email
          on conflict (organization_id, email) where status = 'pending' do nothing
          returning id, email),
        ${offering(standing, licenses)}, ${bringing(standing, groups)}
        select known.*, (select count(*)::int from sources) as sources,
          case known.place when 1 then (select jsonb_agg(g) from offered_groups g) end as groups, sent.id as sent_id from known left join sent using (email) order by known.place`);
      const lines = rows.map((row) => ({
        email: row.email as EmailAddress,
        outcome: outcomeOf(row),
        ...(row.sent_id ? { invitationId: row.sent_id } : {}),
        ...(row.home ? { home: row.home } : {}),
      }));
      if (rows.some(({ sources }) => sources !== licenses.length)) {
        throw new Refusal('source-not-found', { text: '', product: '', sources: [] });
      }
      await checkOffers(tx, standing, groups, rows[0]?.groups ?? []);
      const sent = rows.flatMap(({ sent_id }) => sent_id ?? []);
      const isLicensed = licenses.length > 0 && sent.length > 0;
      const reserved = isLicensed ? await reserveSeats(tx, standing, sent) : [];
      const { accountId, organizationId, memberId: actorMemberId } = standing;
      const happened = rows.flatMap(({ email, sent_id: invitationId }): Happening[] => {
        if (invitationId === null) return [];
        const about = { invitationId, batchId, email, role: input.role };
        const more = isLicensed ? { licenses: [...licenses] } : {};
        const into = groups.length > 0 ? { groups } : {};
        const event = { name: 'invitation.sent', ...about, ...more, ...into } as const;
        return [{ accountId, organizationId, actorMemberId, event }];
      });
      const progress = sent.length >= longBatch ? [{ topic: batchId, kind: 'report' } as const] : [];
      await record(tx, [...happened, ...reserved], progress);
      return { organization: standing.organization, lines };
    },
    { action: 'invitation.sent' },
  );
}

interface InvitedRow extends KnownAddress {
  sent_id: InvitationId | null;
  /** How many of the pools asked for are there, with a product on offer. */
  sources: number;
  /** In the first row: the teams and projects asked for that are there. */
  groups: Group[] | null;
}

/** The part of the statement that offers a seat from each of these pools with every invitation sent. */
function offering({ accountId, organizationId }: Standing, licenses: readonly Seat[]) {
  return sql`
    sources as (
      select p.id, p.product_id from license_pool p join license_product d on d.id = p.product_id
      where p.id = any(${column(licenses, 'poolId')}::text[]) and p.account_id = ${accountId} and not d.retired
        and (p.organization_id is null or p.organization_id = ${organizationId})),
    offered as (
      insert into invitation_license (invitation_id, product_id, pool_id)
      select sent.id, sources.product_id, sources.id from sent cross join sources)`;
}

/** Not sent although it looked invitable: somebody else invited the address at the same moment. */
function outcomeOf(row: InvitedRow): Verdict {
  if (row.sent_id !== null) return 'invited';
  const verdict = verdictOn(row);
  return verdict === 'will-be-invited' || verdict === 'will-come-back' ? 'already-pending' : verdict;
}

/** The moments at which a link that starts now is to be recalled, by the settings of its organization. */
export function remindersOf(organization: 'o') {
  const o = sql.raw(organization);
  return sql`array(select now() + ${o}.link_lifetime - before from unnest(${o}.reminders_before_end) as before
    where before < ${o}.link_lifetime order by before desc)`;
}
