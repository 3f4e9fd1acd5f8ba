import { type Bar, figure } from './bar.ts';
import { usherInvites } from './invite.ts';
import { alternate } from './rounds.ts';
import { seedOrganization, seedPending, settle } from './seed.ts';

/** Inviting grows no faster than the number of addresses, nor with those who wait already. */
export const inviteGrowth: Bar = async (ground) => {
  const { rounds, many, veryMany, pending } = ground.sizes;
  const steps = await alternate(rounds, 1, usherInvites(ground, veryMany), usherInvites(ground, many));
  const perAddress = {
    u: steps.u / veryMany,
    c: steps.c / many,
    ratio: (steps.ratio * many) / veryMany,
  };
  const full = await seedOrganization(ground, 'full');
  await seedPending(ground, full, pending);
  await settle(ground);
  const beside = await alternate(rounds, 40, usherInvites(ground, 1, full), usherInvites(ground, 1));
  return [
    {
      bar: 3,
      what: `U per address: ${figure(veryMany)} against ${figure(many)}`,
      ...perAddress,
      threshold: 1.3,
    },
    { bar: 3, what: `U invites one: ${figure(pending)} pending against none`, ...beside, threshold: 1.6 },
  ];
};
