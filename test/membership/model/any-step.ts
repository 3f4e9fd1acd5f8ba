import fc from 'fast-check';
import type { RoleName } from '../matrix/product.ts';
import type { ModelSeat, Prepared } from './state.ts';
import type { PickedGroup, Step, Wish } from './steps.ts';

/** Olivia's account in `acme`, Olga's in `other`; the others are not connected in the beginning. */
const workspaces = ['acme', 'other', 'new', 'tenant'];
const members = ['Olivia', 'Adam', 'Berta', 'Uma', 'Abel', 'Rick'];
const others = ['Rita', 'Paul', 'Nina', 'Fred'];
const organizations = ['Org of acme', 'Risk', 'Fraud', 'Org of other'];
const products = ['KSE', 'TestOps', 'KRE'];
const roles: RoleName[] = ['User', 'Billing Manager', 'Admin'];

/** Members are meant most often, and those who may do most act most, so that much is done. */
const name = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...members) },
  { weight: 4, arbitrary: fc.constantFrom(...others) },
  fc.constantFrom('Olga', 'Otto'),
);
const someOf = (one: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 3, arbitrary: fc.tuple(one) }, fc.array(one, { minLength: 2, maxLength: 4 }));
const someNames = someOf(name);
const invitees = someOf(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...others) }, name));
const workspace = fc.oneof({ weight: 19, arbitrary: fc.constant('acme') }, fc.constantFrom(...workspaces));
const speaker = fc.record({ name, workspace });
const speakerOf = (...most: string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.record({ name: fc.constantFrom(...most), workspace }) }, speaker);
const by = speakerOf('Olivia', 'Olivia', 'Adam', 'Abel');
const role = fc.constantFrom(...roles);
/** What is newest and open is meant most often. */
const pick = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -4, max: -1 }) }, fc.nat(12));
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
const inGroup = speakerOf('Olivia', 'Olivia', 'Abel', 'Adam', 'Uma', 'Rick');
const groupPick = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -6, max: -1 }) }, fc.nat(8));
/** A role is meant by how far it is below the highest. */
const rank = fc.nat(3);
const groups: fc.Arbitrary<PickedGroup[]> = fc.oneof(
  fc.constant<PickedGroup[]>([]),
  fc.array(fc.record({ pick: groupPick, rank }), { maxLength: 2 }),
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
    'group.archive.confirm',
  ] as const),
);

const invitee = fc.oneof({ weight: 6, arbitrary: fc.constant('the invitee' as const) }, speaker);

const is = <Do extends string>(what: Do) => fc.constant(what);

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: is('invite'), names: invitees, role, seats, groups }) },
  fc.record({ do: is('invite'), names: invitees, role, seats, groups, in: organization }),
  { weight: 2, arbitrary: fc.record({ do: is('revoke'), picks }) },
  { weight: 3, arbitrary: fc.record({ do: is('role'), names: someNames, role }) },
  fc.record({ do: is('account-role'), names: someNames, isAdmin: isIt }),
  { weight: 2, arbitrary: fc.record({ do: is('remove'), names: someNames }) },
  { weight: 2, arbitrary: fc.record({ do: is('leave') }) },
  { weight: 2, arbitrary: fc.record({ do: is('move'), names: someNames, to: organization, role }) },
  fc.record({ do: is('create'), organization, name }),
  fc.record({ do: is('archive'), pick: groupPick }),
);

/** In teams and projects those act, too, who are in them. */
const groupName = fc.constantFrom('QA', 'Ops', 'qa', 'Site');
const groupStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: is('create-group'), by, kind: is('team'), name: groupName }),
  fc.record({ do: is('create-group'), by, kind: is('project'), name: groupName, team: pick }),
  fc.record({
    do: is('create-group'),
    by,
    kind: fc.constantFrom('team', 'project'),
    name: groupName,
    in: organization,
  }),
  fc.record({ do: is('rename-group'), by: inGroup, pick: groupPick, name: groupName }),
  { weight: 3, arbitrary: fc.record({ do: is('add'), by: inGroup, pick: groupPick, names: someNames }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: is('add'), by: inGroup, pick: groupPick, names: someNames, rank }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: is('group-role'), by: inGroup, pick: groupPick, names: someNames, rank }),
  },
  { weight: 3, arbitrary: fc.record({ do: is('take-out'), by: inGroup, pick: groupPick, names: someNames }) },
);

/** Minutes; some are too few or too many. */
const settings = {
  ...{ do: is('settings'), by },
  lifetime: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(15, 60, 840, 43_200) },
    fc.constantFrom(14, 60.5, 43_201),
  ),
  reminders: fc.oneof(
    { weight: 5, arbitrary: fc.uniqueArray(fc.constantFrom(1, 7, 14, 45), { maxLength: 3 }) },
    fc.constantFrom<number[]>([0], [43_200], [4, 3, 2, 1]),
  ),
};

/** Anything anybody may try. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: groupStep },
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
      linksBehind: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, -1),
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
  {
    weight: 3,
    arbitrary: fc.oneof(
      { weight: 3, arbitrary: fc.record(settings) },
      fc.record({ ...settings, in: organization }),
    ),
  },
  { weight: 2, arbitrary: fc.record({ do: is('pass'), hours: fc.constantFrom(1, 13, 25) }) },
  { weight: 2, arbitrary: fc.record({ do: is('clock') }) },
  fc.record({ do: fc.constantFrom('set-up', 'connect'), by: speaker }),
);
