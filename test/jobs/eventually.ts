import { setTimeout as pause } from 'node:timers/promises';

const betweenLooksMs = 20;

/**
 * Resolves with the first truthy thing a look at the database (or at another process) gives; rejects, saying what was
 * waited for, when there is none in time.
 */
export async function eventually<Found>(
  what: string,
  look: () => Promise<Found | undefined | false | null> | Found | undefined | false | null,
  timeoutMs = 60_000,
): Promise<Found> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}.`);
    await pause(betweenLooksMs);
  }
}
