import { afterEach, expect, test } from 'vitest';
import type { WorldOptions } from '../../sandbox/world.ts';
import { countOf } from '../adapters/slack/state.ts';
import { createWorld as createOwnWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';

const worlds: TestWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0).reverse()) await world.stop();
});

async function createWorld(options?: WorldOptions): Promise<TestWorld> {
  const world = await createOwnWorld(options);
  worlds.push(world);
  return world;
}

/** Types /usher, presses the button and has the form open. */
async function openSetUp(world: TestWorld, who: string) {
  const { slack, told } = world;
  const card = await told(who, 'usher is not set up here yet', () => slack.command(who, ''));
  await opens(world, who, 'Set up usher', () => slack.press(who, card, 'Set up usher'));
}

test('an admin of the workspace is offered to set usher up, anybody else is told kindly who can', async () => {
  const { slack, told } = await createWorld();
  for (const words of ['', 'help', 'who']) {
    const card = await told('olivia', 'usher is not set up here yet', () => slack.command('olivia', words));
    expect(buttonsOf(card)).toEqual(['Set up usher']);
    const refusal = await told('mia', 'usher is not set up here yet', () => slack.command('mia', words));
    expect(textOf(refusal)).toContain('Setting it up takes an admin of this Slack workspace');
    expect(buttonsOf(refusal)).toEqual([]);
  }
  for (const words of ['invite ana@acme.test', 'invite', 'pending', 'members']) {
    await told('mia', 'usher is not set up here yet', () => slack.command('mia', words));
    await told('olivia', 'usher is not set up here yet', () => slack.command('olivia', words));
  }
});

test('an address in USHER_FOUNDERS may set usher up without being an admin, and is named to others', async () => {
  const world = await createWorld({ env: { USHER_FOUNDERS: 'mia@acme.test, adam@acme.test' } });
  const { slack, told } = world;
  const refusal = await told('ana', 'usher is not set up', () => slack.command('ana', ''));
  expect(textOf(refusal)).toContain('an admin of this Slack workspace, mia@acme.test or adam@acme.test');
  await openSetUp(world, 'mia');
  const done = await told('mia', 'Payments is set up', () =>
    slack.submit('mia', { organization: 'Payments' }),
  );
  expect(textOf(done)).toContain('you are its Owner');
  expect(buttonsOf(done)).toEqual(['Invite people', 'What else can I do?']);
  await told('mia', 'You are Owner of Payments', () => slack.press('mia', done, 'What else can I do?'));
});

test('a name that cannot be one is refused beside its field, which keeps what was typed', async () => {
  const world = await createWorld();
  const { slack, told } = world;
  await openSetUp(world, 'olivia');
  await slack.submit('olivia', { organization: '   ' });
  const modal = () => slack.screen('olivia').modal;
  expect(modal()?.errors).toEqual({ organization: expect.stringContaining('An organization needs a name.') });
  expect(JSON.stringify(modal()?.state.values)).toContain('"   "');
  for (const [organization, problem] of [
    ['\u200b\u202e', 'An organization needs a name.'],
    ['Pay"ments', 'Leave out quotes and the signs @, < and >.'],
  ]) {
    await slack.submit('olivia', { organization: organization ?? '' });
    expect(modal()?.errors).toEqual({ organization: expect.stringContaining(problem ?? '') });
  }
  expect(await countOf(world.db, 'organization')).toBe(0);
  await told('olivia', 'A B is set up', () => slack.submit('olivia', { organization: ' A \u202e\n B ' }));
});

test('of two who set usher up at once, one wins and the other is told for what it is set up', async () => {
  const world = await createWorld({ env: { USHER_FOUNDERS: 'mia@acme.test' } });
  const { slack, messages } = world;
  await openSetUp(world, 'olivia');
  await openSetUp(world, 'mia');
  await Promise.all([
    slack.submit('olivia', { organization: 'First' }),
    slack.submit('mia', { organization: 'Second' }),
  ]);
  const answers = await slack.until(() => {
    const all = ['olivia', 'mia'].flatMap(messages).map(textOf);
    const [won] = all.filter((text) => text.includes('is set up, and you are its Owner'));
    const [lost] = all.filter((text) => text.includes('usher is already set up here, for'));
    return won && lost ? { won, lost } : undefined;
  }, 'both are answered');
  const winner = answers.won.startsWith('First') ? 'First' : 'Second';
  expect(answers.lost).toContain(`already set up here, for ${winner}.`);
  expect(await countOf(world.db, 'organization')).toBe(1);
});

test('a second workspace joins the account only by its Account Admin', async () => {
  const first = await createWorld();
  await first.setUp();
  const second = await createWorld({
    env: { DATABASE_URL: first.usher.databaseUrl },
    people: [
      { name: 'olivia', realName: 'Olivia Okafor', email: 'olivia@acme.test' },
      { name: 'boss', realName: 'Bo Boss', email: 'boss@other.test' },
    ],
  });
  const { slack, told } = second;
  const refusal = await told('boss', 'usher is not set up here yet', () => slack.command('boss', ''));
  expect(buttonsOf(refusal)).toEqual([]);
  const offer = await told('olivia', 'Connect this place to it', () => slack.command('olivia', ''));
  await told('olivia', 'belongs to Payments now', () => slack.press('olivia', offer, 'Connect to Payments'));
  await told('olivia', 'You are Owner of Payments', () => slack.command('olivia', ''));
  await told('boss', 'You are not a member of Payments yet', () => slack.command('boss', ''));
});
