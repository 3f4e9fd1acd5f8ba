import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import type { Seed } from '../../../sandbox/cast.ts';
import { eventually } from '../../jobs/eventually.ts';
import { outboxOf } from '../../jobs/outbox.ts';
import { createWorld, textOf } from '../../world.ts';
import { everythingSaid } from '../slack/state.ts';
import { freshActivity, type TeamsWorld } from './forge.ts';

const olivia = { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true };
const ana = { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test' };
const cleo = { name: 'cleo', realName: 'Cleo Novak', email: 'cleo@acme.test', hasApp: false };
/** In the tenant, and nowhere usher is. */
const dan = { name: 'dan', realName: 'Dan Dahl', email: 'dan@acme.test', hasApp: false, onTeam: false };

let world: TeamsWorld;
afterEach(() => world?.stop());

async function start(people: Seed[], options: { platforms?: ('slack' | 'teams')[] } = {}): Promise<void> {
  world = await createWorld({ in: 'teams', people, env: { LOG_LEVEL: 'silent' }, ...options });
  await world.setUp();
}

const callsTo = (method: string) => world.teams.calls.filter((call) => call.method === method);

const invitationsOf = (who: string) =>
  world.messages(who).filter((message) => textOf(message).includes('invites you')).length;

async function pendingLineOf(email: string): Promise<string> {
  const list = await world.told('olivia', email, () => world.teams.command('olivia', `pending ${email}`));
  return (
    textOf(list)
      .split('\n')
      .find((line) => line.includes('invited by')) ?? ''
  );
}

test('somebody who has written to usher is reached in their own chat, without looking anywhere', async () => {
  await start([olivia, ana]);
  await world.told('ana', 'You are not a member', () => world.teams.command('ana', 'help'));
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('ana', '[Join Payments]');
  await everythingSaid(world.db);
  expect([callsTo('members.page'), callsTo('conversations.create')]).toEqual([[], []]);
  expect(await pendingLineOf('ana@acme.test')).toContain('delivered');
});

test('somebody on the team usher is in is reached by opening the chat with them, once', async () => {
  await start([olivia, cleo]);
  await world.invite('olivia', 'cleo@acme.test');
  const invitation = await world.sees('cleo', '[Join Payments]');
  await world.told('cleo', 'You declined', () => world.teams.press('cleo', invitation, 'Decline'));
  await world.invite('olivia', 'cleo@acme.test');
  expect(callsTo('conversations.create')).toHaveLength(1);
  await world.join('cleo');
  await world.sees('olivia', '1 of 1 joined');
});

test('somebody usher is not installed for is shown as such, the inviter is told, and installing brings the invitation', async () => {
  await start([olivia, dan]);
  await world.invite('olivia', 'dan@acme.test');
  expect(textOf(await world.sees('olivia', 'Could not be reached: dan@acme.test'))).toContain(
    'copy the link',
  );
  expect(await pendingLineOf('dan@acme.test')).toContain('not found in chat: pass the link on');
  await world.teams.install('dan');
  await world.sees('dan', '[Join Payments]');
  await everythingSaid(world.db);
  expect(textOf(await world.sees('olivia', '0 of 1 joined'))).not.toContain('Could not be reached');
  expect(world.messages('dan').map((message) => textOf(message).split('\n')[0])).toEqual([
    'Olivia Okafor invites you to Payments.',
  ]);
  expect(await pendingLineOf('dan@acme.test')).toContain('delivered');
  await world.join('dan');
});

test('somebody who writes to usher before the news of it is offered the invitation that waits', async () => {
  await start([olivia, dan]);
  await world.invite('olivia', 'dan@acme.test');
  await world.sees('olivia', 'Could not be reached');
  world.teams.person('dan').hasApp = true;
  await world.told('dan', '[Join Payments]', () =>
    world.teams.command('dan', 'hello').then(() => world.teams.command('dan', 'help')),
  );
  await world.join('dan');
});

test('somebody who has sent usher away is not written to: the list says so, and the inviter is told', async () => {
  await start([olivia, ana]);
  await world.told('ana', 'You are not a member', () => world.teams.command('ana', 'help'));
  await world.teams.uninstall('ana');
  const rows = () => world.db.execute(sql`select 1 from place where email = 'ana@acme.test'`);
  await eventually('usher forgets the chat', async () => (await rows()).length === 0);
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('olivia', 'Could not be reached: ana@acme.test');
  expect(await pendingLineOf('ana@acme.test')).toContain('usher may not write to them in chat');
  expect(invitationsOf('ana')).toBe(0);
  await world.teams.install('ana');
  await world.sees('ana', '[Join Payments]');
});

test('who has sent usher away in Teams is reached in Slack', async () => {
  await start([olivia, ana], { platforms: ['slack', 'teams'] });
  const { slack, teams } = world;
  await slack.command('olivia', '');
  const inSlack = world.on('slack');
  await slack.press('olivia', await inSlack.sees('olivia', 'Connect to Payments'), 'Connect to Payments');
  await inSlack.sees('olivia', 'belongs to Payments');
  await teams.uninstall('ana');
  await world.invite('olivia', 'ana@acme.test');
  await inSlack.sees('ana', '[Join Payments]');
  await everythingSaid(world.db);
  expect(await outboxOf(world.db, 'ana@acme.test', 'invite')).toMatchObject([{ status: 'sent' }]);
  expect(invitationsOf('ana')).toBe(0);
});

test('a team usher was removed from without hearing of it does not stand in the way', async () => {
  await start([olivia, ana, cleo]);
  const { teams } = world;
  await world.told('ana', 'You are not a member', () => teams.command('ana', 'help'));
  teams.connect('http://127.0.0.1:1/nobody');
  await teams.removeFromTeam();
  teams.connect(`http://127.0.0.1:${world.usher.port}/api/messages`);
  await world.invite('olivia', 'ana@acme.test, cleo@acme.test');
  await world.sees('ana', '[Join Payments]');
  await world.sees('olivia', 'Could not be reached: cleo@acme.test');
  expect(callsTo('members.page').map(({ status }) => status)).toContain(403);
  expect(await pendingLineOf('cleo@acme.test')).toContain('not found in chat');
});

test('a team and a group chat are remembered while usher is in them, and forgotten when it is removed', async () => {
  await start([olivia]);
  const { teams, db } = world;
  const rooms = async () => (await db.execute(sql`select 1 from place where user_id is null`)).length;
  await eventually('the team is known', async () => (await rooms()) === 1);
  const bot = [{ id: `28:${teams.appId}` }];
  const update = (fields: object) =>
    teams.activity('olivia', { type: 'conversationUpdate', ...fields }, { in: 'Planning' });
  await update({ membersAdded: bot });
  await eventually('the group chat is known', async () => (await rooms()) === 2);
  await update({ membersRemoved: [{ id: '29:somebody' }] });
  await update({ membersRemoved: bot });
  await eventually('the group chat is forgotten', async () => (await rooms()) === 1);
  await teams.removeFromTeam();
  await eventually('the team is forgotten', async () => (await rooms()) === 0);
});

test('where usher writes to is taken from authenticated activities alone', async () => {
  await start([olivia, ana]);
  const { teams, db } = world;
  await world.told('ana', 'You are not a member', () => teams.command('ana', 'help'));
  const urls = async () =>
    (await db.execute(sql`select distinct service_url as url from place`)).map(({ url }) => url);
  const genuine = JSON.stringify(freshActivity(teams));
  for (const serviceUrl of ['https://evil.test/', `${teams.serviceUrl}evil/`, `${teams.url}/`]) {
    const body = JSON.stringify({
      ...JSON.parse(genuine),
      id: `f:${serviceUrl}`,
      type: 'installationUpdate',
      action: 'add',
      serviceUrl,
    });
    const answer = await teams.send({ body });
    expect([401, 403]).toContain(answer.status);
  }
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('ana', '[Join Payments]');
  expect(await urls()).toEqual([teams.serviceUrl]);
});

test('for many addresses the roster is read in pages, and nobody is looked up alone', async () => {
  const crowd = Array.from({ length: 620 }, (_, at) => ({
    ...{ name: `p${at}`, realName: `Person ${at}`, email: `p${at}@acme.test` },
    hasApp: false,
  }));
  await start([olivia, ...crowd]);
  const looked = callsTo('members.get').length;
  const invited = crowd.slice(-30);
  await world.invite('olivia', invited.map(({ email }) => email).join(' '));
  for (const { name } of invited) await world.sees(name, '[Join Payments]');
  expect(callsTo('members.page')).toHaveLength(2);
  expect(callsTo('members.list')).toEqual([]);
  expect(callsTo('members.get').length).toBe(looked);
  expect(invited.map(({ name }) => invitationsOf(name))).toEqual(invited.map(() => 1));
});
