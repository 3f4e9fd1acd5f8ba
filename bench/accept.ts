import { acceptInvitation } from '../src/membership/invitations/accept-invitation.ts';
import { type Bar, figure } from './bar.ts';
import { acceptByHand } from './floor.ts';
import type { Ground } from './ground.ts';
import { alternate, type Side } from './rounds.ts';
import { contextOf, type Invitee, seedPending, settle } from './seed.ts';

const times = 40;

/** Join: claim, member, a seat reserved becomes one assigned, audit, outbox, commit. */
export const accept: Bar = async (ground, { small, big }) => {
  const { rounds, small: few, big: most } = ground.sizes;
  const turns = (rounds + 1) * times;
  const inSmall = await seedPending(ground, small, 3 * turns);
  const inBig = await seedPending(ground, big, turns);
  await settle(ground);
  const against = await alternate(
    rounds,
    times,
    usherAccepts(ground, inSmall),
    floorAccepts(ground, inSmall),
  );
  const growth = await alternate(rounds, times, usherAccepts(ground, inBig), usherAccepts(ground, inSmall));
  return [
    { bar: 4, what: 'accept', ...against, threshold: 2.2 },
    { bar: 4, what: `U accepts: among ${figure(most)} against ${figure(few)}`, ...growth, threshold: 1.3 },
  ];
};

const atOnce = 32;

/** Joins that race for the seats of one pool: so many at once against one after the other, time per join. */
export const acceptTogether: Bar = async (ground, { small }) => {
  const { rounds } = ground.sizes;
  const turns = (rounds + 1) * 3 * atOnce;
  const invitees = await seedPending(ground, small, 2 * turns);
  await settle(ground);
  const accept = usherAccepts(ground, invitees);
  const together: Side = async () => {
    const join = await accept();
    return () => Promise.all(Array.from({ length: atOnce }, join));
  };
  const alone: Side = async () => {
    const join = await accept();
    return async () => {
      for (let time = 0; time < atOnce; time++) await join();
    };
  };
  const compared = await alternate(rounds, 3, together, alone);
  const what = `U accepts for one pool: ${atOnce} at once against one at a time`;
  // At least 0.65 times the throughput is at most 1 / 0.65 times the time.
  return [{ bar: 5, what, ...compared, threshold: 1 / 0.65 }];
};

/** Everybody among the invitees joins once. */
function usherAccepts(ground: Ground, invitees: Invitee[]): Side {
  return async () => () => {
    const { actor, claim } = next(invitees);
    return acceptInvitation(contextOf(ground, actor), claim);
  };
}

function floorAccepts({ floor }: Ground, invitees: Invitee[]): Side {
  return async () => () => {
    const { actor, claim } = next(invitees);
    return acceptByHand(floor, actor, claim);
  };
}

function next(invitees: Invitee[]): Invitee {
  const invitee = invitees.pop();
  if (!invitee) throw new Error('Everybody has joined: seed more invitations.');
  return invitee;
}
