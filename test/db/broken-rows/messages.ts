import { type Breakage, day } from './planted.ts';

/** Messages that break a rule. */
export const brokenMessages: Record<string, Breakage[]> = {
  'The delivery of an invitation is under way, done, or known to reach nobody': [
    [
      'lost',
      '{invitation finn}',
      'alter table invitation drop constraint invitation_delivery_is_known',
      `update invitation set delivery = 'lost' where id = '{invitation finn}'`,
    ],
  ],
  'Every invitee gets a message: one not delivered yet is waiting to be sent': [
    [
      'the message was dropped',
      '{invitation gus}',
      `update outbox set status = 'dropped', closed_at = now() where topic = '{invitation gus}'`,
    ],
  ],
  'A message to be sent is about an invitation, a batch of them, a pool, a member, a channel or an export, that exists':
    [
      [
        'a notice that does not exist',
        'not_nobody',
        `insert into outbox (topic, kind) values ('not_nobody', 'renotice')`,
      ],
      [
        'a member who does not exist',
        'mem_nobody',
        `insert into outbox (topic, kind) values ('mem_nobody', 'goodbye')`,
      ],
      [
        'a pool that does not exist',
        'pol_nobody',
        `insert into outbox (topic, kind) values ('pol_nobody', 'seats')`,
      ],
      [
        'an export that does not exist',
        'exp_nobody',
        `insert into outbox (topic, kind) values ('exp_nobody', 'export')`,
      ],
      [
        'an invitation that does not exist',
        'inv_nobody',
        `insert into outbox (topic, kind) values ('inv_nobody', 'redraw')`,
      ],
      [
        'a report about an invitation instead of a batch',
        '{invitation finn}',
        `insert into outbox (topic, kind) values ('{invitation finn}', 'report')`,
      ],
      [
        'a kind nobody delivers',
        '{invitation finn}',
        `insert into outbox (topic, kind) values ('{invitation finn}', 'greet')`,
      ],
    ],
  'A message is waiting, or closed at a known moment and leased by nobody': [
    [
      'waiting and closed',
      '{outbox gus}',
      'alter table outbox drop constraint outbox_closed_unless_waiting',
      `update outbox set closed_at = now() where topic = '{invitation gus}'`,
    ],
    [
      'sent and leased',
      '{outbox finn}',
      `update outbox set leased_until = now() where topic = '{invitation finn}'`,
    ],
  ],
  'Messages about one thing are delivered one after the other': [
    [
      'two leased at once',
      '{invitation gus}',
      'drop index one_delivery_at_a_time_per_topic',
      `insert into outbox (topic, kind) values ('{invitation gus}', 'remind')`,
      `update outbox set leased_until = now() where topic = '{invitation gus}'`,
    ],
  ],
  'Nothing is said twice: of each kind of message about one thing at most one has not been tried': [
    [
      'two invitations to be sent',
      '{invitation gus}',
      'drop index one_unsent_row_per_topic_and_kind',
      `insert into outbox (topic, kind) values ('{invitation gus}', 'invite')`,
    ],
  ],
  'No message waits for longer than a day past its time': [
    [
      'due 25 hours ago, its lease ended',
      '{invitation gus}',
      `update outbox set due_at = now() - interval '25 hours', leased_until = now() - ${day}
        where topic = '{invitation gus}'`,
    ],
  ],
  'A posted message is about an invitation, a batch of them, a pool, a channel or an export, that exists, with a link that was made':
    [
      [
        'an export that does not exist',
        'exp_nobody',
        `insert into posted_message (platform, workspace_id, user_id, channel, message_id, topic, kind)
          values ('slack', 'T1', 'U9', 'D9', '9.7', 'exp_nobody', 'export')`,
      ],
      [
        'an invitation that does not exist',
        'inv_nobody',
        `update posted_message set topic = 'inv_nobody' where topic = '{invitation finn}'`,
      ],
      [
        'a link that was never made',
        '{invitation finn}',
        `update posted_message set generation = 2 where topic = '{invitation finn}'`,
      ],
    ],
  'Messages about invitations, pools, organizations and exports are posted in no workspace of another account':
    [
      [
        'the message of an export',
        '{export olivia}',
        `insert into posted_message (platform, workspace_id, user_id, channel, message_id, topic, kind)
        values ('slack', 'T2', 'U9', 'D9', '9.8', '{export olivia}', 'export')`,
      ],
      [
        'the notice of a pool',
        '{pool KSE}',
        `insert into posted_message (platform, workspace_id, user_id, channel, message_id, topic, kind)
        values ('slack', 'T2', 'U9', 'D9', '9.9', '{pool KSE}', 'seats')`,
      ],
      [
        'the news of an organization',
        '{organization Payments}',
        `insert into posted_message (platform, workspace_id, user_id, channel, message_id, topic, kind)
        values ('slack', 'T2', 'C9', 'C9', '9.8', '{organization Payments}', 'news')`,
      ],
      [
        'the message of an invitee',
        '{invitation finn}',
        `update posted_message set workspace_id = 'T2' where topic = '{invitation finn}'`,
      ],
      [
        'the report of an inviter',
        'T2',
        `update posted_message set workspace_id = 'T2'
        where topic = (select batch_id from invitation where id = '{invitation ana}')`,
      ],
    ],
};
