import { Refusal } from '../../src/membership/refusal.ts';

/** `done`, or the code of the refusal, with its reason when it has one. Any other error fails the test. */
export async function answerTo(run: () => Promise<unknown>): Promise<string> {
  const refusal = await refusalOf(run);
  if (!refusal) return 'done';
  return 'reason' in refusal.data ? `${refusal.code}: ${refusal.data.reason}` : refusal.code;
}

/** The refusal, or undefined when it was done. Any other error fails the test. */
export async function refusalOf(run: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** How often each answer was given. */
export function tally(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
