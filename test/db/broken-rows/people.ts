import { audit, type Breakage, handedOver, invitation, removed } from './planted.ts';

/** Accounts, organizations, members and identities that break a rule. */
export const brokenPeople: Record<string, Breakage[]> = {
  'A workspace or tenant is connected to exactly one account': [
    [
      'an account that does not exist',
      'T9',
      'alter table workspace drop constraint workspace_belongs_to_an_account',
      `insert into workspace values ('slack', 'T9', 'acc_nobody')`,
    ],
    [
      'two accounts',
      'T9',
      'alter table chat_identity drop constraint chat_identity_in_connected_workspace',
      'alter table export_request drop constraint export_goes_to_a_connected_workspace',
      'alter table workspace drop constraint workspace_belongs_to_one_account',
      `insert into workspace values ('slack', 'T9', '{account Payments}'), ('slack', 'T9', '{account Shipping}')`,
      ...['Payments', 'Shipping'].map((name) => audit('workspace.connected', 'slack:T9', { account: name })),
    ],
  ],
  'An account has at least one active Account Admin': [
    [
      'the last one became a User',
      '{account Payments}',
      'alter table member disable trigger account_keeps_an_active_admin',
      `update member set account_role = 'user' where id = '{member olivia}'`,
      'alter table member enable trigger account_keeps_an_active_admin',
    ],
  ],
  'An organization has exactly one Owner, an active member of it': [
    [
      'a member of another organization',
      '{member bea}',
      'alter table organization drop constraint owner_is_an_active_member',
      `update organization set owner_member_id = '{member bea}' where id = '{organization Payments}'`,
      handedOver('{member bea}'),
    ],
    [
      'somebody removed',
      '{member ana}',
      'alter table organization drop constraint owner_is_an_active_member',
      `update organization set owner_member_id = '{member ana}' where id = '{organization Payments}'`,
      `update member set role = 'admin' where id = '{member ana}'`,
      handedOver('{member ana}'),
      ...removed('{member ana}'),
    ],
  ],
  'Organizations of an account differ in more than the case of their names': [
    [
      'the same name in capitals',
      '{organization Risk}',
      'drop index organization_names_differ_in_more_than_case',
      `update organization set name = 'PAYMENTS' where id = '{organization Risk}'`,
      audit('organization.renamed', '{organization Risk}', {
        ...{ actor: '{member olivia}', data: { from: 'Risk', to: 'PAYMENTS' } },
      }),
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
  'The quiet hours of an organization are hours of the day': [
    [
      'a 25th hour',
      '{organization Payments}',
      'alter table organization drop constraint quiet_hours_are_hours_of_the_day',
      `update organization set quiet_from = 24 where id = '{organization Payments}'`,
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
};
