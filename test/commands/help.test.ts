import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf } from './forms.ts';

const bill = { name: 'bill', realName: 'Bill Ing', email: 'bill@acme.test' };

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({ people: [...createCast(), bill] });
  await world.setUp();
  for (const words of ['adam@acme.test as admin', 'mia@acme.test', 'bill@acme.test as billing manager']) {
    await world.invite('olivia', words);
    await world.join(words.split('@')[0] ?? '');
  }
});
afterAll(() => world?.stop());

const lists = ['Invite people', 'Pending invitations', 'Members', 'Removed people'];
const managing = ['invite', 'pending', 'members', 'removed', 'who', 'role', 'remove'];
const licensing = ['licenses', 'license', 'team', 'project', 'export'];
const groups = ['Teams', 'Projects'];
const roles: [who: string, role: string, buttons: string[], words: string[]][] = [
  [
    'olivia',
    'Owner of Payments, and Account Admin.',
    [...lists, 'My card', 'Licences', ...groups, 'Organizations', 'Audit log', 'Account Admins', 'Settings'],
    [...managing, 'transfer', ...licensing, 'org', 'audit', 'account', 'settings', 'help'],
  ],
  [
    'adam',
    'Admin of Payments.',
    [...lists, 'My card', 'Licences', ...groups, 'Audit log', 'Settings'],
    [...managing, ...licensing, 'audit', 'settings', 'leave', 'help'],
  ],
  ['bill', 'Billing Manager of Payments.', ['My card', 'Licences'], ['who', 'licenses', 'leave', 'help']],
  [
    'mia',
    'User of Payments.',
    ['My card', 'Licences', ...groups],
    ['who', 'licenses', 'team', 'project', 'leave', 'help'],
  ],
];

test.each(roles)('%s, %s, is offered exactly what they may do', async (who, role, buttons, offeredWords) => {
  const { slack, told } = world;
  for (const words of ['', 'help', 'HELP']) {
    const card = await told(who, 'What you can do with usher', () => slack.command(who, words));
    expect(textOf(card)).toContain(`You are ${role}`);
    expect(buttonsOf(card)).toEqual(buttons);
    const offered = textOf(card).match(/\/usher \w+/g);
    expect(offered).toEqual(offeredWords.map((word) => `/usher ${word}`));
    expect(card.ephemeral).toBe(true);
  }
});

test.each(roles)('the home of %s offers the same, and its buttons work', async (who, role, buttons) => {
  const { slack, told } = world;
  await slack.openHome(who);
  const home = await slack.until(() => slack.screen(who).home, 'the home is drawn');
  expect(textOf({ text: '', blocks: home.blocks })).toContain(`You are ${role}`);
  expect(buttonsOf(home)).toEqual(buttons);
  const card = await told(who, 'E-mail', () => slack.press(who, 'home', 'My card'));
  expect(card.ephemeral).toBeUndefined();
  const licenses = who === 'mia' ? 'Licences: none' : 'Licences of Payments';
  await told(who, licenses, () => slack.press(who, 'home', 'Licences'));
});

test('what a word does is said as far as it goes for whoever asks', async () => {
  const { slack, told } = world;
  const plain = textOf(await told('mia', 'What you can do with usher', () => slack.command('mia', '')));
  expect(plain).toContain('/usher who: See your own card');
  const near = await told('mia', 'usher does not know “woh”', () => slack.command('mia', 'woh'));
  expect(textOf(near)).toMatch(/Did you mean who\? See your own card\.\n\/usher who$/m);
  expect(plain).toContain('/usher licenses: See your own licences, on your card');
  expect(plain).toContain('/usher team: See your teams and who is in them; change those that you manage');
  const billing = textOf(await told('bill', 'What you can do with usher', () => slack.command('bill', '')));
  expect(billing).toContain('/usher licenses: See the licences: how many seats there are, and who has them');
});

const manage = ['invite', 'invite eve@acme.test', 'pending', 'members', 'pending ana', 'invite as admin'];
test.each([
  ...manage,
  'removed',
  'role',
  'role mia admin',
  'role nobody user',
  'remove',
  'remove zzz',
  'license',
  'license ana KSE',
  'settings',
])('who may not is told so, and who may, when they type "%s" all the same', async (words) => {
  for (const who of ['mia', 'bill']) {
    const refusal = await world.told(who, 'Your role in Payments does not let you', () =>
      world.slack.command(who, words),
    );
    expect(textOf(refusal)).toContain('Olivia Okafor or Adam Berg can do it.');
  }
});

test('an admin who invites an Admin is told that only the Owner may, and their form does not offer it', async () => {
  const { slack, told } = world;
  const refusal = await told('adam', 'does not let you invite somebody as Admin', () =>
    slack.command('adam', 'invite eve@acme.test as admin'),
  );
  expect(textOf(refusal)).toContain('Olivia Okafor can do it.');
  expect(textOf(refusal)).not.toContain('Adam');
});

test.each([
  ['inviet eve@acme.test', 'inviet', 'invite', '/usher invite ana@acme.com'],
  ['pnding', 'pnding', 'pending', '/usher pending'],
  ['MEMBER', 'MEMBER', 'members', '/usher members'],
  ['whoami', 'whoami', 'who', '/usher who'],
  ['<!channel>', '<!channel>', '', '/usher'],
  ['a&b', 'a&b', '', '/usher'],
])('"%s" is answered with the nearest command and an example', async (words, typed, nearest, example) => {
  const answer = await world.told('olivia', `usher does not know “${typed}”`, () =>
    world.slack.command('olivia', words),
  );
  expect(textOf(answer)).toContain(`Did you mean ${nearest}`);
  expect(textOf(answer)).toContain(example);
  expect(buttonsOf(answer)).toEqual(['What can I do?']);
});

test('a very long word is cut, and the button below leads to help', async () => {
  const { slack, told } = world;
  const answer = await told('mia', 'usher does not know', () => slack.command('mia', 'x'.repeat(3000)));
  expect(textOf(answer).length).toBeLessThan(300);
  await told('mia', 'What you can do', () => slack.press('mia', answer, 'What can I do?'));
});

test('somebody who is not a member is told whom to ask, whatever they type', async () => {
  for (const words of ['', 'help', 'who', 'members', 'pending', 'invite eve@acme.test', 'invite']) {
    const answer = await world.told('cleo', 'You are not a member of Payments yet', () =>
      world.slack.command('cleo', words),
    );
    expect(textOf(answer)).toContain('Olivia Okafor can invite you; then press Join');
  }
});

test('somebody who is invited finds the invitation by typing /usher, and can join there', async () => {
  const { slack, told, invite } = world;
  await invite('olivia', 'ben@gmail.com');
  const card = await told('ben', 'Olivia Okafor invites you to Payments', () => slack.command('ben', 'who'));
  await told('ben', 'Welcome to Payments', () => slack.press('ben', card, 'Join Payments'));
  await told('ben', 'You are User of Payments', () => slack.command('ben', ''));
});

test('the own card says role, organization, inviter and who the admins are', async () => {
  const { slack, told } = world;
  const card = textOf(await told('mia', 'Mia Chen', () => slack.command('mia', 'who')));
  expect(card).toMatch(/E-mail: mia@acme\.test[\s\S]*Organization: Payments[\s\S]*Role: User/);
  expect(card).toMatch(/Invited by: Olivia Okafor[\s\S]*Admins: Olivia Okafor and Adam Berg/);
  expect(card).not.toContain('Account role');
  const own = textOf(await told('olivia', 'Olivia Okafor', () => slack.command('olivia', 'who')));
  expect(own).toContain('Account role: Account Admin');
  expect(own).not.toContain('Invited by');
});
