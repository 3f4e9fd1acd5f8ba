import type { Invariant } from './invariant.ts';

/** What happened: every change has its row, and every row its change. Rows with a refusal changed nothing. */
export const auditInvariants: readonly Invariant[] = [
  {
    rule: 'An organization has exactly one audit row of its set-up, or of being created',
    query: `
      select o.id as organization, count(e.id) as rows from organization o
      left join audit_event e on e.subject = o.id and e.action in ('organization.set-up', 'organization.created')
        and e.refusal is null
      group by o.id having count(e.id) <> 1`,
  },
  {
    rule: 'A workspace has its audit row, unless it is the first of its account, with which usher was set up',
    query: `
      select w.platform, w.external_id as workspace
      from (select *, row_number() over (partition by account_id order by connected_at) as place from workspace) w
      where w.place > 1 and not exists (
        select from audit_event e where e.subject = w.platform || ':' || w.external_id and e.refusal is null
          and e.action = 'workspace.connected')`,
  },
  {
    rule: 'An invitation has exactly one audit row of being sent, with its address and role',
    query: `
      select i.id as invitation, count(e.id) as rows from invitation i
      left join audit_event e on e.subject = i.id and e.action = 'invitation.sent' and e.refusal is null
      group by i.id
      having count(e.id) <> 1 or not bool_and(e.data ->> 'email' = i.email and e.data ->> 'role' = i.role)`,
  },
  {
    rule: 'The links of an invitation are the first one and one per audit row of being sent again',
    query: `
      select i.id as invitation, i.generation, count(e.id) as resent from invitation i
      left join audit_event e on e.subject = i.id and e.action = 'invitation.resent' and e.refusal is null
      group by i.id having i.generation <> 1 + count(e.id)`,
  },
  {
    rule: 'An answer or a revocation has exactly one audit row, and a pending invitation has none of them',
    query: `
      select i.id as invitation, i.status, array_remove(array_agg(e.action), null) as actions from invitation i
      left join audit_event e on e.subject = i.id and e.refusal is null
        and e.action in ('invitation.accepted', 'invitation.declined', 'invitation.revoked')
      group by i.id
      having count(e.id) <> (i.status <> 'pending')::int or bool_or(e.action <> 'invitation.' || i.status)`,
  },
  {
    rule: 'Joining makes exactly the member it says, with exactly the role of the invitation',
    query: `
      select i.id as invitation, i.member_id as member, e.id as audit_event
      from invitation i join audit_event e on e.subject = i.id and e.action = 'invitation.accepted' and e.refusal is null
      where i.status = 'accepted' and i.member_id is not null
        and (e.data ->> 'memberId', e.data ->> 'role') is distinct from (i.member_id, i.role)`,
  },
  {
    rule: 'A link the clock found run out has its audit row',
    query: `
      select i.id as invitation, i.expiry_noticed_at from invitation i
      where i.expiry_noticed_at is not null and not exists (
        select from audit_event e where e.subject = i.id and e.action = 'invitation.expired')`,
  },
  {
    rule: 'What the audit log says of an invitation is of one that exists in the account',
    query: `
      select e.id as audit_event, e.action, e.subject from audit_event e
      left join invitation i on i.id = e.subject and i.account_id = e.account_id
      where e.action like 'invitation.%' and e.refusal is null and i.id is null`,
  },
  {
    rule: 'An audit row names an account, and only organizations and members of it',
    query: `
      select e.id as audit_event, e.account_id as account, e.organization_id as organization, e.actor_member_id as actor
      from audit_event e
      left join account a on a.id = e.account_id
      left join organization o on o.account_id = e.account_id and o.id = e.organization_id
      left join member m on m.account_id = e.account_id and m.id = e.actor_member_id
      where a.id is null or (e.organization_id is not null and o.id is null)
        or (e.actor_member_id is not null and m.id is null)`,
  },
  {
    rule: 'Audit rows are never changed or deleted: what refuses it is in force',
    query: `
      select wanted.name as trigger
      from (values ('audit_event_is_final'), ('audit_events_are_never_emptied')) as wanted (name)
      left join pg_trigger t on t.tgname = wanted.name and t.tgrelid = 'audit_event'::regclass
      where t.tgenabled is null or t.tgenabled not in ('O', 'A')`,
  },
];
