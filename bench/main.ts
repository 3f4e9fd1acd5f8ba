import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { accept, acceptTogether } from './accept.ts';
import { authorize } from './authorize.ts';
import { type Bar, figure, type Measured } from './bar.ts';
import { changeRoles } from './change-roles.ts';
import { exportMembers } from './export-members.ts';
import { type Ground, openGround, type Sizes } from './ground.ts';
import { inviteGrowth } from './invite-growth.ts';
import { inviteMany } from './invite-many.ts';
import { inviteOne } from './invite-one.ts';
import { pageMembers } from './page-members.ts';
import { searchMembers } from './search-members.ts';
import { seedAccount, seedOrganization, settle } from './seed.ts';

const full: Sizes = {
  rounds: 9,
  many: 1_000,
  veryMany: 10_000,
  pending: 100_000,
  small: 10_000,
  big: 1_000_000,
};
/** Enough to see that everything runs; the ratios say little. */
const quick: Sizes = { rounds: 3, many: 100, veryMany: 1_000, pending: 2_000, small: 1_000, big: 10_000 };

const bars: Record<string, Bar> = {
  1: inviteOne,
  2: inviteMany,
  3: inviteGrowth,
  4: accept,
  5: acceptTogether,
  6: authorize,
  7: pageMembers,
  8: searchMembers,
  9: exportMembers,
  13: changeRoles,
};

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, bars: { type: 'string' } } });
  const wanted = values.bars?.split(',') ?? Object.keys(bars);
  const unknown = wanted.find((number) => !bars[number]);
  if (unknown)
    throw new Error(`Bar ${unknown} is not measured here; these are: ${Object.keys(bars).join(', ')}.`);
  say(
    `usher against the floor, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${machine()}`,
  );
  const ground = await openGround(process.env.BENCH_DATABASE_URL, values.quick ? quick : full);
  // The embedded server would outlive the process, and its directory with it.
  process.once('SIGINT', () => ground.close().finally(() => process.exit(130)));
  try {
    const over = await measure(ground, wanted);
    return values.quick ? 0 : over;
  } finally {
    await ground.close();
  }
}

/** Measures and prints these bars; 1 when one is over its threshold, else 0. */
async function measure(ground: Ground, wanted: readonly string[]): Promise<number> {
  const { small, big, rounds } = ground.sizes;
  const [version] = await ground.floor`select current_setting('server_version') as text`;
  say(`PostgreSQL ${version?.text}, ${figure(big)} members, median of ${rounds} rounds`);
  await seedAccount(ground);
  const organizations = {
    small: await seedOrganization(ground, 'small', small),
    big: await seedOrganization(ground, 'big', big),
  };
  await settle(ground);
  say('');
  say('| bar | what | U ms | C ms | U / C | at most | |');
  say('|---|---|---|---|---|---|---|');
  let over = 0;
  for (const number of wanted) {
    for (const measured of (await bars[number]?.(ground, organizations)) ?? []) {
      say(rowOf(measured));
      if (measured.ratio > measured.threshold) over = 1;
    }
  }
  return over;
}

function rowOf({ bar, what, u, c, ratio, threshold }: Measured): string {
  const verdict = ratio > threshold ? 'OVER' : 'ok';
  return `| ${[bar, what, u.toPrecision(3), c.toPrecision(3), ratio.toFixed(2), threshold.toFixed(2), verdict].join(' | ')} |`;
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? 'an unknown processor'}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
