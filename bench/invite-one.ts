import type { Bar } from './bar.ts';
import { floorInvites, usherInvites } from './invite.ts';
import { alternate } from './rounds.ts';

/** One address: authorize, dedupe, invitation, audit, outbox, commit. */
export const inviteOne: Bar = async (ground) => {
  const comparison = await alternate(
    ground.sizes.rounds,
    40,
    usherInvites(ground, 1),
    floorInvites(ground, 1),
  );
  return [{ bar: 1, what: 'invite one address', ...comparison, threshold: 2.2 }];
};
