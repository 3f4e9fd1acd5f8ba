import fc from 'fast-check';
import type { RoleName } from '../matrix/product.ts';
import type { ModelSeat, Prepared, Speaker } from './state.ts';

/** Something people agree to after a review, or that comes at once, as from a form that was open for long. */
export type Wish =
  | { do: 'invite'; names: string[]; role: RoleName; seats: ModelSeat[]; in?: string }
  | { do: 'revoke'; picks: number[] }
  | { do: 'role'; names: string[]; role: RoleName }
  | { do: 'account-role'; names: string[]; isAdmin: boolean }
  | { do: 'remove'; names: string[] }
  | { do: 'leave' }
  | { do: 'move'; names: string[]; to: string; role: RoleName }
  | { do: 'create'; organization: string; name: string };

/** One thing somebody does, or that happens. A pick is a number that chooses among what there is at that moment. */
export type Step =
  | { do: 'set-up' | 'connect'; by: Speaker }
  | { do: 'review' | 'at-once'; by: Speaker; wish: Wish }
  | { do: 'press'; by: Speaker | 'the one who prepared it'; pick: number; button?: Prepared['button'] }
  | { do: 'resend'; by: Speaker; picks: number[] }
  | { do: 'copy-link'; by: Speaker; pick: number }
  | { do: 'ask'; by: Speaker | 'the invitee'; pick: number }
  | { do: 'join' | 'decline'; by: Speaker | 'the invitee'; pick: number; linksBehind: number }
  | { do: 'transfer'; by: Speaker; name: string; typed: string }
  | { do: 'seats'; by: Speaker; product: string; source: string; total: number }
  | { do: 'retire'; by: Speaker; product: string; isRetired: boolean }
  | { do: 'assign'; by: Speaker; names: string[]; product: string; source?: string }
  | { do: 'take-back'; by: Speaker; names: string[]; product: string }
  | { do: 'machine'; by: Speaker; product: string }
  | { do: 'pass'; hours: number }
  | { do: 'clock' };

/** All that a step can be. */
export const stepKinds: readonly Step['do'][] = [
  ...([
    'set-up',
    'connect',
    'review',
    'at-once',
    'press',
    'resend',
    'copy-link',
    'ask',
    'join',
    'decline',
  ] as const),
  ...(['transfer', 'seats', 'retire', 'assign', 'take-back', 'machine', 'pass', 'clock'] as const),
];

/** Olivia's account in `acme`, Olga's in `other`; the others are not connected in the beginning. */
const workspaces = ['acme', 'other', 'new', 'tenant'];
const acme = ['Olivia', 'Adam', 'Berta', 'Uma', 'Abel', 'Rita', 'Paul', 'Nina', 'Rick'];
const organizations = ['Org of acme', 'Risk', 'Fraud', 'Org of other'];
const names = [...acme, 'Olga', 'Otto', 'Fred'];
const products = ['KSE', 'TestOps', 'KRE'];
const roles: RoleName[] = ['User', 'Billing Manager', 'Admin'];

const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...acme) }, fc.constantFrom(...names));
const someNames = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(name) },
  fc.array(name, { minLength: 2, maxLength: 4 }),
);
/** Those who may do most act most, so that much is done. */
const admin = fc.constantFrom('Olivia', 'Olivia', 'Adam', 'Abel');
const workspace = fc.oneof({ weight: 14, arbitrary: fc.constant('acme') }, fc.constantFrom(...workspaces));
const speaker = fc.record({ name, workspace });
const by = fc.oneof(fc.record({ name: admin, workspace }), speaker);
const role = fc.constantFrom(...roles);
/** What is newest is meant most often. */
const pick = fc.oneof({ weight: 2, arbitrary: fc.integer({ min: -3, max: -1 }) }, fc.nat(40));
const picks = fc.array(pick, { minLength: 1, maxLength: 3 });
const product = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('KSE', 'TestOps') },
  fc.constantFrom(...products, 'nothing'),
);
const source = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('account', 'Org of acme', 'Risk') },
  fc.constantFrom('Fraud', 'Org of other', 'Org of new'),
);
const seat = fc.record({ product, source });
const seats: fc.Arbitrary<ModelSeat[]> = fc.oneof(
  fc.constant<ModelSeat[]>([]),
  fc.uniqueArray(seat, { maxLength: 2, selector: ({ product }) => product }),
);
const organization = fc.constantFrom(...organizations);
const isIt = fc.boolean();
const button = fc.constantFrom<Prepared['button'][]>(
  ...([
    'invite.send',
    'revoke.confirm',
    'role.confirm',
    'account.confirm',
    'remove.confirm',
    'leave.confirm',
    'move.confirm',
    'organization.create.confirm',
  ] as const),
);

const invitee = fc.oneof({ weight: 6, arbitrary: fc.constant('the invitee' as const) }, speaker);

const is = <Do extends string>(what: Do) => fc.constant(what);

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: is('invite'), names: someNames, role, seats }) },
  fc.record({ do: is('invite'), names: someNames, role, seats, in: organization }),
  { weight: 2, arbitrary: fc.record({ do: is('revoke'), picks }) },
  { weight: 3, arbitrary: fc.record({ do: is('role'), names: someNames, role }) },
  fc.record({ do: is('account-role'), names: someNames, isAdmin: isIt }),
  { weight: 2, arbitrary: fc.record({ do: is('remove'), names: someNames }) },
  fc.record({ do: is('leave') }),
  { weight: 2, arbitrary: fc.record({ do: is('move'), names: someNames, to: organization, role }) },
  fc.record({ do: is('create'), organization, name }),
);

/** Anything anybody may try. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: is('review'), by, wish }) },
  { weight: 5, arbitrary: fc.record({ do: is('at-once'), by, wish }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: is('press'),
      by: fc.oneof({ weight: 5, arbitrary: is('the one who prepared it') }, by),
      pick,
    }),
  },
  fc.record({ do: is('press'), by: is('the one who prepared it'), pick, button }),
  { weight: 4, arbitrary: fc.record({ do: is('resend'), by, picks }) },
  fc.record({ do: is('copy-link'), by, pick }),
  { weight: 2, arbitrary: fc.record({ do: is('ask'), by: invitee, pick }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom('join', 'join', 'decline'),
      by: invitee,
      pick,
      linksBehind: fc.constantFrom(0, 0, 0, 1, -1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('transfer'), by, name, typed: name }) },
  {
    weight: 2,
    arbitrary: fc.tuple(by, name).map(([by, name]): Step => ({ do: 'transfer', by, name, typed: name })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: is('seats'),
      by,
      product,
      source,
      total: fc.oneof(fc.nat(8), fc.constantFrom(-1, 0.5, 2 ** 31)),
    }),
  },
  fc.record({ do: is('retire'), by, product, isRetired: isIt }),
  { weight: 4, arbitrary: fc.record({ do: is('assign'), by, names: someNames, product }) },
  { weight: 2, arbitrary: fc.record({ do: is('assign'), by, names: someNames, product, source }) },
  { weight: 2, arbitrary: fc.record({ do: is('take-back'), by, names: someNames, product }) },
  { weight: 2, arbitrary: fc.record({ do: is('machine'), by: speaker, product }) },
  { weight: 2, arbitrary: fc.record({ do: is('pass'), hours: fc.constantFrom(1, 13, 25) }) },
  { weight: 2, arbitrary: fc.record({ do: is('clock') }) },
  fc.record({ do: fc.constantFrom('set-up', 'connect'), by: speaker }),
);
