import { listMembers } from '../src/membership/members/list-members.ts';
import { type Bar, figure, type Measured } from './bar.ts';
import { searchByHand } from './floor.ts';
import type { Ground } from './ground.ts';
import { alternate } from './rounds.ts';
import { addMembers, contextOf, type Organization } from './seed.ts';

const size = 50;
const times = 20;
const writes = 5_000;

/** Searches that find one member, some, and all: each against finding one by hand; and again after a burst of writes. */
export const searchMembers: Bar = async (ground, { big }) => {
  const before = await measure(ground, big, '');
  await addMembers(ground, big, writes);
  return [...before, ...(await measure(ground, big, `, after ${figure(writes)} writes`))];
};

/** The addresses of the organization are numbered, so as many sevens as there are digits but one are in eleven of them. */
function termsIn({ sizes }: Ground): [finds: string, term: string][] {
  const digits = Math.round(Math.log10(sizes.big)) - 1;
  const sevens = (count: number) => `.${'7'.repeat(Math.max(2, count))}`;
  return [
    ['one', `${sevens(digits)}@`],
    ['11', sevens(digits)],
    ['about 1,000', sevens(digits - 2)],
    ['about 10,000', sevens(digits - 3)],
    ['everybody', 'bench.test'],
    ['nobody', 'nobody at all'],
    ['two letters', 'an'],
  ];
}

async function measure(ground: Ground, big: Organization, when: string): Promise<Measured[]> {
  const context = contextOf(ground, big.owner);
  const terms = termsIn(ground);
  const [, least = ''] = terms[0] ?? [];
  const measured: Measured[] = [];
  for (const [finds, search] of terms) {
    const compared = await alternate(
      ground.sizes.rounds,
      times,
      async () => () => listMembers(context, { search, size }),
      async () => () => searchByHand(ground.floor, big.owner, least, size),
    );
    const what = `search: ${finds}${when}, against one by hand`;
    measured.push({ bar: 8, what, ...compared, threshold: 5 });
  }
  return measured;
}
