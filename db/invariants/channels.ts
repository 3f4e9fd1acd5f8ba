import type { Invariant } from './invariant.ts';

/** Where organizations tell their news, and what is told there. */
export const channelInvariants: readonly Invariant[] = [
  {
    rule: 'An organization has at most one channel, in a connected workspace of its account',
    query: `
      select c.organization_id as organization, c.platform, c.workspace_id as workspace from organization_channel c
      left join organization o on o.id = c.organization_id and o.account_id = c.account_id
      left join workspace w on w.platform = c.platform and w.external_id = c.workspace_id
        and w.account_id = c.account_id
      where o.id is null or w.external_id is null
        or (select count(*) from organization_channel d where d.organization_id = c.organization_id) > 1`,
  },
  {
    rule: 'The week of an organization is told once',
    query: `
      select organization_id as organization, week, count(*) as digests from channel_notice
      where week is not null group by organization_id, week having count(*) > 1`,
  },
  {
    rule: 'A line in a channel is about a link that was made, of an invitation to the organization',
    query: `
      select l.notice_id as notice, l.invitation_id as invitation from channel_notice_line l
      left join channel_notice n on n.id = l.notice_id
      left join invitation i on i.id = l.invitation_id and i.organization_id = n.organization_id
      where i.id is null or l.generation not between 1 and i.generation`,
  },
  {
    rule: 'News are about somebody of the account of the organization',
    query: `
      select n.id as news, n.member_id as member from channel_news n
      join organization o on o.id = n.organization_id
      left join member m on m.id = n.member_id and m.account_id = o.account_id
      where m.id is null`,
  },
];
