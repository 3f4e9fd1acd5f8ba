import { createCast } from '../../sandbox/cast.ts';

/** Somebody of the workspace or tenant whom nobody has invited before. */
interface Guest {
  name: string;
  realName: string;
  email: string;
  timeZone: string;
}

/**
 * So many people for a world of many tests, each of which is about somebody else: `nextGuest` is the one who comes next,
 * and throws when all have come.
 */
export function createGuests(
  count: number,
  { called = 'guest', timeZone = createCast()[0]?.timeZone ?? 'UTC' } = {},
): { guests: Guest[]; nextGuest(): Guest } {
  const guests = Array.from({ length: count }, (_, at) => ({
    ...{ name: `${called}${at}`, realName: `${called} ${at}`, email: `${called}${at}@acme.test`, timeZone },
  }));
  let come = 0;
  return {
    guests,
    nextGuest() {
      const guest = guests[come++];
      if (!guest) throw new Error(`There are too few people called ${called}.`);
      return guest;
    },
  };
}
