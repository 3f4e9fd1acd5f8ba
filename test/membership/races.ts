import type postgres from 'postgres';

/** Plays `count` rounds, `width` of them at a time, and fails with the first round that fails. */
export async function inRounds(
  count: number,
  width: number,
  play: (round: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const player = async () => {
    for (let round = next++; round < count; round = next++) await play(round);
  };
  await Promise.all(Array.from({ length: width }, player));
}

/** Starts both, one of them a few round trips to the database after the other; each round another lead. */
export function startBoth<First, Second>(
  sql: postgres.Sql,
  round: number,
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  const lead = (round % 9) - 4;
  const after = async <Result>(trips: number, run: () => Promise<Result>) => {
    for (let trip = 0; trip < trips; trip += 1) await sql`select 1`;
    return run();
  };
  return Promise.all([after(lead, first), after(-lead, second)]);
}

/** Waits until this many sessions of the database wait for a lock of another; fails when that takes a minute. */
export async function untilWaiting(sql: postgres.Sql, sessions: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const [row] = await sql`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (row?.waiting >= sessions) return;
  }
  throw new Error(`Nobody waits for a lock; ${sessions} should.`);
}

/** A promise, and the function that fulfils it. */
export function createGate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Starts `run` in the middle of a transaction that holds locks, and commits it once `run` waits for one of them. */
export async function startedWhileLocked<Result>(
  sql: postgres.Sql,
  change: (tx: postgres.TransactionSql) => Promise<unknown>,
  run: () => Promise<Result>,
): Promise<Result> {
  let started: Promise<Result> | undefined;
  await sql.begin(async (tx) => {
    await change(tx);
    started = run();
    await untilWaiting(sql, 1);
  });
  return started as Promise<Result>;
}
