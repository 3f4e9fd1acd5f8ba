import { listMembers } from '../src/membership/members/list-members.ts';
import { type Bar, figure } from './bar.ts';
import { type PageKey, pageByHand } from './floor.ts';
import type { Ground } from './ground.ts';
import { alternate, type Side } from './rounds.ts';
import { contextOf, type Organization } from './seed.ts';

const size = 50;
const times = 60;

/** A page of members from the middle of the list, where counting rows from the start would be slowest. */
export const pageMembers: Bar = async (ground, { small, big }) => {
  const { rounds, small: few, big: most } = ground.sizes;
  const [ofSmall, ofBig] = [await middleOf(ground, small, few), await middleOf(ground, big, most)];
  const inSmall = usherPages(ground, small, ofSmall);
  const inBig = usherPages(ground, big, ofBig);
  const byHand: Side = async () => () => pageByHand(ground.floor, big.owner, ofBig(), size);
  const growth = await alternate(rounds, times, inBig, inSmall);
  const against = await alternate(rounds, times, inBig, byHand);
  return [
    { bar: 7, what: `U pages: middle of ${figure(most)} against ${figure(few)}`, ...growth, threshold: 2 },
    { bar: 7, what: `page of ${size}, middle of ${figure(most)}`, ...against, threshold: 2.5 },
  ];
};

function usherPages(ground: Ground, { owner }: Organization, keys: () => PageKey): Side {
  const context = contextOf(ground, owner);
  return async () => () => listMembers(context, { after: JSON.stringify(keys()), size });
}

/** Gives the keys of twenty pages in the middle of an organization, one after the other and over again. */
async function middleOf({ floor }: Ground, { id }: Organization, members: number): Promise<() => PageKey> {
  const rows = await floor`
    select full_name, id from member where organization_id = ${id} and status = 'active'
    order by full_name, id offset ${Math.floor(members / 2)} limit ${20 * size}`;
  const keys = rows.filter((_, index) => index % size === 0).map((row): PageKey => [row.full_name, row.id]);
  let used = 0;
  return () => {
    const key = keys[used++ % keys.length];
    if (!key) throw new Error('The organization has too few members to have a middle.');
    return key;
  };
}
