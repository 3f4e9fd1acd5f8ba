import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type TestWorld, textOf } from '../../world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.stop());

test('an admin sets usher up, invites, and the invitee joins with one press', async () => {
  const { slack, sees } = world;
  await world.setUp();
  await world.invite('olivia', 'ana@acme.test');
  const invitation = await sees('ana', 'Olivia Okafor invites you to Payments');
  expect(textOf(invitation)).toContain('[Join Payments]');
  await slack.press('ana', invitation, 'Join Payments');
  const welcome = await sees('ana', 'Welcome to Payments!');
  expect(welcome.ts).toBe(invitation.ts);
  await sees('olivia', '1 of 1 joined');
});
