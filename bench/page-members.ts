import { listMembers } from '../src/membership/members/list-members.ts';
import { type Bar, figure } from './bar.ts';
import { type PageKey, pageByHand } from './floor.ts';
import type { Ground } from './ground.ts';
import { alternate, type Side } from './rounds.ts';
import { contextOf, type Organization, seedTeam } from './seed.ts';

const size = 50;
const times = 60;
const filters = 'role:user license:KSE team:Bench bench.test';

/** A page of members from the middle of the list, where counting rows from the start would be slowest. */
export const pageMembers: Bar = async (ground, { small, big }) => {
  const { rounds, small: few, big: most } = ground.sizes;
  const [ofSmall, ofBig] = [await middleOf(ground, small, few), await middleOf(ground, big, most)];
  const inSmall = usherPages(ground, small, ofSmall);
  const inBig = usherPages(ground, big, ofBig);
  const byHand: Side = async () => () => pageByHand(ground.floor, big.owner, ofBig(), size);
  const growth = await alternate(rounds, times, inBig, inSmall);
  const against = await alternate(rounds, times, inBig, byHand);
  const [narrowedBig, narrowedSmall] = [await usherNarrows(ground, big), await usherNarrows(ground, small)];
  const narrowed = await alternate(rounds, times, narrowedBig, narrowedSmall);
  return [
    { bar: 7, what: `U pages: middle of ${figure(most)} against ${figure(few)}`, ...growth, threshold: 2 },
    { bar: 7, what: `page of ${size}, middle of ${figure(most)}`, ...against, threshold: 2.5 },
    {
      bar: 7,
      what: `U narrows by four filters: ${figure(most)} against ${figure(few)}`,
      ...narrowed,
      threshold: 2,
    },
  ];
};

/** A page narrowed by every filter; few are in the team, so the rest of the organization is to cost nothing. */
async function usherNarrows(ground: Ground, organization: Organization): Promise<Side> {
  await seedTeam(ground, organization, ground.sizes.small / 10);
  const context = contextOf(ground, organization.owner);
  return async () => () => listMembers(context, { search: filters, size });
}

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
