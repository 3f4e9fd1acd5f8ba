import { deliver } from '../../src/jobs/deliver.ts';
import type { JobContext } from '../../src/jobs/outbox.ts';
import { watchClock } from '../../src/jobs/watch-clock.ts';
import { type Backend, within } from './queue.ts';
import type { Relay } from './relay.ts';

/** A process that died is found out within seconds; the row's own lease keeps its message from going out twice. */
const shortLocks = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000 };

/** Direct messages at most so many at once, and so many in any tenth of a second. */
const concurrency = 10;
const limiter = { max: 5, duration: 100 };

const drainSeconds = 15;

const sweepsBetweenSchedules = 10;

export interface Workers {
  /** Stops taking jobs and waits at most 15 s for the ones begun; what is cut off then is delivered by another. */
  close(): Promise<void>;
}

/** Works on deliveries, and keeps time: the sweeper and the clock, each once for all processes together. */
export async function startWorkers(
  backend: Backend,
  options: { name: string; context: JobContext; relay: Relay; sweepEveryMs: number; clockEveryMs: number },
): Promise<Workers> {
  const { context, relay, name } = options;
  const { connection } = backend;
  const deliveries = new backend.Worker(name, (job) => deliver(context, job.data.outboxId), {
    connection,
    concurrency,
    limiter,
    ...shortLocks,
  });
  const times = new backend.Queue(`${name}-time`, { connection });
  const timekeeper = new backend.Worker(
    `${name}-time`,
    (job) => (job.name === 'sweep' ? relay.sweep() : watchClock(context)),
    { connection, ...shortLocks },
  );
  times.on('error', (error) => context.report(error, 'queue'));
  for (const worker of [deliveries, timekeeper]) {
    worker.on('error', (error) => context.report(error, 'queue'));
    worker.on('failed', (_job, error) => context.report(error, 'job'));
  }
  const kept = { removeOnComplete: true, removeOnFail: true };
  const schedule = async () => {
    await times.upsertJobScheduler('sweep', { every: options.sweepEveryMs }, { name: 'sweep', opts: kept });
    await times.upsertJobScheduler('clock', { every: options.clockEveryMs }, { name: 'clock', opts: kept });
  };
  await schedule();
  // A flushed Redis has forgotten the schedules too, and without them nobody would ever look again.
  const again = setInterval(() => {
    schedule().catch((error) => context.report(error, 'queue'));
  }, sweepsBetweenSchedules * options.sweepEveryMs);
  return {
    async close() {
      clearInterval(again);
      await within(drainSeconds, Promise.all([deliveries.close(), timekeeper.close()]));
      await within(2, times.close());
    },
  };
}
