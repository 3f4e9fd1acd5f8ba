import { checkInvariants } from '../../db/check-invariants.ts';
import type { Seen } from '../chat.ts';
import type { World } from '../world.ts';
import { tellChanges } from './changes.ts';
import { tellJoining } from './joining.ts';
import { createNarrator, type Tell } from './narrator.ts';

/**
 * Plays the life of some people over the wire, on the platform the world's people act on, and then proves every rule on
 * the database. Rejects at the first thing that is not as it should be.
 */
export async function playStory<Shown extends Seen>(world: World<Shown>, tell: Tell): Promise<void> {
  const narrator = createNarrator(world, tell);
  await tellJoining(narrator);
  await tellChanges(narrator);
  tell('\nAt last, every rule is proved on the database.');
  const broken = (await checkInvariants(world.db)).filter((result) => result.total > 0);
  if (broken.length > 0) throw new Error(`Broken: ${JSON.stringify(broken, null, 2)}`);
  tell('All of them hold.');
}
