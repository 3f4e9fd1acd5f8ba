import type { Invariant } from './invariant.ts';

/** What is to be said, and where it was said. */
export const messageInvariants: readonly Invariant[] = [
  {
    rule: 'The delivery of an invitation is under way, done, or known to reach nobody',
    query: `
      select id as invitation, delivery from invitation 
      where delivery not in ('sending', 'delivered', 'unreachable', 'refused')`,
  },
  {
    rule: 'Every invitee gets a message: one not delivered yet is waiting to be sent',
    query: `
      select i.id as invitation from invitation i
      where i.status = 'pending' and i.expires_at > now() and i.delivery = 'sending' and not exists (
        select from outbox d where d.topic = i.id and d.kind = 'invite' and d.status = 'waiting')`,
  },
  {
    rule: 'A message to be sent is about an invitation, a batch of them, a pool, a member, a channel or an export, that exists',
    query: `
      select d.id as outbox, d.topic, d.kind from outbox d
      where not case when d.kind = 'report' then exists (select from invitation i where i.batch_id = d.topic)
        when d.kind in ('seats', 'channel-seats') then exists (select from license_pool p where p.id = d.topic)
        when d.kind = 'news' then exists (select from organization o where o.id = d.topic)
        when d.kind in ('notice', 'renotice') then exists (select from channel_notice n where n.id = d.topic)
        when d.kind = 'export' then exists (select from export_request r where r.id = d.topic)
        when d.kind in ('change', 'goodbye') then exists (select from member m where m.id = d.topic)
        else d.kind in ('invite', 'remind', 'redraw', 'request')
          and exists (select from invitation i where i.id = d.topic) end`,
  },
  {
    rule: 'A message is waiting, or closed at a known moment and leased by nobody',
    query: `
      select id as outbox, status, leased_until, closed_at from outbox
      where status not in ('waiting', 'sent', 'dropped', 'dead') or (status = 'waiting') <> (closed_at is null)
        or (status <> 'waiting' and leased_until is not null)`,
  },
  {
    rule: 'Messages about one thing are delivered one after the other',
    query: `
      select topic, array_agg(id) as outbox from outbox
      where leased_until is not null group by topic having count(*) > 1`,
  },
  {
    rule: 'Nothing is said twice: of each kind of message about one thing at most one has not been tried',
    query: `
      select topic, kind, array_agg(id) as outbox from outbox
      where status = 'waiting' and attempt = 0 group by topic, kind having count(*) > 1`,
  },
  {
    rule: 'No message waits for longer than a day past its time',
    query: `
      select id as outbox, topic, kind, attempt, due_at, note from outbox
      where status = 'waiting' and due_at < now() - interval '1 day'
        and (leased_until is null or leased_until < now())`,
    onlyWhileRunning: true,
  },
  {
    rule: 'A posted message is about an invitation, a batch of them, a pool, a channel or an export, that exists, with a link that was made',
    query: `
      select p.platform, p.workspace_id as workspace, p.channel, p.message_id as message, p.topic, p.generation
      from posted_message p
      where not case when p.kind = 'report' then exists (select from invitation i where i.batch_id = p.topic)
        when p.kind in ('seats', 'channel-seats') then exists (select from license_pool l where l.id = p.topic)
        when p.kind = 'news' then exists (select from organization o where o.id = p.topic)
        when p.kind = 'notice' then exists (select from channel_notice n where n.id = p.topic)
        when p.kind = 'export' then exists (select from export_request r where r.id = p.topic)
        else exists (select from invitation i where i.id = p.topic and p.generation between 1 and i.generation) end`,
  },
  {
    rule: 'Messages about invitations, pools, organizations and exports are posted in no workspace of another account',
    query: `
      select p.platform, p.workspace_id as workspace, p.channel, p.message_id as message, p.topic
      from posted_message p join workspace w on w.platform = p.platform and w.external_id = p.workspace_id
      where exists (select from invitation i where i.id = p.topic and i.account_id <> w.account_id)
        or exists (select from invitation i where i.batch_id = p.topic and i.account_id <> w.account_id)
        or exists (select from license_pool l where l.id = p.topic and l.account_id <> w.account_id)
        or exists (select from organization o where o.account_id <> w.account_id and (o.id = p.topic
          or exists (select from channel_notice n where n.id = p.topic and n.organization_id = o.id)))
        or exists (select from export_request r where r.id = p.topic and r.account_id <> w.account_id)`,
  },
];
