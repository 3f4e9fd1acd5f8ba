import { type Breakage, day, invitation, removed } from './planted.ts';

/** Invitations that break a rule. */
export const brokenInvitations: Record<string, Breakage[]> = {
  'An invitation is to an organization of its account': [
    [
      'an organization of another account',
      '{invitation finn}',
      'alter table invitation drop constraint invitation_to_organization_in_account',
      `update invitation set organization_id = '{organization Shipping}' where id = '{invitation finn}'`,
    ],
  ],
  'An invitation is from a member of its account': [
    [
      'a member of another account',
      '{invitation finn}',
      'alter table invitation drop constraint inviter_is_in_the_account',
      `update invitation set invited_by = '{member bea}' where id = '{invitation finn}'`,
    ],
  ],
  'An invitation is as Admin, Billing Manager or User; inviting as Owner does not exist': [
    [
      'an Owner invited',
      'inv_planted',
      'alter table invitation drop constraint invitation_role_is_known',
      ...invitation({ role: 'owner' }),
    ],
  ],
  'At most one pending invitation per organization and address': [
    [
      'two',
      'inv_planted',
      'drop index one_pending_invitation_per_address',
      ...invitation({ email: 'finn@acme.test' }),
    ],
  ],
  'Nobody has a pending invitation to the organization they are active in': [
    ['Ana is active, and invited', '{member ana}', ...invitation({ email: 'ana@acme.test' })],
  ],
  'The invitations somebody sent die when they are removed': [
    ['Adam is removed, and Jan can still join', '{invitation jan}', ...removed('{member adam}')],
  ],
  'Everybody invited together was invited by one person, to one organization': [
    [
      'by two people',
      '{member adam}',
      `update invitation set batch_id = (select batch_id from invitation where id = '{invitation jan}')
        where id = '{invitation finn}'`,
    ],
  ],
  'An invitation is pending until the moment it is accepted, declined or revoked': [
    [
      'pending and decided',
      '{invitation finn}',
      'alter table invitation drop constraint decided_unless_pending',
      `update invitation set decided_at = now() where id = '{invitation finn}'`,
    ],
  ],
  'An accepted invitation, and no other, has made its member: in the account, with the invited address': [
    [
      'pending with a member',
      '{invitation finn}',
      'alter table invitation drop constraint accepted_invitation_has_its_member',
      `update invitation set member_id = '{member ana}' where id = '{invitation finn}'`,
    ],
    [
      'a member with another address',
      '{invitation ana}',
      `update member set email = 'anna@acme.test' where id = '{member ana}'`,
    ],
    [
      'a member of another account',
      'inv_planted',
      'alter table invitation drop constraint invitee_became_member_of_the_account',
      `insert into member (id, account_id, organization_id, email, full_name)
        values ('mem_x', '{account Shipping}', '{organization Shipping}', 'x@acme.test', 'X')`,
      ...invitation({ email: 'x@acme.test', joinedAs: 'mem_x' }),
    ],
  ],
  'A link that has run out can be neither accepted nor declined': [
    [
      'declined a second too late',
      '{invitation ben}',
      `update invitation set decided_at = expires_at + interval '1 second' where id = '{invitation ben}'`,
    ],
  ],
  'A link is valid for 15 minutes to 30 days': [
    [
      '31 days',
      '{invitation finn}',
      `update invitation set expires_at = sent_at + 31 * ${day} where id = '{invitation finn}'`,
    ],
    [
      'a minute',
      '{invitation finn}',
      `update invitation set expires_at = sent_at + interval '1 minute', reminders = '{}'
        where id = '{invitation finn}'`,
    ],
  ],
  'A new link is asked for once per link': [
    [
      'asked for more links than there are',
      '{invitation finn}',
      `update invitation set requested_generation = 2 where id = '{invitation finn}'`,
    ],
  ],
  'Reminders are none to three, in order, within the life of the link': [
    [
      'after the end',
      '{invitation finn}',
      `update invitation set reminders = array[expires_at + ${day}] where id = '{invitation finn}'`,
    ],
    [
      'the last one first',
      '{invitation finn}',
      `update invitation set reminders = array[reminders[2], reminders[1]] where id = '{invitation finn}'`,
    ],
    [
      'four',
      '{invitation finn}',
      'alter table invitation drop constraint at_most_three_reminders_to_come',
      `update invitation set reminders = array_fill(reminders[1], '{4}') where id = '{invitation finn}'`,
    ],
  ],
  'Nobody is told that a link has run out before it has': [
    [
      'a second before',
      '{invitation eve}',
      `update invitation set expiry_noticed_at = expires_at - interval '1 second' where id = '{invitation eve}'`,
    ],
  ],
  'Reminders and links that have run out are noticed within a day': [
    [
      'a link that ran out 25 hours ago',
      '{invitation finn}',
      `update invitation set sent_at = now() - interval '49 hours', expires_at = now() - interval '25 hours',
        reminders = '{}' where id = '{invitation finn}'`,
    ],
    [
      'a reminder that was due 25 hours ago',
      '{invitation finn}',
      `update invitation set sent_at = now() - 2 * ${day}, expires_at = now() + ${day},
        reminders = array[now() - interval '25 hours'] where id = '{invitation finn}'`,
    ],
  ],
};
