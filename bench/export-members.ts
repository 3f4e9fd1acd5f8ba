import { makeFile } from '../src/jobs/make-export.ts';
import type { ExportScope } from '../src/membership/exports/read-export.ts';
import { type Bar, figure } from './bar.ts';
import { readByCursor } from './floor.ts';
import type { Ground } from './ground.ts';
import { alternate, type Side } from './rounds.ts';
import type { Organization } from './seed.ts';

/** Three rounds are enough: each reads every member twice, and takes as long as all the others together. */
const mostRounds = 3;

const mebibyte = 2 ** 20;

/** A file of all members against a cursor that only reads the same columns; and how much memory making it takes. */
export const exportMembers: Bar = async (ground, { big }) => {
  const { rounds, big: most } = ground.sizes;
  const scope = await scopeOf(ground, big);
  const usher: Side = async () => () => exportOnce(ground, scope);
  const byHand: Side = async () => () => readByCursor(ground.floor, big.id);
  const against = await alternate(Math.min(rounds, mostRounds), 1, usher, byHand);
  const peak = await peakOf(() => exportOnce(ground, scope));
  const memory = { u: peak, c: 64, ratio: peak / 64, threshold: 1 };
  return [
    { bar: 9, what: `export ${figure(most)}, against a cursor`, ...against, threshold: 1 / 0.7 },
    { bar: 9, what: `export ${figure(most)}: MiB over the idle process`, ...memory },
  ];
};

async function scopeOf({ floor }: Ground, { id }: Organization): Promise<ExportScope> {
  const [row] = await floor`select account_id as "accountId" from organization where id = ${id}`;
  return { accountId: row?.accountId, organizationId: id as ExportScope['organizationId'] } as ExportScope;
}

async function exportOnce({ usher }: Ground, scope: ExportScope): Promise<void> {
  const file = await makeFile(usher, { content: 'members', scope }, async () => {});
  await file.close();
}

/** The most memory that this takes over what the process had before, in MiB. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  await work();
  clearInterval(look);
  return (most - before) / mebibyte;
}
