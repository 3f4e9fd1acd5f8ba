import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Platform } from '../../sandbox/chat.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';

// Nothing here is timed; only, four hundred people take longer than one press.

describe.each<Platform>(['slack', 'teams'])('work on many people in %s', (platform) => {
  let world: TestWorld;
  beforeAll(async () => {
    world = (await createWorld({ in: platform })) as TestWorld;
    await world.setUp();
    await world.db.execute(sql`
      insert into member (id, account_id, organization_id, email, full_name)
      select 'mem_' || md5(n::text), account_id, id, 'crowd.' || n || '@acme.test', 'Crowd ' || n
      from organization, generate_series(1, 460) as n`);
  });
  afterAll(() => world?.stop());

  const crowd = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `crowd.${from + index}@acme.test`).join(', ');

  const active = async () => {
    const [row] = await world.db.execute<{ count: number }>(
      sql`select count(*)::int from member where status = 'active' and email like 'crowd.%'`,
    );
    return row?.count ?? 0;
  };

  test('says how far it is, in place of the button, until its result takes that place', async () => {
    const { chat, told } = world;
    const review = await told('olivia', 'Remove 60 people?', () =>
      chat.command('olivia', `remove ${crowd(401, 460)}`),
    );
    await chat.press('olivia', review, 'Remove 60');
    const progress = await world.sees('olivia', 'Removing 60 people');
    expect(textOf(progress)).toMatch(/of 60[\s\S]*\[Stop\]/);
    const result = await world.sees('olivia', 'Removed 60 people.');
    expect([progress, result].map(chat.keyOf)).toEqual([chat.keyOf(review), chat.keyOf(review)]);
    expect(textOf(result)).not.toContain('You stopped it');
    expect(await active()).toBe(400);
  });

  test('ends where somebody stops it: who is done is done, everybody else stays as they are', async () => {
    const { chat, told } = world;
    const review = await told('olivia', 'Remove 400 people?', () =>
      chat.command('olivia', `remove ${crowd(1, 400)}`),
    );
    const result = await told('olivia', 'You stopped it', async () => {
      await chat.press('olivia', review, 'Remove 400');
      const progress = await world.sees('olivia', 'Removing 400 people');
      await chat.press('olivia', progress, 'Stop');
    });
    const left = await active();
    expect(left).toBeGreaterThan(0);
    expect(textOf(result)).toContain(`You stopped it: ${left} people stay as they are.`);
    await world.sees('olivia', 'It stops now.');
    await told('olivia', 'too old, or not yours', () => chat.press('olivia', review, 'Remove 400'));
    expect(await active()).toBe(left);
  });
});
