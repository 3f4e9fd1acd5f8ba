/**
 * A way to break a rule, and no other rule with it: what is wrong, a value of the offending row, and the statements that
 * make it so, which first remove what would refuse them. `{member ana}` stands for Ana's id in the healthy database.
 */
type Breakage = [wrong: string, finds: string, ...statements: string[]];

const day = `interval '1 day'`;

/** Each rule with at least one way to break it. */
export const breakages: Record<string, Breakage[]> = {
  'A workspace or tenant is connected to exactly one account': [
    [
      'an account that does not exist',
      'T9',
      'alter table workspace drop constraint workspace_account_id_account_id_fk',
      `insert into workspace values ('slack', 'T9', 'acc_nobody')`,
    ],
    [
      'two accounts',
      'T9',
      'alter table chat_identity drop constraint chat_identity_in_connected_workspace',
      'alter table workspace drop constraint workspace_belongs_to_one_account',
      `insert into workspace values ('slack', 'T9', '{account Payments}'), ('slack', 'T9', '{account Shipping}')`,
      ...['Payments', 'Shipping'].map((name) => audit('workspace.connected', 'slack:T9', { account: name })),
    ],
  ],
  'An account has at least one active Account Admin': [
    [
      'the last one became a User',
      '{account Payments}',
      `update member set account_role = 'user' where id = '{member olivia}'`,
    ],
  ],
  'An organization has exactly one Owner, an active member of it': [
    [
      'a member of another organization',
      '{member bea}',
      'alter table organization drop constraint owner_is_an_active_member',
      `update organization set owner_member_id = '{member bea}' where id = '{organization Payments}'`,
    ],
    [
      'somebody removed',
      '{member ana}',
      'alter table organization drop constraint owner_is_an_active_member',
      `update organization set owner_member_id = '{member ana}' where id = '{organization Payments}'`,
      `update member set status = 'inactive' where id = '{member ana}'`,
    ],
  ],
  'The setting for how long a link is valid is 15 minutes to 30 days': [
    [
      'a minute',
      '{organization Payments}',
      'alter table organization drop constraint link_lifetime_is_15_minutes_to_30_days',
      `update organization set link_lifetime = '1 minute' where id = '{organization Payments}'`,
    ],
  ],
  'The setting for reminders has none to three': [
    [
      'four',
      '{organization Payments}',
      'alter table organization drop constraint at_most_three_reminders',
      `update organization set reminders_before_end = '{4:00,3:00,2:00,1:00}' where id = '{organization Payments}'`,
    ],
  ],
  'A member has exactly one home organization, of their account': [
    [
      'an organization of another account',
      '{member ana}',
      'alter table member drop constraint home_organization_is_in_the_account',
      `update member set organization_id = '{organization Shipping}' where id = '{member ana}'`,
    ],
  ],
  'A person is one member of an account, whatever happens': [
    [
      'two members with one address',
      'mem_twin',
      'alter table member drop constraint one_member_per_address',
      ...invitation({ email: 'ana@acme.test', joinedAs: 'mem_twin' }),
      `insert into member (id, account_id, organization_id, email, full_name)
        select 'mem_twin', account_id, organization_id, email, full_name from member where id = '{member ana}'`,
    ],
  ],
  'An address is kept in its normal form, so that equal people are equal': [
    [
      'a capital letter in a member',
      '{member olivia}',
      `update member set email = 'Olivia@acme.test' where id = '{member olivia}'`,
    ],
    ['a Kelvin sign in an invitation', 'inv_planted', ...invitation({ email: '\u212Aay@acme.test' })],
  ],
  'A member is Active or Inactive, Account Admin or User, and Admin, Billing Manager or User': [
    [
      'a status nobody knows',
      '{member ana}',
      'alter table member drop constraint member_status_is_known',
      `update member set status = 'asleep' where id = '{member ana}'`,
    ],
    [
      'an account role nobody knows',
      '{member ana}',
      'alter table member drop constraint member_account_role_is_known',
      `update member set account_role = 'owner' where id = '{member ana}'`,
    ],
    [
      'a role nobody knows',
      '{member ana}',
      'alter table member drop constraint member_role_is_known',
      `update member set role = 'owner' where id = '{member ana}'`,
    ],
  ],
  'Nobody is a member who has neither set usher up nor accepted an invitation': [
    [
      'a member from nowhere',
      'mem_nowhere',
      `insert into member (id, account_id, organization_id, email, full_name)
        values ('mem_nowhere', '{account Payments}', '{organization Payments}', 'x@acme.test', 'X')`,
    ],
  ],
  'Whoever is named as the inviter of a member is in the account': [
    [
      'a member of another account',
      '{member ana}',
      `update member set invited_by = '{member bea}' where id = '{member ana}'`,
    ],
  ],
  'A chat identity is of exactly one member': [
    [
      'two members',
      'U-ana',
      'alter table chat_identity drop constraint one_member_per_chat_identity',
      `insert into chat_identity select platform, workspace_id, user_id, account_id, '{member adam}'
        from chat_identity where member_id = '{member ana}'`,
    ],
  ],
  'A chat identity and its member are in the account of the workspace': [
    [
      'another account',
      'U-ana',
      'alter table chat_identity drop constraint chat_identity_of_member_in_account',
      `update chat_identity set account_id = '{account Shipping}' where member_id = '{member ana}'`,
    ],
    [
      'a workspace that is not connected',
      'T9',
      'alter table chat_identity drop constraint chat_identity_in_connected_workspace',
      `update chat_identity set workspace_id = 'T9' where member_id = '{member ana}'`,
    ],
    [
      'a member of another account',
      'U-ana',
      'alter table chat_identity drop constraint chat_identity_of_member_in_account',
      `update chat_identity set member_id = '{member bea}' where member_id = '{member ana}'`,
    ],
  ],
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
    [
      'Adam is removed, and Jan can still join',
      '{invitation jan}',
      `update member set status = 'inactive' where id = '{member adam}'`,
    ],
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
  'A message to be sent is about an invitation, or a batch of them, that exists': [
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
  'A posted message is about an invitation, or a batch of them, that exists, with a link that was made': [
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
  'Messages about an invitation are posted in no workspace of another account': [
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
  'An organization has exactly one audit row of its set-up': [
    [
      'none',
      '{organization Payments}',
      'alter table audit_event disable trigger audit_event_is_final',
      `update audit_event set subject = 'org_nobody' where subject = '{organization Payments}'`,
      'alter table audit_event enable trigger audit_event_is_final',
    ],
  ],
  'A workspace has its audit row, unless it is the first of its account, with which usher was set up': [
    [
      'a further workspace without one',
      'T9',
      `insert into workspace values ('slack', 'T9', '{account Payments}')`,
    ],
  ],
  'An invitation has exactly one audit row of being sent, with its address and role': [
    ['two', '{invitation finn}', audit('invitation.sent', '{invitation finn}')],
    ['none', 'inv_planted', invitation({})[0] ?? ''],
    [
      'a role that was not offered',
      '{invitation finn}',
      `update invitation set role = 'admin' where id = '{invitation finn}'`,
    ],
  ],
  'The links of an invitation are the first one and one per audit row of being sent again': [
    [
      'a link nobody sent',
      '{invitation finn}',
      `update invitation set generation = 2 where id = '{invitation finn}'`,
    ],
  ],
  'An answer or a revocation has exactly one audit row, and a pending invitation has none of them': [
    [
      'pending again after an answer',
      '{invitation ben}',
      `update invitation set status = 'pending', decided_at = null where id = '{invitation ben}'`,
    ],
    [
      'revoked, and the audit log says declined',
      '{invitation ben}',
      `update invitation set status = 'revoked' where id = '{invitation ben}'`,
    ],
    ['declined twice', '{invitation ben}', audit('invitation.declined', '{invitation ben}')],
  ],
  'Joining makes exactly the member it says, with exactly the role of the invitation': [
    [
      'another role',
      '{invitation ana}',
      'alter table audit_event disable trigger audit_event_is_final',
      `update audit_event set data = data || '{"role": "admin"}'
        where subject = '{invitation ana}' and action = 'invitation.accepted'`,
      'alter table audit_event enable trigger audit_event_is_final',
    ],
  ],
  'A link the clock found run out has its audit row': [
    [
      'noticed in silence',
      '{invitation finn}',
      `update invitation set expiry_noticed_at = expires_at where id = '{invitation finn}'`,
    ],
  ],
  'What the audit log says of an invitation is of one that exists in the account': [
    [
      'an invitation of another account',
      '{invitation iris}',
      audit('invitation.link-copied', '{invitation iris}'),
    ],
  ],
  'An audit row names an account, and only organizations and members of it': [
    [
      'a member of another account',
      '{member bea}',
      audit('invitation.link-copied', '{invitation finn}', { actor: '{member bea}' }),
    ],
    [
      'an organization of another account',
      '{organization Shipping}',
      audit('invitation.link-copied', '{invitation finn}', { organization: 'Shipping' }),
    ],
  ],
  'Audit rows are never changed or deleted: what refuses it is in force': [
    [
      'the trigger is off',
      'audit_event_is_final',
      'alter table audit_event disable trigger audit_event_is_final',
    ],
    [
      'the trigger is gone',
      'audit_events_are_never_emptied',
      'drop trigger audit_events_are_never_emptied on audit_event',
    ],
  ],
};

/** An invitation to Payments, delivered, with the audit rows it should have; accepted when somebody joined by it. */
function invitation(of: { email?: string; role?: string; joinedAs?: string }): string[] {
  const { email = 'kim@acme.test', role = 'user', joinedAs } = of;
  const id = 'inv_planted';
  const data = { email, role, memberId: joinedAs };
  return [
    `insert into invitation (id, account_id, organization_id, email, role, status, batch_id, invited_by, expires_at,
        reminders, decided_at, member_id, delivery)
      values ('${id}', '{account Payments}', '{organization Payments}', '${email}', '${role}',
        ${joinedAs ? `'accepted'` : `'pending'`}, 'bat_planted', '{member olivia}', now() + ${day}, '{}',
        ${joinedAs ? 'now()' : 'null'}, ${joinedAs ? `'${joinedAs}'` : 'null'}, 'delivered')`,
    audit('invitation.sent', id, { data }),
    ...(joinedAs ? [audit('invitation.accepted', id, { data })] : []),
  ];
}

/** An audit row of the account that is named after its first organization. */
function audit(
  action: string,
  subject: string,
  more: { account?: string; organization?: string; actor?: string; data?: object } = {},
): string {
  const { account = 'Payments', organization, actor, data = {} } = more;
  return `insert into audit_event (id, account_id, organization_id, actor_member_id, action, subject, data)
    values (gen_random_uuid(), '{account ${account}}',
      ${organization ? `'{organization ${organization}}'` : 'null'}, ${actor ? `'${actor}'` : 'null'},
      '${action}', '${subject}', '${JSON.stringify(data)}')`;
}
