import type { Ground } from './ground.ts';
import type { Comparison } from './rounds.ts';
import type { Organization } from './seed.ts';

/** What one bar measured: usher against the floor, or usher in a big case against usher in a small one. */
export interface Measured extends Comparison {
  bar: number;
  what: string;
  /** The ratio must not be above this. */
  threshold: number;
}

/** The two organizations that are there before anything is measured; see `Sizes`. */
interface Organizations {
  small: Organization;
  big: Organization;
}

/** Measures one bar of SPEED.md. */
export type Bar = (ground: Ground, organizations: Organizations) => Promise<Measured[]>;

/** A number as people read it: `1,000,000`. */
export function figure(count: number): string {
  return count.toLocaleString('en');
}
