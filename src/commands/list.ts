import { cleanLine } from '../membership/clean-text.ts';
import { mentionsAsNames } from '../membership/people-list.ts';
import type { Asked } from '../messages/lists.ts';

/** How many rows a list shows at once. */
export const pageSize = 10;

/** The most words that travel with the buttons of a list, in characters. */
const longestSearch = 200;

/** What was asked of a list, as it was typed or as a button carries it. */
export interface Wanted {
  search?: string | undefined;
  after?: string | undefined;
}

/** The same, cut to what the buttons below the list can carry, and without what is empty. */
export function askedOf({ search = '', after }: Wanted): Asked {
  const words = cleanLine(
    mentionsAsNames(search, (name) => `"${name}"`),
    longestSearch,
  );
  return { ...(words ? { search: words } : {}), ...(after ? { after } : {}) };
}
