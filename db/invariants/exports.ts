import type { Invariant } from './invariant.ts';

/** Files that people asked for. */
export const exportInvariants: readonly Invariant[] = [
  {
    rule: 'Nobody has two exports under way',
    query: `
      select member_id as member, array_agg(id) as exports from export_request
      where status in ('making', 'offered') group by member_id having count(*) > 1`,
  },
  {
    rule: 'Whoever asked for an export is of its account, and so is where it goes',
    query: `
      select e.id as export, e.member_id as member from export_request e
      left join member m on m.id = e.member_id and m.account_id = e.account_id
      left join workspace w on w.platform = e.platform and w.external_id = e.workspace_id
        and w.account_id = e.account_id
      where m.id is null or w.account_id is null`,
  },
  {
    rule: 'A file that was handed over has exactly one audit row with its number of rows, and no other file has one',
    query: `
      select r.id as export, r.status, count(e.id) as rows from export_request r
      left join audit_event e on e.subject = r.id and e.action = 'export.sent' and e.refusal is null
      group by r.id having count(e.id) <> (r.status = 'sent')::int
        or bool_or((e.data ->> 'rows')::int is distinct from r.rows and e.id is not null)`,
  },
  {
    rule: 'An export is making, offered until a known moment, or at its end',
    query: `
      select id as export, status from export_request
      where status not in ('making', 'offered', 'sent', 'cancelled', 'declined', 'expired', 'not-allowed', 'failed')
        or (status = 'offered' and offer_ends_at is null)`,
  },
  {
    rule: 'An export whose file is to be made has a message that waits for it',
    query: `
      select r.id as export from export_request r where r.status = 'making' and not exists (
        select from outbox d where d.topic = r.id and d.kind = 'export' and d.status = 'waiting')`,
  },
];
