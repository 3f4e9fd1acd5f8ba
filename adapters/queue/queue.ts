import { createPostgresBackend, Queue as RedisQueue, Worker as RedisWorker, withBackend } from 'bullmq';
import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import type { Database } from '../../db/connect.ts';

/** One row of the outbox on its way to a worker. Job data is stored in clear, so it is nothing but the row's number. */
export interface DeliveryJob {
  outboxId: number;
}

type QueueClass = typeof RedisQueue<DeliveryJob>;
type WorkerClass = typeof RedisWorker<DeliveryJob>;

/** BullMQ on one of its two backends; nothing else differs between them. */
export interface Backend {
  Queue: QueueClass;
  Worker: WorkerClass;
  connection: never;
  /** What the operator should know about this backend before trusting it. */
  warnings(): Promise<string[]>;
  close(): Promise<void>;
}

/** BullMQ on Redis when there is one, else on the PostgreSQL that is there anyway. */
export function createBackend(config: { redisUrl?: string | undefined; databaseUrl: string }): Backend {
  if (config.redisUrl === undefined) {
    const { Queue, Worker } = withBackend(createPostgresBackend);
    return {
      Queue: Queue as unknown as QueueClass,
      Worker: Worker as unknown as WorkerClass,
      // Each queue and worker has its own pool, and one connection more to listen.
      connection: { connectionString: config.databaseUrl, max: 3 } as never,
      warnings: async () => [],
      close: async () => {},
    };
  }
  const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: null });
  return {
    Queue: RedisQueue,
    Worker: RedisWorker,
    connection: redis as never,
    warnings: () => redisWarnings(redis),
    close: async () => void (await redis.quit()),
  };
}

/** The queue of this database and no other: two ushers may share one Redis, and their rows have the same numbers. */
export async function findQueueName(db: Database): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`
    select (pg_control_system()).system_identifier || '-' || oid as id from pg_database
    where datname = current_database()`);
  return `usher-${row?.id}`;
}

/** A Redis that forgets jobs costs time, never a message: the outbox is announced again. */
async function redisWarnings(redis: Redis): Promise<string[]> {
  const setting = async (name: string) => ((await redis.config('GET', name)) as string[])[1];
  try {
    return [
      ...((await setting('maxmemory-policy')) === 'noeviction'
        ? []
        : ['Redis may evict jobs: set maxmemory-policy to noeviction.']),
      ...((await setting('appendonly')) === 'yes'
        ? []
        : ['Redis forgets jobs on a restart: set appendonly to yes.']),
    ];
  } catch {
    return ['Redis does not tell its settings: make sure of maxmemory-policy noeviction and appendonly yes.'];
  }
}
