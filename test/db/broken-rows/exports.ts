import { audit, type Breakage } from './planted.ts';

const more = (status: string, of = '{member olivia}', account = '{account Payments}') => `
  insert into export_request (id, account_id, member_id, platform, workspace_id, content, status, offer_ends_at, rows)
    values ('exp_planted', '${account}', '${of}', 'slack', 'T1', 'members', '${status}', now(),
      ${status === 'sent' ? 3 : 'null'})`;

/** Exports that break a rule. */
export const brokenExports: Record<string, Breakage[]> = {
  'Nobody has two exports under way': [
    [
      'two offers',
      '{member adam}',
      'drop index one_export_at_a_time_per_member',
      more('offered', '{member adam}'),
      more('offered', '{member adam}').replace('exp_planted', 'exp_planted2'),
    ],
  ],
  'Whoever asked for an export is of its account, and so is where it goes': [
    [
      'a member of another account',
      'exp_planted',
      'alter table export_request drop constraint export_is_asked_for_by_a_member_of_the_account',
      more('cancelled', 'mem_nobody'),
    ],
    [
      'into a workspace of another account',
      '{export olivia}',
      `update export_request set workspace_id = 'T2' where id = '{export olivia}'`,
    ],
  ],
  'A file that was handed over has exactly one audit row with its number of rows, and no other file has one':
    [
      ['a file without', 'exp_planted', more('sent')],
      ['two of one file', '{export olivia}', audit('export.sent', '{export olivia}', { data: { rows: 1 } })],
      [
        'one of a cancelled file',
        'exp_planted',
        more('cancelled'),
        audit('export.sent', 'exp_planted', { data: { rows: 0 } }),
      ],
      [
        'another number',
        '{export olivia}',
        `update export_request set rows = rows + 1 where id = '{export olivia}'`,
      ],
    ],
  'An export is making, offered until a known moment, or at its end': [
    [
      'an offer without end',
      'exp_planted',
      'alter table export_request drop constraint offer_ends_at_a_time',
      more('offered').replace('now()', 'null'),
    ],
    [
      'lost',
      'exp_planted',
      'alter table export_request drop constraint export_status_is_known',
      more('lost'),
    ],
  ],
  'An export whose file is to be made has a message that waits for it': [
    ['nobody makes it', 'exp_planted', more('making')],
  ],
};
