import { audit, type Breakage, invitation } from './planted.ts';

/** Audit rows that break a rule. */
export const brokenAudit: Record<string, Breakage[]> = {
  'An organization has exactly one audit row of its set-up, or of being created': [
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
