import { afterAll, beforeAll, describe, type TestOptions } from 'vitest';
import type { WorldOptions } from '../../sandbox/world.ts';
import { brisk, createWorld, type TestWorld } from '../world.ts';
import { hasRedis, startRedis, type TestRedis, warnWithoutRedis } from './redis.ts';

/** A queue backend to run the same tests on. */
export interface TestBackend {
  name: 'PostgreSQL' | 'Redis';
  /** What usher is told, so that it uses this backend. */
  env(): Record<string, string>;
  createWorld(options?: WorldOptions): Promise<TestWorld>;
  redis: TestRedis | undefined;
}

/** Declares the same tests once for each queue backend this machine has, and warns about the one it has not. */
export function describeBackends(
  what: string,
  declare: (backend: TestBackend) => void,
  options: TestOptions = {},
): void {
  warnWithoutRedis(`${what}, over Redis`);
  for (const name of ['PostgreSQL', 'Redis'] as const) {
    describe.skipIf(name === 'Redis' && !hasRedis)(`${what}, over ${name}`, options, () => {
      const backend: TestBackend = {
        name,
        redis: undefined,
        // An empty setting counts as none, also where the tests run beside a Redis.
        env: () => ({ REDIS_URL: backend.redis?.url ?? '' }),
        createWorld: (options = {}) =>
          createWorld({
            ...brisk,
            ...options,
            env: { LOG_LEVEL: 'silent', ...backend.env(), ...options.env },
          }),
      };
      beforeAll(async () => {
        if (name === 'Redis') backend.redis = await startRedis();
      });
      afterAll(() => backend.redis?.stop());
      declare(backend);
    });
  }
}
