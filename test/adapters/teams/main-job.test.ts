import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, textOf } from '../../world.ts';

let world: Awaited<ReturnType<typeof start>>;
const start = () => createWorld({ in: 'teams', env: { USHER_FOUNDERS: 'olivia@acme.test' } });
beforeAll(async () => {
  world = await start();
});
afterAll(() => world?.stop());

test('an admin sets usher up, invites, and the invitee joins with one press', async () => {
  await world.setUp();
  await world.invite('olivia', 'ana@acme.test as admin');
  await world.join('ana');
  const report = await world.sees('olivia', '1 of 1 joined');
  expect(textOf(report)).toContain('Joined: ana@acme.test');
  expect(world.messages('ana').filter((message) => textOf(message).includes('[Join'))).toHaveLength(0);
});
