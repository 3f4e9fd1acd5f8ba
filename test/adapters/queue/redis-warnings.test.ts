import { expect, test } from 'vitest';
import { createBackend } from '../../../adapters/queue/queue.ts';
import { hasRedis, startRedis, warnWithoutRedis } from '../../jobs/redis.ts';

warnWithoutRedis('what the operator is told about a Redis');

/** What the operator is told about a Redis with these settings. */
async function warningsOf(settings: Record<string, string>): Promise<string[]> {
  const redis = await startRedis(settings);
  const backend = createBackend({ redisUrl: redis.url, databaseUrl: 'postgres://none' });
  try {
    return await backend.warnings();
  } finally {
    await backend.close();
    await redis.stop();
  }
}

test.skipIf(!hasRedis)('nothing is said of a Redis that keeps what it is given', async () => {
  expect(await warningsOf({})).toEqual([]);
});

test.skipIf(!hasRedis)(
  'the operator is warned of a Redis that evicts jobs or forgets them on a restart',
  async () => {
    expect(await warningsOf({ 'maxmemory-policy': 'allkeys-lru', appendonly: 'no' })).toEqual([
      expect.stringContaining('maxmemory-policy to noeviction'),
      expect.stringContaining('appendonly to yes'),
    ]);
  },
);

test.skipIf(!hasRedis)('a Redis that keeps its settings to itself is no reason not to start', async () => {
  const warnings = await warningsOf({ 'rename-command': 'CONFIG hidden' });
  expect(warnings).toEqual([expect.stringContaining('does not tell its settings')]);
});

test('there is nothing to say of PostgreSQL', async () => {
  const backend = createBackend({ databaseUrl: 'postgres://none' });
  expect(await backend.warnings()).toEqual([]);
  await backend.close();
});
