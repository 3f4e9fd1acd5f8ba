import { createPostgresBackend, Queue as RedisQueue, Worker as RedisWorker, withBackend } from 'bullmq';
import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
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
    const pool = createPool(config.databaseUrl);
    return {
      Queue: Queue as unknown as QueueClass,
      Worker: Worker as unknown as WorkerClass,
      connection: pool as never,
      warnings: async () => [],
      close: () => within(2, pool.end()),
    };
  }
  const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: null });
  return {
    Queue: RedisQueue,
    Worker: RedisWorker,
    connection: redis as never,
    warnings: () => redisWarnings(redis),
    close: async () => {
      // A Redis that is gone never answers: what it was asked is asked again after the next start.
      await within(2, redis.quit());
      redis.disconnect();
    },
  };
}

/** One pool for every queue and worker of this process; two of its connections listen. */
function createPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 10, keepAlive: true, options: '-c search_path=bullmq' });
  // A connection that is lost while in use says so once to its query and once to everybody; unheard, that ends the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Waits for this work, but no longer than so many seconds. */
export async function within(seconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
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
