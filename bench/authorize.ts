import { authorize as authorizeActor, lockStanding } from '../src/membership/actor.ts';
import type { Bar } from './bar.ts';
import { authorizeByHand } from './floor.ts';
import { alternate, type Side } from './rounds.ts';
import { contextOf } from './seed.ts';

const atOnce = 20;

/** The authorization check: who asks, as what, and whether they may, from locked rows; alone, and many at once. */
export const authorize: Bar = async (ground, { big }) => {
  const { rounds } = ground.sizes;
  const context = contextOf(ground, big.owner);
  const usher = () =>
    ground.usher.transaction(async (tx) => {
      const standing = await lockStanding(tx, context);
      await authorizeActor(tx, standing, 'invite');
    });
  const byHand = () => ground.floor.begin((tx) => authorizeByHand(tx, big.owner));
  const alone = await alternate(rounds, 200, one(usher), one(byHand));
  const together = await alternate(rounds, 20, many(usher), many(byHand));
  return [
    { bar: 6, what: 'authorize', ...alone, threshold: 1.5 },
    { bar: 6, what: `authorize, ${atOnce} at once`, ...together, threshold: 2 },
  ];
};

const one =
  (work: () => Promise<unknown>): Side =>
  async () =>
    work;

const many =
  (work: () => Promise<unknown>): Side =>
  async () =>
  () =>
    Promise.all(Array.from({ length: atOnce }, work));
