import { audit, type Breakage, handedOver, removed } from './planted.ts';

/** Owners, roles and removals that break a rule. */
export const brokenStanding: Record<string, Breakage[]> = {
  'Somebody inactive, and nobody else, was removed or left at a known moment': [
    [
      'inactive for no reason',
      '{member ana}',
      'alter table member drop constraint removed_at_a_time_by_somebody_for_a_reason',
      `update member set status = 'inactive' where id = '{member ana}'`,
    ],
    [
      'active since a removal',
      '{member ana}',
      'alter table member drop constraint removed_at_a_time_by_somebody_for_a_reason',
      ...removed('{member ana}'),
      `update member set status = 'active' where id = '{member ana}'`,
    ],
    [
      'a reason nobody knows',
      '{member ana}',
      'alter table member drop constraint removal_reason_is_known',
      `update member set status = 'inactive', removed_at = now(), removed_by = '{member olivia}',
        removal_reason = 'vanished' where id = '{member ana}'`,
      audit('member.removed', '{member ana}', { actor: '{member olivia}', data: { reason: 'vanished' } }),
    ],
  ],
  'Whoever removed a member is in the account, and only who left did it themselves': [
    [
      'somebody of another account',
      '{member ana}',
      'alter table member drop constraint remover_is_in_the_account',
      ...removed('{member ana}'),
      `update member set removed_by = '{member bea}' where id = '{member ana}'`,
    ],
    [
      'left by the hand of another',
      '{member ana}',
      'alter table member drop constraint only_who_left_did_it_themselves',
      `update member set status = 'inactive', removed_at = now(), removed_by = '{member olivia}',
        removal_reason = 'left' where id = '{member ana}'`,
      audit('member.removed', '{member ana}', { actor: '{member olivia}', data: { reason: 'left' } }),
    ],
  ],
  'What somebody had prepared goes with them': [
    [
      'a draft of somebody who was removed',
      'dra_left',
      `insert into draft (id, member_id, input) values ('dra_left', '{member lea}', '{}')`,
    ],
  ],
  'Beneath the ownership an Owner is Admin, which is what they are after handing it over': [
    [
      'a User',
      '{member olivia}',
      `update member set role = 'user' where id = '{member olivia}'`,
      audit('member.role-changed', '{member olivia}', { data: { from: 'admin', to: 'user' } }),
    ],
  ],
  'An account cannot lose its last Account Admin: what refuses it is in force': [
    [
      'the trigger is off',
      'account_keeps_an_active_admin',
      'alter table member disable trigger account_keeps_an_active_admin',
    ],
    [
      'the trigger is gone',
      'account_keeps_an_active_admin',
      'drop trigger account_keeps_an_active_admin on member',
    ],
  ],
  'An organization is owned by who set it up, or by whom the audit log says it was handed over to': [
    [
      'somebody it was never handed over to',
      '{member tom}',
      `update organization set owner_member_id = '{member tom}' where id = '{organization Payments}'`,
      `update member set role = 'admin' where id = '{member tom}'`,
      audit('member.role-changed', '{member tom}', { data: { from: 'user', to: 'admin' } }),
    ],
    ['handed over, and kept', '{member adam}', handedOver('{member adam}')],
  ],
  'The ownership is handed over by the Owner alone': [
    [
      'by Tom, and Adam gave it back',
      '{member tom}',
      audit('organization.transferred', '{organization Payments}', {
        ...{ actor: '{member tom}', data: { from: '{member olivia}', to: '{member adam}' } },
      }),
      audit('organization.transferred', '{organization Payments}', {
        ...{ actor: '{member adam}', data: { from: '{member adam}', to: '{member olivia}' } },
      }),
    ],
  ],
  'Everybody has the role the audit log says they got last: by joining, a change, a move, or an ownership': [
    [
      'a role nobody gave',
      '{member ana}',
      `update member set role = 'billing-manager' where id = '{member ana}'`,
    ],
    [
      'a role that is not theirs any more',
      '{member tom}',
      audit('member.role-changed', '{member tom}', { data: { from: 'admin', to: 'user' } }),
      `update member set role = 'admin' where id = '{member tom}'`,
    ],
  ],
  'Everybody is at home where they joined last, or were moved to since': [
    [
      'somebody nobody moved',
      '{member ana}',
      `update member set organization_id = '{organization Risk}' where id = '{member ana}'`,
    ],
    [
      'somebody who was moved away again',
      '{member mona}',
      `update member set organization_id = '{organization Payments}' where id = '{member mona}'`,
      `update license_assignment set organization_id = '{organization Payments}' where member_id = '{member mona}'`,
    ],
  ],
  'People are moved, and organizations made and renamed, by Account Admins alone': [
    [
      'Adam, who is Admin of an organization',
      '{member adam}',
      audit('member.moved', '{member mona}', {
        ...{ actor: '{member adam}', data: { to: '{organization Risk}', role: 'user' } },
      }),
    ],
    [
      'Tom, who was Account Admin before',
      '{member tom}',
      audit('organization.renamed', '{organization Payments}', {
        ...{ actor: '{member tom}', data: { from: 'Pay', to: 'Payments' } },
      }),
    ],
  ],
  'What the audit log says of an organization is of one in the account, made and named as it says': [
    [
      'an organization of another account',
      '{organization Shipping}',
      audit('organization.renamed', '{organization Shipping}', {
        ...{ actor: '{member olivia}', data: { from: 'Ship', to: 'Shipping' } },
      }),
    ],
    [
      'a name nobody gave it',
      '{organization Risk}',
      `update organization set name = 'Fraud' where id = '{organization Risk}'`,
    ],
  ],
  'Account Admin is who set usher up or was made it, until the role is taken or they come back': [
    [
      'somebody nobody made it',
      '{member ana}',
      `update member set account_role = 'account-admin' where id = '{member ana}'`,
    ],
    [
      'somebody it was taken from',
      '{member tom}',
      `update member set account_role = 'account-admin' where id = '{member tom}'`,
    ],
    [
      'somebody who was made it, and is not',
      '{member ana}',
      audit('member.account-role-changed', '{member ana}', { data: { from: 'user', to: 'account-admin' } }),
    ],
  ],
  'Nobody raises their own role': [
    [
      'Ana made herself Admin',
      '{member ana}',
      `update member set role = 'admin' where id = '{member ana}'`,
      audit('member.role-changed', '{member ana}', {
        ...{ actor: '{member ana}', data: { from: 'user', to: 'admin' } },
      }),
    ],
    [
      'Ana made herself Account Admin',
      '{member ana}',
      `update member set account_role = 'account-admin' where id = '{member ana}'`,
      audit('member.account-role-changed', '{member ana}', {
        ...{ actor: '{member ana}', data: { from: 'user', to: 'account-admin' } },
      }),
    ],
  ],
  'Whoever was removed or left comes back by a new invitation alone': [
    [
      'Lea is active again',
      '{member lea}',
      `update member set status = 'active', removed_at = null, removed_by = null, removal_reason = null
        where id = '{member lea}'`,
    ],
  ],
  'A removal has its audit row, with who did it and why': [
    ['removed in silence', '{member ana}', removed('{member ana}')[0] ?? ''],
    [
      'another reason',
      '{member lea}',
      `update member set removal_reason = 'left', removed_by = id where id = '{member lea}'`,
    ],
  ],
  'What the audit log says of a member is of one in the account': [
    [
      'a member of another account',
      '{member bea}',
      audit('member.role-changed', '{member bea}', { data: { from: 'user', to: 'admin' } }),
    ],
  ],
};
