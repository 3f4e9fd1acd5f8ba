import type { Invariant } from './invariant.ts';

/** `parseEmailAddress` as a pattern, which a test compares with it: lower case, a dot-atom, an @, a domain name. */
export const normalAddress = `email ~ '${(() => {
  const atom = "[a-z0-9_!#$%&''*+/=?^`{|}~-]+";
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
  return `^${atom}(\\.${atom})*@(${label}\\.)+(?![0-9]+$)${label}$`;
})()}' and length(email) <= 254 and strpos(email, '@') <= 65 and length(email) - strpos(email, '@') <= 253`;

/** Accounts, organizations, members and who they are in chat. */
export const peopleInvariants: readonly Invariant[] = [
  {
    rule: 'A workspace or tenant is connected to exactly one account',
    query: `
      select w.platform, w.external_id as workspace, count(*) as connections
      from workspace w left join account a on a.id = w.account_id
      group by w.platform, w.external_id having count(*) > 1 or count(a.id) = 0`,
  },
  {
    rule: 'An account has at least one active Account Admin',
    query: `
      select a.id as account from account a where not exists (
        select from member m where m.account_id = a.id and m.account_role = 'account-admin' and m.status = 'active')`,
  },
  {
    rule: 'An organization has exactly one Owner, an active member of it',
    query: `
      select o.id as organization, o.owner_member_id as owner
      from organization o left join member m on m.id = o.owner_member_id
      where m.id is null or m.organization_id <> o.id or m.status <> 'active'`,
  },
  {
    rule: 'Organizations of an account differ in more than the case of their names',
    query: `
      select account_id as account, array_agg(id) as organizations from organization
      group by account_id, lower(name) having count(*) > 1`,
  },
  {
    rule: 'The setting for how long a link is valid is 15 minutes to 30 days',
    query: `
      select id as organization, link_lifetime from organization
      where link_lifetime not between interval '15 minutes' and interval '30 days'`,
  },
  {
    rule: 'The setting for reminders has none to three',
    query: 'select id as organization from organization where cardinality(reminders_before_end) > 3',
  },
  {
    rule: 'The quiet hours of an organization are hours of the day',
    query: `
      select id as organization, quiet_from, quiet_until from organization
      where quiet_from not between 0 and 23 or quiet_until not between 0 and 23`,
  },
  {
    rule: 'A member has exactly one home organization, of their account',
    query: `
      select m.id as member, m.account_id as account, m.organization_id as organization
      from member m left join organization o on o.account_id = m.account_id and o.id = m.organization_id
      where o.id is null`,
  },
  {
    rule: 'A person is one member of an account, whatever happens',
    query: `
      select account_id as account, array_agg(id) as members from member
      group by account_id, email having count(*) > 1`,
  },
  {
    rule: 'An address is kept in its normal form, so that equal people are equal',
    query: `
      select id as row from member where not (${normalAddress})
      union all select id from invitation where not (${normalAddress})`,
  },
  {
    rule: 'A member is Active or Inactive, Account Admin or User, and Admin, Billing Manager or User',
    query: `
      select id as member, status, account_role, role from member
      where status not in ('active', 'inactive') or account_role not in ('account-admin', 'user')
        or role not in ('admin', 'billing-manager', 'user')`,
  },
  {
    rule: 'Nobody is a member who has neither set usher up nor accepted an invitation',
    query: `
      select m.id as member from member m
      where not exists (select from invitation i where i.member_id = m.id and i.status = 'accepted')
        and not exists (select from audit_event e where e.action = 'organization.set-up' and e.refusal is null
          and e.actor_member_id = m.id)`,
  },
  {
    rule: 'Whoever is named as the inviter of a member is in the account',
    query: `
      select m.id as member, m.invited_by from member m
      left join member i on i.account_id = m.account_id and i.id = m.invited_by
      where m.invited_by is not null and i.id is null`,
  },
  {
    rule: 'A chat identity is of exactly one member',
    query: `
      select platform, workspace_id as workspace, user_id as user, array_agg(member_id) as members
      from chat_identity group by platform, workspace_id, user_id having count(*) > 1`,
  },
  {
    rule: 'A chat identity and its member are in the account of the workspace',
    query: `
      select c.platform, c.workspace_id as workspace, c.user_id as user, c.member_id as member
      from chat_identity c
      left join workspace w on w.platform = c.platform and w.external_id = c.workspace_id
        and w.account_id = c.account_id
      left join member m on m.account_id = c.account_id and m.id = c.member_id
      where w.external_id is null or m.id is null`,
  },
];
