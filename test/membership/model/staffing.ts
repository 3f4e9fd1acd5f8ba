import type { RoleName } from '../matrix/product.ts';
import type { GroupKind, ModelSeat, Speaker } from './state.ts';
import type { ListStep, PickedGroup, Step } from './steps.ts';

const olivia: Speaker = { name: 'Olivia', workspace: 'acme' };
const acme = (name: string): Speaker => ({ name, workspace: 'acme' });
const olga: Speaker = { name: 'Olga', workspace: 'other' };
const invite = (
  by: Speaker,
  name: string,
  role: RoleName,
  { seats = [], groups = [] }: { seats?: ModelSeat[]; groups?: PickedGroup[] } = {},
): Step => ({ do: 'at-once', by, wish: { do: 'invite', names: [name], role, seats, groups } });
const make = (by: Speaker, kind: GroupKind, name: string): Step => ({ do: 'create-group', by, kind, name });
const add = (by: Speaker, pick: number, names: string[], rank: number): Step => ({
  ...{ do: 'add', by, pick, names, rank },
});
const join = (pick: number): Step => ({ do: 'join', by: 'the invitee', pick, linksBehind: 0 });
const ofOrganization = { product: 'KSE', source: 'Org of acme' };
const ofAccount = { product: 'KSE', source: 'account' };

const toBilling = (...names: string[]): Step => ({
  ...{ do: 'review', by: olivia, wish: { do: 'role', names, role: 'Billing Manager' } },
});

const look = (list: ListStep['list'], key: string, value: string): Step => ({
  ...{ do: 'list', by: acme('Adam'), list, text: '', filters: [{ key, value }], size: 2 },
});

/** How every run begins: an Owner, an Admin, somebody of every role, one who was Account Admin and removed, one who waits, and another account. */
export const staffing: readonly Step[] = [
  { do: 'set-up', by: olivia },
  { do: 'set-up', by: olga },
  { do: 'seats', by: olivia, ...ofAccount, total: 6 },
  { do: 'seats', by: olivia, ...ofOrganization, total: 2 },
  { do: 'seats', by: olivia, product: 'TestOps', source: 'account', total: 3 },
  { do: 'seats', by: olga, ...ofAccount, total: 3 },
  invite(olivia, 'Adam', 'Admin'),
  join(0),
  invite(olivia, 'Berta', 'Billing Manager'),
  join(1),
  invite(olivia, 'Uma', 'User', { seats: [ofOrganization] }),
  join(2),
  invite(olivia, 'Abel', 'User'),
  join(3),
  invite(olivia, 'Rita', 'User'),
  join(4),
  { do: 'at-once', by: olivia, wish: { do: 'account-role', names: ['Rita'], isAdmin: true } },
  { do: 'at-once', by: olivia, wish: { do: 'remove', names: ['Rita'] } },
  { do: 'at-once', by: olivia, wish: { do: 'account-role', names: ['Abel'], isAdmin: true } },
  invite(olga, 'Otto', 'User', { seats: [ofAccount] }),
  join(5),
  invite(olivia, 'Rick', 'User'),
  join(6),
  invite(olivia, 'Tim', 'User'),
  join(7),
  { do: 'at-once', by: olivia, wish: { do: 'create', organization: 'Risk', name: 'Rick' } },
  { do: 'seats', by: olivia, product: 'KSE', source: 'Risk', total: 1 },
  make(olga, 'project', 'Site'),
  make(acme('Adam'), 'team', 'QA'),
  { do: 'create-group', by: olivia, kind: 'project', name: 'Site', team: 0 },
  make(acme('Rick'), 'project', 'Site'),
  make(acme('Rick'), 'team', 'Ops'),
  // Tim is Admin of a team and Test Lead. Uma answers for the team together with Adam, for a project alone, in which Rick of another organization is.
  add(acme('Adam'), 1, ['Uma'], 0),
  add(acme('Adam'), 1, ['Tim'], 1),
  add(olivia, 2, ['Uma'], 0),
  add(olivia, 2, ['Rick', 'Tim'], 1),
  add(olivia, 3, ['Abel'], 3),
  { do: 'take-out', by: acme('Uma'), pick: 2, names: ['Olivia'] },
  invite(olivia, 'Paul', 'User', {
    seats: [ofAccount],
    groups: [
      { pick: 1, rank: 1 },
      { pick: 3, rank: 0 },
    ],
  }),
];

/** How the run goes on before chance takes over: to where it seldom comes by itself. */
export const openings: readonly (readonly Step[])[] = [
  [],
  // Abel is the last Account Admin.
  [{ do: 'at-once', by: acme('Abel'), wish: { do: 'account-role', names: ['Olivia'], isAdmin: false } }],
  [{ do: 'transfer', by: olivia, name: 'Adam', typed: 'Adam' }],
  [invite(acme('Adam'), 'Nina', 'User', { seats: [ofOrganization] })],
  [invite(acme('Adam'), 'Rita', 'Billing Manager')],
  [
    { do: 'settings', by: acme('Adam'), lifetime: 840, reminders: [780, 60] },
    invite(acme('Adam'), 'Nina', 'User'),
  ],
  [{ do: 'connect', by: { name: 'Olivia', workspace: 'new' } }],
  [{ do: 'machine', by: acme('Uma'), product: 'KSE' }],
  // Paul's link has run out, and in the second case his seat is free.
  [{ do: 'pass', hours: 25 }],
  [{ do: 'pass', hours: 25 }, { do: 'clock' }, look('pending', 'license', 'KSE')],
  [
    { do: 'pass', hours: 25 },
    { do: 'ask', by: 'the invitee', pick: -1 },
  ],
  [{ do: 'at-once', by: olivia, wish: { do: 'move', names: ['Adam', 'Uma'], to: 'Risk', role: 'Admin' } }],
  // What Paul's invitation brings is archived, its name given to another, and he joins.
  [
    { do: 'at-once', by: olivia, wish: { do: 'archive', pick: 1 } },
    { do: 'at-once', by: acme('Rick'), wish: { do: 'archive', pick: 3 } },
    make(acme('Adam'), 'team', 'Ops'),
    { do: 'rename-group', by: acme('Adam'), pick: -1, name: 'qa' },
    look('members', 'team', 'QA'),
    join(-1),
  ],
  // Nobody else answers for what Uma is in, and in the second case it is what was shown.
  [{ do: 'take-out', by: acme('Uma'), pick: 1, names: ['Adam'] }],
  [{ do: 'take-out', by: acme('Uma'), pick: 1, names: ['Adam'] }, toBilling('Uma')],
  // They are in more by now than what was shown; Adam in what was shown of Uma.
  [toBilling('Uma'), add(olivia, 3, ['Uma'], 1)],
  [toBilling('Uma', 'Adam'), add(olivia, 2, ['Adam'], 3)],
  // Much is prepared.
  [
    { do: 'review', by: olivia, wish: { do: 'create', organization: 'Fraud', name: 'Uma' } },
    { do: 'review', by: olivia, wish: { do: 'move', names: ['Tim'], to: 'Risk', role: 'Billing Manager' } },
    { do: 'review', by: olivia, wish: { do: 'account-role', names: ['Uma'], isAdmin: true } },
  ],
  [
    { do: 'at-once', by: olivia, wish: { do: 'create', organization: 'Fraud', name: 'Uma' } },
    { do: 'set-up', by: { name: 'Nina', workspace: 'new' } },
  ],
];
