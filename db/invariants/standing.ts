import type { Invariant } from './invariant.ts';

/** Who is what, since when and by whom: ownership, roles, and going. */
export const standingInvariants: readonly Invariant[] = [
  {
    rule: 'Somebody inactive, and nobody else, was removed or left at a known moment',
    query: `
      select id as member, status, removed_at, removed_by, removal_reason from member
      where num_nonnulls(removed_at, removed_by, removal_reason) <> case status when 'inactive' then 3 else 0 end
        or removal_reason not in ('removed', 'left')`,
  },
  {
    rule: 'Whoever removed a member is in the account, and only who left did it themselves',
    query: `
      select m.id as member, m.removed_by from member m
      left join member r on r.account_id = m.account_id and r.id = m.removed_by
      where m.removed_by is not null and (r.id is null or (m.removal_reason = 'left') <> (m.removed_by = m.id))`,
  },
  {
    rule: 'What somebody had prepared goes with them',
    query: `
      select d.id as draft, d.member_id as member from draft d join member m on m.id = d.member_id
      where m.status <> 'active'`,
  },
  {
    rule: 'Beneath the ownership an Owner is Admin, which is what they are after handing it over',
    query: `
      select o.id as organization, m.id as member, m.role
      from organization o join member m on m.id = o.owner_member_id and m.organization_id = o.id
      where m.role <> 'admin' and m.status = 'active'`,
  },
  {
    rule: 'An account cannot lose its last Account Admin: what refuses it is in force',
    query: `
      select wanted.name as trigger from (values ('account_keeps_an_active_admin')) as wanted (name)
      left join pg_trigger t on t.tgname = wanted.name and t.tgrelid = 'member'::regclass
      where t.tgenabled is null or t.tgenabled not in ('O', 'A')`,
  },
  {
    rule: 'An organization is owned by who set it up, or by whom the audit log says it was handed over to',
    query: `
      with gained as (
        select subject as organization, actor_member_id as member, 1 as times from audit_event
        where action = 'organization.set-up' and refusal is null
        union all
        select subject, data ->> 'owner', 1 from audit_event
        where action = 'organization.created' and refusal is null
        union all
        select subject, data ->> 'to', 1 from audit_event
        where action = 'organization.transferred' and refusal is null
        union all
        select subject, data ->> 'from', -1 from audit_event
        where action = 'organization.transferred' and refusal is null)
      select g.organization, g.member, o.owner_member_id as owner, sum(g.times) as times
      from gained g join organization o on o.id = g.organization
      group by g.organization, g.member, o.owner_member_id
      having sum(g.times) <> (g.member = o.owner_member_id)::int`,
  },
  {
    rule: 'The ownership is handed over by the Owner alone',
    query: `
      select id as audit_event, subject as organization, actor_member_id as actor from audit_event
      where action = 'organization.transferred' and refusal is null
        and actor_member_id is distinct from data ->> 'from'`,
  },
  {
    rule: 'Everybody has the role the audit log says they got last: by joining, a change, a move, or an ownership',
    query: `
      with given as (
        select e.id, i.member_id as member, i.role from audit_event e join invitation i on i.id = e.subject
        where e.action = 'invitation.accepted' and e.refusal is null
        union all
        select id, subject, data ->> 'to' from audit_event where action = 'member.role-changed' and refusal is null
        union all
        select id, subject, data ->> 'role' from audit_event where action = 'member.moved' and refusal is null
        union all
        select id, actor_member_id, 'admin' from audit_event
        where action = 'organization.set-up' and refusal is null
        union all
        select id, unnest(array[data ->> 'from', data ->> 'to']), 'admin' from audit_event
        where action = 'organization.transferred' and refusal is null),
      last as (select distinct on (member) member, role from given order by member, id desc)
      select m.id as member, m.role, last.role as given from member m join last on last.member = m.id
      where m.role in ('admin', 'billing-manager', 'user') and m.role <> last.role`,
  },
  {
    rule: 'Everybody is at home where they joined last, or were moved to since',
    query: `
      with came as (
        select e.id, i.member_id as member, i.organization_id as organization
        from audit_event e join invitation i on i.id = e.subject
        where e.action = 'invitation.accepted' and e.refusal is null
        union all
        select id, subject, data ->> 'to' from audit_event where action = 'member.moved' and refusal is null
        union all
        select id, actor_member_id, subject from audit_event
        where action = 'organization.set-up' and refusal is null),
      last as (select distinct on (member) member, organization from came order by member, id desc)
      select m.id as member, m.organization_id as organization from member m join last on last.member = m.id
        join organization o on o.id = m.organization_id and o.account_id = m.account_id
        join organization l on l.id = last.organization and l.account_id = m.account_id
      where m.organization_id <> last.organization`,
  },
  {
    rule: 'People are moved, and organizations made and renamed, by Account Admins alone',
    query: `
      with given as (
        select e.id, i.member_id as member, 'user' as role from audit_event e join invitation i on i.id = e.subject
        where e.action = 'invitation.accepted' and e.refusal is null
        union all
        select id, subject, data ->> 'to' from audit_event
        where action = 'member.account-role-changed' and refusal is null
        union all
        select id, actor_member_id, 'account-admin' from audit_event
        where action = 'organization.set-up' and refusal is null)
      select e.id as audit_event, e.actor_member_id as actor from audit_event e
      where e.action in ('member.moved', 'organization.created', 'organization.renamed') and e.refusal is null
        and (select g.role from given g where g.member = e.actor_member_id and g.id < e.id order by g.id desc limit 1)
          is distinct from 'account-admin'`,
  },
  {
    rule: 'What the audit log says of an organization is of one in the account, made and named as it says',
    query: `
      select e.id as audit_event, e.action, e.subject from audit_event e
      left join organization o on o.id = e.subject and o.account_id = e.account_id
      where e.action in ('organization.created', 'organization.renamed')
        and e.refusal is null and o.id is null
      union all
      select last.id, last.action, last.subject from (
        select distinct on (subject) id, action, subject, coalesce(data ->> 'to', data ->> 'organization') as name
        from audit_event where refusal is null
          and action in ('organization.set-up', 'organization.created', 'organization.renamed')
        order by subject, id desc) last
      join organization o on o.id = last.subject where o.name <> last.name`,
  },
  {
    rule: 'Account Admin is who set usher up or was made it, until the role is taken or they come back',
    query: `
      with given as (
        select e.id, i.member_id as member, 'user' as role from audit_event e join invitation i on i.id = e.subject
        where e.action = 'invitation.accepted' and e.refusal is null
        union all
        select id, subject, data ->> 'to' from audit_event
        where action = 'member.account-role-changed' and refusal is null
        union all
        select id, actor_member_id, 'account-admin' from audit_event
        where action = 'organization.set-up' and refusal is null),
      last as (select distinct on (member) member, role from given order by member, id desc)
      select m.id as member, m.account_role, last.role as given from member m join last on last.member = m.id
      where m.account_role in ('account-admin', 'user') and m.account_role <> last.role
        and exists (select from member a where a.account_id = m.account_id and a.account_role = 'account-admin')`,
  },
  {
    rule: 'Nobody raises their own role',
    query: `
      select id as audit_event, actor_member_id as actor, action from audit_event
      where refusal is null and actor_member_id = subject and case action
        when 'member.role-changed' then
          array_position(array['user', 'billing-manager', 'admin'], data ->> 'to')
            > array_position(array['user', 'billing-manager', 'admin'], data ->> 'from')
        when 'member.account-role-changed' then data ->> 'to' = 'account-admin' and data ->> 'from' = 'user'
        else false end`,
  },
  {
    rule: 'Whoever was removed or left comes back by a new invitation alone',
    query: `
      with joined as (
        select member_id as member, 1 as times from invitation where status = 'accepted'
        union all
        select actor_member_id, 1 from audit_event where action = 'organization.set-up' and refusal is null),
      gone as (select subject as member from audit_event where action = 'member.removed' and refusal is null)
      select m.id as member from member m
      where m.status = 'active' and m.removed_at is null and exists (select from joined j where j.member = m.id)
        and (select count(*) from joined j where j.member = m.id)
          <= (select count(*) from gone g where g.member = m.id)`,
  },
  {
    rule: 'A removal has its audit row, with who did it and why',
    query: `
      select m.id as member, m.removed_by, m.removal_reason
      from member m join member r on r.account_id = m.account_id and r.id = m.removed_by
      where not exists (
        select from audit_event e where e.subject = m.id and e.action = 'member.removed' and e.refusal is null
          and e.actor_member_id = m.removed_by and e.data ->> 'reason' = m.removal_reason)`,
  },
  {
    rule: 'What the audit log says of a member is of one in the account',
    query: `
      select e.id as audit_event, e.action, e.subject from audit_event e
      left join member m on m.id = e.subject and m.account_id = e.account_id
      where e.action in ('member.role-changed', 'member.account-role-changed', 'member.removed', 'member.moved')
        and e.refusal is null and m.id is null`,
  },
];
