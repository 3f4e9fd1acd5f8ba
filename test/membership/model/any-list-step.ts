import fc from 'fast-check';
import { by, is, organization } from './any-person.ts';
import type { ListStep } from './steps.ts';

const filterOf = (key: string, ...values: string[]) =>
  fc.record({ key: fc.constant(key), value: fc.constantFrom(...values) });
const memberFilter = fc.oneof(
  filterOf('role', 'owner', 'admin', 'billing', 'user', 'boss'),
  filterOf('license', 'KSE', 'kse', 'TestOps', 'nothing'),
  filterOf('team', 'QA', 'Ops', 'Site'),
  filterOf('project', 'Site', 'QA'),
);
const filters = {
  members: memberFilter,
  removed: filterOf('role', 'owner', 'admin', 'billing', 'user'),
  pending: fc.oneof({ weight: 3, arbitrary: memberFilter }, filterOf('expired', 'yes', 'no', 'perhaps')),
};
const text = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  fc.constantFrom('a', 'R', 'ad', 'ADA', 'ita', 'acme', 'l@acme', 'acme.test', '%', '_da', '%a%', 'nobody'),
);
const looking = (list: ListStep['list']) => ({
  ...{ do: is('list'), by, list: fc.constant(list), text, size: fc.constantFrom(1, 2, 3, 50) },
  filters: fc.oneof(
    { weight: 9, arbitrary: fc.array(filters[list], { maxLength: 2 }) },
    fc.tuple(filters.pending),
  ),
});

/** Members are looked for most often. */
export const listStep: fc.Arbitrary<ListStep> = fc
  .constantFrom('members', 'members', 'removed', 'pending')
  .chain((list) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.record(looking(list)) },
      fc.record({ ...looking(list), in: organization }),
    ),
  );
