import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import type { Seed } from '../../../sandbox/cast.ts';
import { createWorld, type TestWorld, textOf } from '../../world.ts';
import { countOf, everythingSaid, readState } from '../slack/state.ts';

const people: Seed[] = [
  { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test', isAdmin: true },
  { name: 'adam', realName: 'Adam Berg', email: 'adam@acme.test' },
  { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test' },
  { name: 'cleo', realName: 'Cleo Novak', email: 'cleo@acme.test' },
];

let world: TestWorld;
afterEach(() => world?.stop());

/** usher on both platforms, set up in Slack. Nobody but the Account Admin may set it up in Teams. */
async function start(seeds = people): Promise<void> {
  const env = { LOG_LEVEL: 'silent', USHER_FOUNDERS: '' };
  world = await createWorld({ teams: true, people: seeds, env });
  await world.setUp();
}

const inTeams = () => world.on('teams');

/** Does something in Teams, and waits until somebody sees this there because of it. */
async function toldInTeams(who: string, text: string, act: () => Promise<unknown>) {
  const { chat, messages } = inTeams();
  const before = new Map(messages(who).map((message) => [chat.keyOf(message), textOf(message)]));
  await act();
  return chat.until(
    () =>
      messages(who).findLast(
        (one) => before.get(chat.keyOf(one)) !== textOf(one) && textOf(one).includes(text),
      ),
    `${who} is told "${text}" in Teams`,
  );
}

const typed = (who: string, words: string, text: string) =>
  toldInTeams(who, text, () => world.teams.command(who, words));

/** The Account Admin joins the tenant to the account. */
async function connectTeams(): Promise<void> {
  const offer = await typed('olivia', 'help', 'Connect to Payments');
  await toldInTeams('olivia', 'usher here belongs to Payments now', () =>
    world.teams.press('olivia', offer, 'Connect to Payments'),
  );
}

const postsIn = (who: string, text: string) => ({
  slack: world.messages(who).filter((message) => textOf(message).includes(text)).length,
  teams: inTeams()
    .messages(who)
    .filter((message) => textOf(message).includes(text)).length,
});

test('only the Account Admin joins a tenant to the account, and until then nobody has rights in it', async () => {
  await start();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('ana', '[Join Payments]');
  await everythingSaid(world.db);
  const before = await readState(world.db);
  for (const who of ['adam', 'ana', 'cleo']) {
    for (const words of ['help', 'members', 'pending', 'invite eve@acme.test']) {
      expect(textOf(await typed(who, words, 'usher is not set up here yet'))).not.toContain('[');
    }
    const forged = () => world.teams.activity(who, { value: { action: { do: 'connect-workspace' } } });
    await toldInTeams(who, 'You cannot set usher up here', forged);
  }
  await typed('olivia', 'members', 'usher is not set up here yet');
  expect(await readState(world.db)).toBe(before);
  expect(inTeams().messages('ana').map(textOf).join()).not.toContain('invites you');

  await connectTeams();
  expect(await countOf(world.db, 'account')).toBe(1);
  expect(await countOf(world.db, 'workspace')).toBe(2);
  await typed('adam', 'members', 'Members of Payments');
});

test('a member made in Slack is the same person in Teams, with the same role and both on the card', async () => {
  await start();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await connectTeams();
  const card = textOf(await typed('adam', 'who', 'adam@acme.test'));
  expect(card).toContain('Role: Admin');
  expect(card).toContain('Uses usher in: Microsoft Teams and Slack');
  expect(await countOf(world.db, 'member')).toBe(2);
  const identities = await world.db.execute<{ platform: string }>(sql`
    select c.platform from chat_identity c join member m on m.id = c.member_id where m.email = 'adam@acme.test'`);
  expect(identities.map(({ platform }) => platform).sort()).toEqual(['slack', 'teams']);
  await typed('adam', 'invite cleo@acme.test', 'Invite 1 person to Payments?');
  await world.told('adam', 'Adam Berg', () => world.slack.command('adam', 'who'));
});

test('whoever joined in Slack after the tenant was connected is the same person in Teams', async () => {
  await start();
  await connectTeams();
  await world.invite('olivia', 'ana@acme.test');
  const invitation = await world.sees('ana', '[Join Payments]');
  await world.slack.press('ana', invitation, 'Join Payments');
  await world.sees('ana', 'Welcome to Payments!');
  await typed('ana', 'help', 'You are User of Payments');
  expect(await countOf(world.db, 'member')).toBe(2);
});

test('a direct message goes once, to where the person used usher last', async () => {
  await start();
  await connectTeams();
  await typed('olivia', 'who', 'Microsoft Teams and Slack');
  for (const [recent, invitee] of [
    ['teams', 'ana'],
    ['slack', 'cleo'],
  ] as const) {
    await world.db.execute(sql`
      update chat_identity set last_seen_at = now() - case platform when ${recent} then interval '2 minutes'
        else interval '3 minutes' end`);
    // The steps are the same on either platform.
    const { sees, invite, chat } = world.on(recent as 'slack');
    await invite('olivia', `${invitee}@acme.test`);
    const invitation = await sees(invitee, '[Join Payments]');
    await chat.press(invitee, invitation, 'Decline');
    const report = `Declined: ${invitee}@acme.test`;
    await sees('olivia', report);
    await everythingSaid(world.db);
    expect(postsIn('olivia', report)).toEqual({ slack: 0, teams: 0, [recent]: 1 });
    expect(postsIn(invitee, 'You declined')).toEqual({ slack: 0, teams: 0, [recent]: 1 });
  }
});

test('an invitation reaches somebody who is on both platforms once', async () => {
  await start();
  await connectTeams();
  await world.invite('olivia', 'ana@acme.test');
  await world.sees('ana', '[Join Payments]');
  await everythingSaid(world.db);
  expect(postsIn('ana', 'invites you')).toEqual({ slack: 1, teams: 0 });
});

test('a guest in Teams with the address of a member is not that member', async () => {
  await start([...people, { name: 'double', realName: 'Adam Berg', email: 'adam@acme.test', isGuest: true }]);
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await connectTeams();
  const identities = await countOf(world.db, 'chat_identity');
  for (const words of ['help', 'who', 'members', 'invite eve@acme.test']) {
    await typed('double', words, 'usher is only for');
  }
  expect(await countOf(world.db, 'chat_identity')).toBe(identities);
});

test('somebody whose address Teams does not tell is nobody’s second identity', async () => {
  await start([...people, { name: 'nomail', realName: 'Adam Berg', email: 'not an address' }]);
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
  await connectTeams();
  const before = await readState(world.db);
  for (const words of ['help', 'who', 'members'])
    await typed('nomail', words, 'You are not a member of Payments');
  expect(await readState(world.db)).toBe(before);
});
