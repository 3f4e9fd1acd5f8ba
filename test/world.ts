import type { Platform, Seen, ShownIn } from '../sandbox/chat.ts';
import { textOf } from '../sandbox/people.ts';
import { createWorld as createSandboxWorld, type World, type WorldOptions } from '../sandbox/world.ts';
import { createTestDatabase } from './database.ts';

export { textOf } from '../sandbox/people.ts';

export interface TestWorld<Shown extends Seen = ShownIn['slack']> extends World<Shown> {
  /** The message with this text that is new to somebody, or says something else, because of this act. */
  told(who: string, text: string, act: () => Promise<unknown>): Promise<Shown>;
}

/** For tests that wait for the clock, or for another attempt; to the others every turn of either is only work. */
export const brisk = { sweepEveryMs: 250, clockEveryMs: 250 };

/**
 * usher on a database of its own and in a workspace of its own, or with `in: 'teams'` in a tenant of its own; with `teams`
 * in both. Nothing is shared between tests.
 */
export async function createWorld<In extends Platform = 'slack'>(
  options: WorldOptions<In> = {},
): Promise<TestWorld<ShownIn[In]>> {
  const database = await createTestDatabase();
  const world = await createSandboxWorld({
    sweepEveryMs: 1_000,
    clockEveryMs: 1_000,
    ...options,
    env: {
      DATABASE_URL: database.url,
      REDIS_URL: process.env.REDIS_URL ?? '',
      USHER_SECRET: 'x'.repeat(32),
      ...options.env,
    },
  }).catch(async (error) => {
    await database.drop();
    throw error;
  });
  const told = createTold(world);
  return {
    ...world,
    told,
    async invite(who, words) {
      const nothingYet = 'Nothing is sent before you press Send';
      const review = await told(who, nothingYet, () => world.chat.command(who, `invite ${words}`));
      const send = /\[(Send [^\]]+)\]/.exec(textOf(review))?.[1] ?? 'Send';
      await told(who, 'usher tells you here', () => world.chat.press(who, review, send));
    },
    async join(who) {
      const invitation = await world.sees(who, '[Join ');
      const join = /\[(Join [^\]]+)\]/.exec(textOf(invitation))?.[1] ?? 'Join';
      await told(who, 'Welcome to', () => world.chat.press(who, invitation, join));
    },
    async stop() {
      await world.stop();
      await database.drop();
    },
  };
}

function createTold<Shown extends Seen>({ chat }: World<Shown>): TestWorld<Shown>['told'] {
  return async (who, text, act) => {
    const before = new Map(chat.messages(who).map((message) => [chat.keyOf(message), textOf(message)]));
    await act();
    const isNews = (message: Shown) => before.get(chat.keyOf(message)) !== textOf(message);
    return chat.until(
      () => chat.messages(who).findLast((message) => isNews(message) && textOf(message).includes(text)),
      `${who} is told "${text}"`,
    );
  };
}
