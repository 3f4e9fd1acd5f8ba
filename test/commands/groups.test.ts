import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import { pressForged } from '../adapters/slack/forge.ts';
import { textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
beforeAll(async () => {
  world = await createPeopledWorld();
  await world.asks('adam', 'team create QA', 'Team QA');
  await world.asks('adam', 'project create Go to market of team QA', 'Project Go to market');
});
afterAll(() => world?.stop());

const asks: PeopledWorld['asks'] = (...given) => world.asks(...given);
const presses: PeopledWorld['presses'] = (...given) => world.presses(...given);

describe('typed', () => {
  test('teams and projects are made, shown and listed, the team of a project too', async () => {
    const made = await asks('adam', 'team create Front desk', 'Team Front desk');
    expect(textOf(made)).toContain('The team Front desk is there now, and you can add people.');
    expect(textOf(made)).toContain('Adam Berg\nOwner · adam@acme.test');
    const list = await asks('olivia', 'team', 'Teams of Payments');
    expect(textOf(list)).toMatch(/Front desk\n1 person[\s\S]*QA\n1 person/);
    expect(buttonsOf(list)).toEqual([
      'Who is in it',
      'Add people…',
      'Who is in it',
      'Add people…',
      'New team…',
    ]);
    expect(textOf(await asks('olivia', 'project', 'Projects of Payments'))).toContain(
      'Go to market\nof team QA · 1 person',
    );
    await asks('olivia', 'team list front', 'Teams of Payments matching “front”');
    await asks('mia', 'team', 'You are in no team yet. An admin of Payments can add you to one.');
    await asks('mia', 'team create Mine', 'does not let you manage its teams and projects');
    await asks('adam', 'team create qa', 'Payments has a team called qa already.');
  });

  test('people are added to names with spaces and words in between, in a role or the usual one', async () => {
    const added = await asks(
      'adam',
      'project add mia, bill, nobody to Go to market as test lead',
      'Added 1 person',
    );
    expect(textOf(added)).toContain('Nobody was found for “nobody”.');
    expect(textOf(added)).toContain(
      'bill@acme.test · is Billing Manager, and a Billing Manager is in no team or project',
    );
    expect(textOf(added)).toContain('mia@acme.test · is Test Lead now');
    await asks(
      'adam',
      'project role mia in Go to market to tester',
      'Changed 1 person in the project Go to market.',
    );
    const own = await asks('mia', 'project', 'you are Tester');
    expect(buttonsOf(own)).toEqual(['Who is in it']);
    const inside = await presses('mia', own, 'Who is in it', 'Project Go to market');
    expect(textOf(inside)).toContain('Adam Berg\nProject Admin');
    expect(textOf(inside)).not.toContain('adam@acme.test');
    expect(textOf(await asks('mia', 'who', 'Status: Active'))).toContain('Projects: Go to market (Tester)');
    await asks(
      'mia',
      'project add ana@acme.test to Go to market',
      'does not let you manage its teams and projects',
    );
    await asks(
      'adam',
      'project remove mia from Go to market',
      'Took 1 person out of the project Go to market.',
    );
    await asks('adam', 'project remove mia@acme.test from Go to market', 'Nobody in Go to market was found');
  });

  test('a name that fits several people gives a choice, among those in it when it is about them', async () => {
    const choice = await asks('adam', 'team add ana to QA as admin', 'Whom do you mean by “ana”?');
    const added = await presses('adam', choice, 'Ana Silva', 'Added 1 person to the team QA.');
    expect(textOf(added)).toContain('anas@acme.test · is Admin now');
    await asks('adam', 'team remove ana from QA', 'Took 1 person out of the team QA.');
  });

  test('near misses get the nearest name, and words that miss something say how', async () => {
    const missed = await asks('adam', 'team Q A', 'There is no team called “Q A” that you can see.');
    expect(textOf(missed)).toContain('If you meant QA, type: /usher team QA');
    await asks('adam', 'team add mia to Qa team', 'There is no team called “Qa team”');
    const noRole = await asks('adam', 'team role mia in QA', 'Please say which role you mean, too.');
    expect(textOf(noRole)).toContain('/usher team role ana@acme.com in QA admin');
    const noTeam = await asks('adam', 'team remove mia', 'Please say which team you mean, too.');
    expect(textOf(noTeam)).toContain('/usher team remove ana@acme.com from QA');
  });

  test('renaming and archiving go by words too, archiving after a confirmation', async () => {
    await asks('adam', 'project create Way to go', 'Project Way to go');
    const renamed = await asks(
      'adam',
      'project rename Way to go to Way to come',
      'Way to go is called Way to come now.',
    );
    expect(textOf(renamed)).toContain('Project Way to come');
    const review = await asks('adam', 'project archive way to come', 'Archive the project Way to come?');
    expect(textOf(review)).toContain('1 person is in it.');
    await presses('adam', review, 'Archive', 'The project Way to come is archived.');
    await asks('adam', 'project Way to come', 'There is no project called');
  });
});

describe('without typing', () => {
  test('forms make, add and rename; buttons change roles, take out and archive', async () => {
    const { slack, told } = world;
    const list = await asks('olivia', 'project', 'Projects of Payments');
    await opens(world, 'olivia', 'New project', () => slack.press('olivia', list, 'New project…'));
    const submit = (answers: Record<string, string>, text: string) =>
      told('olivia', text, () => slack.submit('olivia', answers));
    await slack.submit('olivia', { name: 'Site, shop' });
    expect(slack.screen('olivia').modal?.errors).toEqual({ name: expect.stringContaining('without commas') });
    const made = await submit({ name: 'Site', team: 'QA (Payments)' }, 'Project Site');
    expect(textOf(made)).toContain('Of team: QA');
    await opens(world, 'olivia', 'Add to a project', () => slack.press('olivia', made, 'Add people…'));
    await submit({ people: 'mia@acme.test', role: 'Member' }, 'Added 1 person to the project Site.');
    const site = await asks('olivia', 'project site', 'Project Site');
    // Whoever is the last to answer for it stays: nothing is offered that would be refused.
    expect(buttonsOf(site).slice(0, 3)).toEqual(['Change role…', 'Take out', 'Add people…']);
    const offer = await presses('olivia', site, 'group.role:1', 'Mia Chen is Member of the project Site.');
    expect(buttonsOf(offer)).toEqual(['Make Project Admin', 'Make Test Lead', 'Make Tester', 'Keep it']);
    await presses('olivia', offer, 'Make Tester', 'Changed 1 person in the project Site.');
    await presses('olivia', site, 'group.remove:2', 'Took 1 person out of the project Site.');
    await opens(world, 'olivia', 'Rename a project', () => slack.press('olivia', site, 'Rename…'));
    const renamed = await submit({ name: 'Web site' }, 'Site is called Web site now.');
    const review = await presses('olivia', renamed, 'Archive…', 'Archive the project Web site?');
    await presses('olivia', review, 'Archive', 'The project Web site is archived.');
  });

  test('the card of somebody adds them, and shows what they are in', async () => {
    const { slack, told } = world;
    const card = await asks('olivia', 'who mia', 'Status: Active');
    await opens(world, 'olivia', 'Add to a team', () => slack.press('olivia', card, 'Add to a team…'));
    await told('olivia', 'Added 1 person to the team QA.', () =>
      slack.submit('olivia', { group: 'QA (Payments)', role: 'Admin' }),
    );
    expect(textOf(await asks('olivia', 'who mia', 'Status: Active'))).toContain('Teams: QA (Admin)');
    const own = await asks('mia', 'team QA', 'Team QA');
    expect(buttonsOf(own)).toEqual([
      'Change role…',
      'Take out',
      'Add people…',
      'Rename…',
      'Archive…',
      'All teams',
    ]);
  });

  test('forged buttons change nothing', async () => {
    for (const action of [
      { do: 'group', groupId: newId('tea') },
      { do: 'group.archive', groupId: newId('prj') },
      { do: 'group.role.set', groupId: newId('tea'), memberId: newId('mem'), role: 'owner' },
    ] as const) {
      await world.told('ana', 'that you can see', () => pressForged(world, 'ana', action));
    }
  });
});

describe('inviting', () => {
  test('into a team and a project by words shows them in the review, the message, the welcome and on the card', async () => {
    const words = 'invite ben@gmail.com to team QA as admin, project Go to market';
    const review = await asks('adam', words, 'Invite 1 person to Payments?');
    expect(textOf(review)).toContain('They come into team QA as Admin and project Go to market as Tester.');
    await presses('adam', review, 'Send 1 invitation', 'Invited 1 person');
    const invitation = await world.sees('ben', 'invites you');
    expect(textOf(invitation)).toMatch(/Teams: QA \(Admin\)\nProjects: Go to market \(Tester\)/);
    await world.join('ben');
    expect(textOf(await world.sees('ben', 'Welcome to Payments!'))).toContain('Your teams: QA (Admin)');
    expect(textOf(await asks('ben', 'who', 'Status: Active'))).toContain('Projects: Go to market (Tester)');
  });

  test('by the form offers the same, with a role each', async () => {
    const { slack, told } = world;
    await opens(world, 'adam', 'Invite people', () => slack.command('adam', 'invite'));
    const review = await told('adam', 'Invite 1 person', () =>
      slack.submit('adam', {
        ...{ addresses: 'cleo@acme.test', teams: 'QA (Payments)', projects: 'Go to market (Payments)' },
        projectRole: 'Test Lead',
      }),
    );
    expect(textOf(review)).toContain('They come into team QA as User and project Go to market as Test Lead.');
    await opens(world, 'adam', 'Invite people', () => slack.command('adam', 'invite'));
    await slack.submit('adam', {
      addresses: 'cleo@acme.test',
      role: 'Billing Manager',
      teams: 'QA (Payments)',
    });
    await slack.until(
      () => JSON.stringify(slack.screen('adam').modal ?? '').includes('in no team or project'),
      'the form says that a Billing Manager is in none',
    );
    await slack.closeModal('adam');
    await asks(
      'adam',
      'invite cleo@acme.test as billing manager to team QA',
      'A Billing Manager is in no team or project.',
    );
  });
});

test('before somebody goes or becomes Billing Manager, what they leave is shown', async () => {
  await asks('olivia', 'team create Solo', 'Team Solo');
  await asks('olivia', 'team add adam to Solo as owner', 'Added 1 person');
  await asks('olivia', 'team remove olivia from Solo', 'Took 1 person out');
  const review = await asks('olivia', 'role adam billing manager', 'Make Adam Berg Billing Manager?');
  expect(textOf(review)).toContain('leaves team Front desk, team QA, team Solo and project Go to market');
  expect(textOf(review)).toContain('the team Solo passes to Olivia Okafor');
  const removal = await asks('olivia', 'remove adam', 'Remove Adam Berg?');
  expect(textOf(removal)).toContain('the project Go to market passes to Olivia Okafor');
  const changed = await presses('olivia', review, 'Change role', 'Changed 1 role.');
  expect(textOf(changed)).toContain('left team Front desk, team QA, team Solo and project Go to market');
  expect(textOf(await asks('olivia', 'team solo', 'Team Solo'))).toContain('Olivia Okafor\nOwner');
});
