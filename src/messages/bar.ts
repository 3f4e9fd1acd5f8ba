import type { Row } from './message.ts';

const length = 20;

/** A bar as text: full only when it is full, and empty only when it is empty. */
export function barText({ filled, of }: NonNullable<Row['bar']>): { full: string; rest: string } {
  const share = Math.min(1, filled / of) * length;
  const full = share < 1 ? Math.ceil(share) : Math.floor(share);
  return { full: '█'.repeat(full), rest: '░'.repeat(length - full) };
}
