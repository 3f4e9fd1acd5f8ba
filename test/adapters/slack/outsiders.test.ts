import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createWorld, type TestWorld, textOf } from '../../world.ts';
import { pressForged } from './forge.ts';
import { everythingSaid, readState } from './state.ts';

const outsiders = [
  { name: 'gus', realName: 'Gus Guest', email: 'gus@acme.test', isGuest: true },
  { name: 'sia', realName: 'Sia Single', email: 'sia@acme.test', isSingleChannelGuest: true },
  { name: 'robot', realName: 'Ro Bot', email: 'robot@acme.test', isBot: true },
  { name: 'gone', realName: 'Gone Girl', email: 'gone@acme.test', deleted: true },
  { name: 'connie', realName: 'Connie Connect', email: 'connie@acme.test', teamId: 'T0PARTNER' },
  // They share their addresses with people who have every right.
  { name: 'twin', realName: 'Olivia Okafor', email: 'olivia@acme.test', teamId: 'T0PARTNER' },
  { name: 'double', realName: 'Olivia Okafor', email: 'olivia@acme.test', isGuest: true, isAdmin: true },
];
const insiders = [
  { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true },
  { name: 'adam', realName: 'Adam Berg', email: 'adam@acme.test' },
  { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test' },
];
const names = outsiders.map(({ name }) => name);
const refused = 'usher is only for people who fully belong here';

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({ people: [...insiders, ...outsiders], env: { LOG_LEVEL: 'silent' } });
  await world.setUp();
  const invited = ['adam as admin', ...names.slice(0, 5)];
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  for (const name of invited.slice(1)) await world.invite('olivia', `${name}@acme.test`);
  await everythingSaid(world.db);
});
afterAll(() => world?.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

async function changesNothing<Result>(act: () => Promise<Result>): Promise<Result> {
  const before = await readState(world.db);
  const result = await act();
  await world.told('olivia', 'What you can do', () => world.slack.command('olivia', 'help'));
  expect(await readState(world.db)).toBe(before);
  return result;
}

/** What Olivia has just sent, as if this person had sent it. */
function asIfSentBy(who: string, user: object = {}, sent = world.slack.lastRequest): string {
  const body = new URLSearchParams(sent.body);
  const payload = JSON.parse(body.get('payload') ?? '{}');
  const { id, name, teamId = world.slack.teamId } = world.slack.person(who);
  body.set('payload', JSON.stringify({ ...payload, user: { id, name, team_id: teamId, ...user } }));
  return body.toString();
}

test.each(names)('%s gets nowhere with a command', async (who) => {
  for (const words of [
    '',
    'help',
    'invite eve@acme.test',
    'pending',
    'members',
    'who',
    'role olivia user',
    'leave',
    'nonsense',
  ]) {
    await changesNothing(() => world.told(who, refused, () => world.slack.command(who, words)));
  }
});

test.each(names)('%s gets nowhere with a button', async (who) => {
  const [invitation] = await world.db.execute<{ id: string }>(sql`
    select id from invitation where status = 'pending' and email = ${world.slack.person(who).email}
    union all select id from invitation limit 1`);
  const claim = { invitationId: invitation?.id, generation: 1 };
  for (const value of [
    { do: 'join', ...claim },
    { do: 'decline', ...claim },
    { do: 'pending' },
    { do: 'help' },
  ]) {
    const before = await readState(world.db);
    const answered = world.slack.calls.length;
    await pressForged(world, who, value);
    await world.slack.until(
      () => world.slack.calls.slice(answered).some(({ body }) => String(body.text).includes(refused)),
      `${who} is refused`,
    );
    expect(await readState(world.db)).toBe(before);
  }
});

test.each(names)('%s gets nowhere with a form', async (who) => {
  const { slack } = world;
  await slack.command('olivia', 'invite');
  await slack.until(() => slack.screen('olivia').modal, 'the form opens');
  await world.told('olivia', 'Invite 1 person', () => slack.submit('olivia', { addresses: 'eve@acme.test' }));
  await changesNothing(async () => {
    expect((await slack.send({ body: asIfSentBy(who) })).status).toBe(200);
  });
});

test('somebody of another workspace stays a stranger when their envelope says nothing of it', async () => {
  const { slack, told, db } = world;
  const list = await told('olivia', 'Pending', () => slack.command('olivia', 'pending gus'));
  await told('olivia', 'Sent again', () => slack.press('olivia', list, 'Resend'));
  const pressed = slack.lastRequest;
  await everythingSaid(db);
  for (const team_id of [undefined, slack.teamId, '']) {
    const body = asIfSentBy('twin', { team_id }, pressed);
    const answer = await changesNothing(() => slack.send({ body }));
    expect(answer.status).toBe(200);
    await everythingSaid(db);
  }
});

test('nobody of them is written to, and the admin reads that they cannot be reached', async () => {
  const list = await world.told('olivia', 'gus@acme.test', () => world.slack.command('olivia', 'pending'));
  const unreachable = textOf(list).match(/not found in chat/g);
  expect(unreachable).toHaveLength(5);
  const posted = world.slack.calls.filter(({ method }) => method === 'chat.postMessage');
  const reached = posted.map(({ body }) => world.slack.people.find(({ id }) => id === body.channel)?.name);
  expect(reached.filter((name) => names.includes(name ?? ''))).toEqual([]);
});

test('a mention of somebody without rights reveals no address', async () => {
  const words = `invite ${names
    .slice(0, 5)
    .map((name) => `@${name}`)
    .join(' ')}`;
  const review = await world.told('olivia', 'nobody new', () => world.slack.command('olivia', words));
  expect(textOf(review).match(/cannot be invited|usher cannot see the address/g)).toHaveLength(5);
  expect(textOf(review)).not.toContain('@acme.test');
});

test('the home of a guest says only whom usher is for', async () => {
  const { slack } = world;
  await slack.openHome('gus');
  const home = await slack.until(() => slack.screen('gus').home, 'the home is drawn');
  expect(textOf({ text: '', blocks: home.blocks })).toMatch(
    /^usher is only for people who fully belong here[^[]*$/,
  );
});

test('a member who is made a guest or leaves has no rights a minute later', async () => {
  const { slack, told } = world;
  await told('adam', 'Members of Payments', () => slack.command('adam', 'members'));
  const clock = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + 61_000);
  slack.person('adam').isGuest = true;
  await told('adam', refused, () => slack.command('adam', 'members'));
  Object.assign(slack.person('adam'), { isGuest: false, deleted: true });
  vi.spyOn(Date, 'now').mockImplementation(() => clock() + 122_000);
  await told('adam', refused, () => slack.command('adam', 'pending'));
});
