import { afterEach, expect, test } from 'vitest';
import { findFreePort } from '../../../sandbox/free-port.ts';
import { createWorld, textOf } from '../../world.ts';

const people = [
  { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true },
  { name: 'ida', realName: "Ida O'Neill", email: "ida.o'neill@acme.test", hasApp: false, onTeam: false },
  { name: 'gus', realName: 'Gus Guest', email: 'gus@acme.test', hasApp: false, onTeam: false, isGuest: true },
];

let world: Awaited<ReturnType<typeof start>>;
afterEach(() => world?.stop());

/** The address of Graph is known only once the tenant is there, on a port that is asked for. */
async function start({ graph }: { graph: boolean }) {
  const port = await findFreePort();
  const graphUrl = `https://127.0.0.1:${port}/v1.0`;
  const started = await createWorld({
    ...{ in: 'teams', people, teams: { port } },
    env: graph ? { TEAMS_GRAPH_URL: graphUrl } : {},
  });
  if (graph) expect(started.teams.graphUrl).toBe(graphUrl);
  await started.setUp();
  return started;
}

const callsOf = (method: string) => world.teams.calls.filter((call) => call.method === method);

test('with Graph, somebody who never met usher gets it installed, and one invitation', async () => {
  world = await start({ graph: true });
  await world.invite('olivia', "ida.o'neill@acme.test");
  await world.join('ida');
  await world.sees('olivia', '1 of 1 joined');
  const invitations = world.messages('ida').filter((message) => /invites you|Welcome/.test(textOf(message)));
  expect(invitations).toHaveLength(1);
});

test('guests are not installed for, and without Graph nobody is asked for', async () => {
  world = await start({ graph: true });
  await world.invite('olivia', 'gus@acme.test');
  await world.sees('olivia', 'Could not be reached: gus@acme.test');
  expect(callsOf('graph').map(({ path }) => path.split('?')[0])).toEqual(['/v1.0/users']);
  await world.stop();
  world = await start({ graph: false });
  await world.invite('olivia', "ida.o'neill@acme.test");
  await world.sees('olivia', "Could not be reached: ida.o'neill@acme.test");
  expect(callsOf('graph')).toEqual([]);
});

test('when Graph asks to wait, the invitation waits; when it refuses, the admin reads so', async () => {
  world = await start({ graph: true });
  world.teams.fail('graph', { status: 429, retryAfter: 1 });
  await world.invite('olivia', "ida.o'neill@acme.test");
  await world.sees('ida', 'invites you');
  world.teams.fail('graph', { status: 403 }, 5);
  await world.teams.addPerson({ name: 'jo', realName: 'Jo Low', email: 'jo@acme.test', onTeam: false });
  await world.invite('olivia', 'jo@acme.test');
  const list = await world.told('olivia', 'jo@acme.test', () => world.chat.command('olivia', 'pending jo'));
  await world.sees('olivia', 'Could not be reached: jo@acme.test');
  expect(textOf(list)).toContain('jo@acme.test');
});
