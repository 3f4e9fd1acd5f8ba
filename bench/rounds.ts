/** The medians of both sides, in milliseconds, and the median of the ratios of the rounds. */
export interface Comparison {
  u: number;
  c: number;
  ratio: number;
}

/** Prepares a round, which is not measured, and returns the work, which is. */
export type Side = () => Promise<() => Promise<unknown>>;

/**
 * Lets both sides do their work so many times in every round, in turn, so that whatever else the machine does falls on
 * both. The first round only warms up and does not count.
 */
export async function alternate(rounds: number, times: number, u: Side, c: Side): Promise<Comparison> {
  const counted: { u: number; c: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const measured = await playRound(times, round % 2 === 0, await u(), await c());
    if (round > 0) counted.push(measured);
  }
  return {
    u: median(counted.map((round) => round.u)),
    c: median(counted.map((round) => round.c)),
    ratio: median(counted.map((round) => round.u / round.c)),
  };
}

async function playRound(
  times: number,
  uFirst: boolean,
  u: () => Promise<unknown>,
  c: () => Promise<unknown>,
): Promise<{ u: number; c: number }> {
  const [first, second] = uFirst ? [u, c] : [c, u];
  const taken: [number[], number[]] = [[], []];
  for (let time = 0; time < times; time++) {
    taken[0].push(await timeOf(first));
    taken[1].push(await timeOf(second));
  }
  const [ofFirst, ofSecond] = [median(taken[0]), median(taken[1])];
  return uFirst ? { u: ofFirst, c: ofSecond } : { u: ofSecond, c: ofFirst };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [below = Number.NaN, above = Number.NaN] = [
    sorted[Math.ceil(sorted.length / 2) - 1],
    sorted[Math.floor(sorted.length / 2)],
  ];
  return (below + above) / 2;
}
