import { type Bar, figure } from './bar.ts';
import { floorInvites, usherInvites } from './invite.ts';
import { alternate } from './rounds.ts';

/** Many addresses in one step, three times after each other to the same organization. */
export const inviteMany: Bar = async (ground) => {
  const { rounds, many } = ground.sizes;
  const comparison = await alternate(rounds, 3, usherInvites(ground, many), floorInvites(ground, many));
  return [{ bar: 2, what: `invite ${figure(many)}`, ...comparison, threshold: 1.5 }];
};
