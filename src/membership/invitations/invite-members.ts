import { sql } from 'drizzle-orm';
import { type InvitationId, newId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import { authorize, lockStanding } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import type { EmailAddress } from '../email-address.ts';
import { operation } from '../operation.ts';
import { rightToInviteAs } from '../policy.ts';
import { column, record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import {
  addressLimit,
  type KnownAddress,
  knownAddresses,
  type Verdict,
  verdictOn,
} from './known-addresses.ts';

export interface InviteInput {
  emails: readonly EmailAddress[];
  role: StoredRole;
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
 * number of statements is the same for one address and for ten thousand.
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
      const batchId = newId('bat');
      const fresh = [...new Set(input.emails)].map((email) => ({ id: newId('inv'), email }));
      const emails = fresh.map(({ email }) => email);
      // Sorted, so that two admins inviting the same people wait for each other instead of deadlocking.
      const rows = await tx.execute<KnownAddress & { sent_id: InvitationId | null }>(sql`
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
          returning id, email)
        select known.*, sent.id as sent_id from known left join sent using (email) order by known.place`);
      const lines = rows.map((row) => ({
        email: row.email as EmailAddress,
        outcome: outcomeOf(row),
        ...(row.sent_id ? { invitationId: row.sent_id } : {}),
        ...(row.home ? { home: row.home } : {}),
      }));
      await record(
        tx,
        rows.flatMap(({ email, sent_id }) =>
          sent_id === null
            ? []
            : {
                accountId: standing.accountId,
                organizationId: standing.organizationId,
                actorMemberId: standing.memberId,
                event: { name: 'invitation.sent', invitationId: sent_id, batchId, email, role: input.role },
              },
        ),
      );
      return { organization: standing.organization, lines };
    },
    { action: 'invitation.sent' },
  );
}

/** Not sent although it looked invitable: somebody else invited the address at the same moment. */
function outcomeOf(row: KnownAddress & { sent_id: InvitationId | null }): Verdict {
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
