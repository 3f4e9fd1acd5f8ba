import type { Breakage } from './planted.ts';

/** Payments tells its news in a channel. */
const told = `
  insert into organization_channel (organization_id, account_id, platform, workspace_id, channel_id, name, time_zone,
    set_by, digest_at)
  values ('{organization Payments}', '{account Payments}', 'slack', 'T1', 'C1', '#payments', 'UTC', '{member olivia}',
    now() + interval '1 day')`;

const notice = (id: string, more = `'digest', '2026-11-23'`) =>
  `insert into channel_notice (id, organization_id, kind, week) values ('${id}', '{organization Payments}', ${more})`;

/** Channels that break a rule. */
export const brokenChannels: Record<string, Breakage[]> = {
  'An organization has at most one channel, in a connected workspace of its account': [
    [
      'in a workspace of another account',
      '{organization Payments}',
      'alter table organization_channel drop constraint channel_in_a_connected_workspace_of_the_account',
      told,
      `update organization_channel set workspace_id = 'T2'`,
    ],
    [
      'two',
      '{organization Payments}',
      'alter table organization_channel drop constraint one_channel_per_organization',
      told,
      told,
    ],
  ],
  'The week of an organization is told once': [
    [
      'twice',
      '{organization Payments}',
      'drop index one_digest_per_organization_and_week',
      notice('not_1'),
      notice('not_2'),
    ],
  ],
  'A line in a channel is about a link that was made, of an invitation to the organization': [
    [
      'an invitation to another organization',
      'not_1',
      notice('not_1'),
      `insert into channel_notice_line values ('not_1', '{invitation iris}', 1)`,
    ],
    [
      'a link that was never made',
      '{invitation finn}',
      notice('not_1', `'expiring', null`),
      `insert into channel_notice_line values ('not_1', '{invitation finn}', 2)`,
    ],
  ],
  'News are about somebody of the account of the organization': [
    [
      'somebody of another account',
      '{member bea}',
      `insert into channel_news (organization_id, member_id, what)
        values ('{organization Payments}', '{member bea}', 'joined')`,
    ],
  ],
};
