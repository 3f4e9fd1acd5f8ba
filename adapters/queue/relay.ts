import type { Database } from '../../db/connect.ts';
import { sweepOutbox } from '../../src/jobs/sweep-outbox.ts';
import { type Backend, type DeliveryJob, within } from './queue.ts';

/** Takes what waits in the outbox to the queue, right after a commit. */
export interface Relay {
  /** Has the outbox looked through soon. It returns at once; calls in between become one. */
  nudge(): void;
  /** Looks through the outbox now. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** A relay on the delivery queue. Faults are reported and cost only time: the sweeper looks again. */
export function createRelay(
  backend: Backend,
  options: { db: Database; name: string; report(error: unknown, where: string): void },
): Relay {
  const queue = new backend.Queue(options.name, { connection: backend.connection });
  queue.on('error', (error) => options.report(error, 'queue'));
  let running: Promise<void> | undefined;
  let again = false;

  async function sweep(): Promise<void> {
    await sweepOutbox({ db: options.db }, async (rows) => {
      await queue.addBulk(
        rows.map(({ id, attempt }) => ({
          name: 'deliver',
          data: { outboxId: id } satisfies DeliveryJob,
          opts: { jobId: `d-${id}-${attempt}`, removeOnComplete: true, removeOnFail: true },
        })),
      );
    });
  }

  async function run(): Promise<void> {
    do {
      again = false;
      await sweep().catch((error) => options.report(error, 'relay'));
    } while (again);
    running = undefined;
  }

  return {
    nudge() {
      again = true;
      running ??= run();
    },
    sweep,
    async close() {
      await within(2, Promise.resolve(running));
      await within(2, queue.close());
    },
  };
}
