import fc from 'fast-check';
import { by, is, organization, pick, someNames, speakerOf } from './any-person.ts';
import type { PickedGroup, Step } from './steps.ts';

/** In teams and projects those act, too, who are in them. */
const inGroup = speakerOf('Olivia', 'Olivia', 'Abel', 'Adam', 'Uma', 'Tim', 'Rick');
/** Mostly one of those in use. */
export const groupPick = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -6, max: -1 }) }, fc.nat(8));
/** A role is meant by how far it is below the highest. */
const rank = fc.nat(3);
/** What an invitation is to bring. */
export const groups: fc.Arbitrary<PickedGroup[]> = fc.oneof(fc.constant<PickedGroup[]>([]), {
  weight: 2,
  arbitrary: fc.array(fc.record({ pick: groupPick, rank }), { minLength: 1, maxLength: 2 }),
});
const groupName = fc.constantFrom('QA', 'Ops', 'qa', 'Site');
export const groupStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: is('create-group'), by, kind: is('team'), name: groupName }),
  fc.record({ do: is('create-group'), by, kind: is('project'), name: groupName, team: pick }),
  fc.record({
    ...{ do: is('create-group'), by, kind: fc.constantFrom('team', 'project'), name: groupName },
    in: organization,
  }),
  {
    weight: 2,
    arbitrary: fc.record({ do: is('rename-group'), by: inGroup, pick: groupPick, name: groupName }),
  },
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
