import fc from 'fast-check';
import type { RoleName } from '../matrix/product.ts';
import { groupPick, groupStep, groups } from './any-group-step.ts';
import { listStep } from './any-list-step.ts';
import { by, invitees, is, name, organization, pick, picks, someNames, speaker } from './any-person.ts';
import { buttons } from './labels.ts';
import type { ModelSeat } from './state.ts';
import type { Step, Wish } from './steps.ts';

const role = fc.constantFrom<RoleName[]>('User', 'Billing Manager', 'Admin');
const product = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('KSE', 'TestOps') },
  fc.constantFrom('KRE', 'nothing'),
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
const isIt = fc.boolean();
const button = fc.constantFrom(...buttons);

const invitee = fc.oneof({ weight: 6, arbitrary: fc.constant('the invitee' as const) }, speaker);

const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: is('invite'), names: invitees, role, seats, groups }) },
  fc.record({ do: is('invite'), names: invitees, role, seats, groups, in: organization }),
  { weight: 2, arbitrary: fc.record({ do: is('revoke'), picks }) },
  { weight: 3, arbitrary: fc.record({ do: is('role'), names: someNames, role }) },
  fc.record({ do: is('account-role'), names: someNames, isAdmin: isIt }),
  { weight: 2, arbitrary: fc.record({ do: is('remove'), names: someNames }) },
  { weight: 2, arbitrary: fc.record({ do: is('leave') }) },
  { weight: 2, arbitrary: fc.record({ do: is('move'), names: someNames, to: organization, role }) },
  fc.record({ do: is('create'), organization: fc.constantFrom('Fraud', 'Sales', 'Risk'), name }),
  fc.record({ do: is('archive'), pick: groupPick }),
);

/** Minutes; some are too few or too many. */
const settings = {
  ...{ do: is('settings'), by },
  lifetime: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(15, 60, 840, 43_200) },
    fc.constantFrom(14, 43_201, 43_201, 60.5),
  ),
  reminders: fc.oneof(
    { weight: 5, arbitrary: fc.uniqueArray(fc.constantFrom(1, 7, 14, 45), { maxLength: 3 }) },
    fc.constantFrom<number[]>([0], [43_200], [4, 3, 2, 1]),
  ),
};

/** Anything anybody may try. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: groupStep },
  { weight: 9, arbitrary: listStep },
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
