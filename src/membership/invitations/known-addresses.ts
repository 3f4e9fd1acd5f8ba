import { type SQL, sql } from 'drizzle-orm';
import type { InvitationId, MemberId } from '../../../db/id.ts';
import type { Standing } from '../policy.ts';

/** The most addresses one command takes. */
export const addressLimit = 10_000;

/** What inviting an address would do, or did. */
export type Verdict =
  | 'invited'
  | 'will-be-invited'
  | 'will-come-back'
  | 'already-pending'
  | 'already-a-member'
  | 'member-of-another-organization';

/** What the account knows of one address. */
export interface KnownAddress extends Record<string, unknown> {
  email: string;
  member_id: MemberId | null;
  member_status: 'active' | 'inactive' | null;
  member_here: boolean | null;
  home: string | null;
  invitation_id: InvitationId | null;
}

/** Selects what the account knows of each address, in the order given; one statement for any number of them. */
export function knownAddresses(standing: Standing, emails: readonly string[]): SQL {
  // Right after thousands were invited the statistics still say that there are none, and any plan that starts from the
  // organization would compare every address with all of them. `offset 0` leaves only the way by the address.
  return sql`
    select t.email, t.place, m.id as member_id, m.status as member_status, m.organization_id = ${standing.organizationId} as member_here,
      (select o.name from organization o where o.id = m.organization_id) as home,
      (select i.id from (select * from invitation i where i.account_id = ${standing.accountId} and i.email = t.email
        and i.status = 'pending' offset 0) i where i.organization_id = ${standing.organizationId}) as invitation_id
    from unnest(${sql.param(emails)}::text[]) with ordinality as t (email, place)
    left join member m on m.account_id = ${standing.accountId} and m.email = t.email`;
}

/** What inviting this address will do. */
export function verdictOn(known: KnownAddress): Exclude<Verdict, 'invited'> {
  if (known.member_status === 'active') {
    return known.member_here ? 'already-a-member' : 'member-of-another-organization';
  }
  if (known.invitation_id !== null) return 'already-pending';
  return known.member_status === 'inactive' ? 'will-come-back' : 'will-be-invited';
}
