import type { Invariant } from './invariant.ts';

/** Offers, their links, and what became of them. */
export const invitationInvariants: readonly Invariant[] = [
  {
    rule: 'An invitation is to an organization of its account',
    query: `
      select i.id as invitation, i.organization_id as organization
      from invitation i left join organization o on o.account_id = i.account_id and o.id = i.organization_id
      where o.id is null`,
  },
  {
    rule: 'An invitation is from a member of its account',
    query: `
      select i.id as invitation, i.invited_by
      from invitation i left join member m on m.account_id = i.account_id and m.id = i.invited_by
      where m.id is null`,
  },
  {
    rule: 'An invitation is as Admin, Billing Manager or User; inviting as Owner does not exist',
    query: `
      select id as invitation, role from invitation where role not in ('admin', 'billing-manager', 'user')`,
  },
  {
    rule: 'At most one pending invitation per organization and address',
    query: `
      select organization_id as organization, array_agg(id) as invitations from invitation
      where status = 'pending' group by organization_id, email having count(*) > 1`,
  },
  {
    rule: 'Nobody has a pending invitation to the organization they are active in',
    query: `
      select i.id as invitation, m.id as member from invitation i
      join member m on m.account_id = i.account_id and m.email = i.email and m.organization_id = i.organization_id
      where i.status = 'pending' and m.status = 'active'`,
  },
  {
    rule: 'The invitations somebody sent die when they are removed',
    query: `
      select i.id as invitation, i.invited_by from invitation i join member m on m.id = i.invited_by
      where i.status = 'pending' and m.status <> 'active'`,
  },
  {
    rule: 'Everybody invited together was invited by one person, to one organization',
    query: `
      select batch_id as batch, array_agg(distinct invited_by) as inviters from invitation group by batch_id
      having min(invited_by) <> max(invited_by) or min(organization_id) <> max(organization_id)`,
  },
  {
    rule: 'An invitation is pending until the moment it is accepted, declined or revoked',
    query: `
      select id as invitation, status, decided_at from invitation
      where status not in ('pending', 'accepted', 'declined', 'revoked')
        or (status = 'pending') <> (decided_at is null)`,
  },
  {
    rule: 'An accepted invitation, and no other, has made its member: in the account, with the invited address',
    query: `
      select i.id as invitation, i.status, i.member_id as member
      from invitation i left join member m on m.account_id = i.account_id and m.id = i.member_id and m.email = i.email
      where (i.status = 'accepted') <> (i.member_id is not null) or (i.member_id is not null and m.id is null)`,
  },
  {
    rule: 'A link that has run out can be neither accepted nor declined',
    query: `
      select id as invitation, decided_at, expires_at from invitation
      where status in ('accepted', 'declined') and decided_at >= expires_at`,
  },
  {
    rule: 'A link is valid for 15 minutes to 30 days',
    query: `
      select id as invitation, sent_at, expires_at from invitation
      where expires_at - sent_at not between interval '15 minutes' and interval '30 days'`,
  },
  {
    rule: 'A new link is asked for once per link',
    query: `
      select id as invitation, generation, requested_generation from invitation
      where requested_generation not between 0 and generation`,
  },
  {
    rule: 'Reminders are none to three, in order, within the life of the link',
    query: `
      select id as invitation, reminders from invitation
      where cardinality(reminders) > 3
        or reminders <> array(select r from unnest(reminders) as r where r > sent_at and r < expires_at order by r)`,
  },
  {
    rule: 'Nobody is told that a link has run out before it has',
    query: `
      select id as invitation, expires_at, expiry_noticed_at from invitation where expiry_noticed_at < expires_at`,
  },
  {
    rule: 'Reminders and links that have run out are noticed within a day',
    query: `
      select id as invitation, expires_at, remind_at from invitation
      where status = 'pending' and (remind_at < now() - interval '1 day'
        or (expiry_noticed_at is null and expires_at < now() - interval '1 day'))`,
    onlyWhileRunning: true,
  },
];
