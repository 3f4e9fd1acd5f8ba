import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Shown } from '../../../sandbox/teams/types.ts';
import { createWorld, textOf } from '../../world.ts';
import { everythingSaid } from '../slack/state.ts';
import type { TeamsWorld } from './forge.ts';

let world: TeamsWorld;
beforeAll(async () => {
  world = await createWorld({ in: 'teams', env: { LOG_LEVEL: 'silent' } });
  await world.setUp();
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
  await everythingSaid(world.db);
});
afterAll(() => world?.stop());
afterEach(() => world.teams.heal());

/** What usher says in a place, as text, oldest first. */
function saidIn(place: string, who: string): string[] {
  const found = world.teams.screen(who).conversations.find(({ name }) => name === place);
  return (found?.messages ?? []).filter(({ from }) => from.startsWith('28:')).map(textOf);
}

const commands: [words: string, answer: string][] = [
  ['', 'What you can do with usher'],
  ['usher', 'What you can do with usher'],
  ['/usher', 'What you can do with usher'],
  ['help', 'What you can do with usher'],
  ['/usher help', 'What you can do with usher'],
  ['Usher HELP', 'What you can do with usher'],
  ['invite', '[Invite people]'],
  ['invite cleo@acme.test as admin', 'They join as Admin. Nothing is sent before you press Send.'],
  ['invite @ana, @ben', 'Invite 2 people to Payments?'],
  ['pending', 'No pending invitations to Payments.'],
  ['members', 'Members of Payments'],
  ['members chen', 'Mia Chen'],
  ['who', 'olivia@acme.test'],
  ['who mia', 'Mia Chen'],
  ['membres', 'Did you mean members?'],
  ['usherette', 'usher does not know “usherette”.'],
];

test.each(commands)('“%s” typed in the own chat is answered there, with “%s”', async (words, answer) => {
  const { told, chat } = world;
  const before = [...saidIn('General', 'mia'), ...saidIn('Planning', 'mia')];
  await told('olivia', answer, () => chat.command('olivia', words));
  expect([...saidIn('General', 'mia'), ...saidIn('Planning', 'mia')]).toEqual(before);
});

const places = ['General', 'Planning'];
test.each(places)(
  'every command asked in %s is answered in the own chat, and one sentence says so there',
  async (place) => {
    const { told, teams } = world;
    for (const [words, answer] of commands.filter(([words]) => words !== '')) {
      const said = saidIn(place, 'olivia').length;
      const shown = await told('olivia', answer, () => teams.command('olivia', words, { in: place }));
      expect(placeOf(shown)).toBe('usher');
      const there = await teams.until(() => {
        const all = saidIn(place, 'olivia');
        return all.length > said && all;
      }, `usher says something in ${place}`);
      expect(there.slice(said)).toEqual(['The answer is in your own chat with usher, Olivia Okafor.']);
    }
    expect(saidIn(place, 'mia').join()).not.toMatch(/@acme|Members of|What you can do/);
  },
);

function placeOf(message: Shown): string | undefined {
  return world.teams.screen('olivia').conversations.find(({ id }) => id === message.conversation)?.name;
}

test('a mention of usher alone is answered with what it can do', async () => {
  const { told, teams } = world;
  await told('olivia', 'What you can do', () => teams.command('olivia', '@usher', { in: 'General' }));
});

test('what was typed with signs of HTML in it is read as it was typed', async () => {
  const { told, teams } = world;
  const typed = 'invite&nbsp;Eve &lt;eve@example.com&gt;\u00a0as admin';
  await told('olivia', 'They join as Admin', () => teams.activity('olivia', { text: typed }));
});

test('an @mention of somebody becomes their address, and a name that was only typed does not', async () => {
  const { told, teams } = world;
  const review = await told('olivia', 'Invite 1 person', () =>
    teams.command('olivia', 'invite @ana @nobody'),
  );
  expect(textOf(review)).toContain('ana@acme.test');
  expect(textOf(review)).toContain('@nobody\nusher cannot tell who this is; type the address instead');
});

test('whoever was mentioned in a chat they are not in is known as before in their own', async () => {
  const { told, teams } = world;
  await told('olivia', 'Invite 1 person', () => teams.command('olivia', 'invite @cleo'));
  await told('cleo', 'You are not a member of Payments yet.', () => teams.command('cleo', 'help'));
});

test('a mention is shown and looked for by the name it shows, never by an id', async () => {
  const { told, teams } = world;
  const unknown = await told('olivia', 'usher does not know', () => teams.command('olivia', '@ana'));
  expect(textOf(unknown)).toMatch(/“@Ana Ruiz”[\s\S]*Did you mean who\?/);
  const found = await told('olivia', 'Members of Payments', () => teams.command('olivia', 'members @mia'));
  expect(textOf(found)).toMatch(/matching “Mia Chen”\nMia Chen\n/);
});

test('a button that changes its card changes it where it is, and others are answered below', async () => {
  const { told, teams } = world;
  const review = await told('olivia', 'Invite 1 person', () =>
    teams.command('olivia', 'invite cleo@acme.test'),
  );
  const cancelled = await told('olivia', 'Nothing was sent', () => teams.press('olivia', review, 'Cancel'));
  expect(cancelled).toMatchObject({ id: review.id, edited: true });
  const help = await told('olivia', 'What you can do', () => teams.command('olivia', 'help'));
  const card = await told('olivia', 'olivia@acme.test', () => teams.press('olivia', help, 'My card'));
  expect(card.id).not.toBe(help.id);
});

test('when the card of the button is gone meanwhile, the answer stands by itself', async () => {
  const { told, teams } = world;
  const review = await told('olivia', 'Invite 1 person', () =>
    teams.command('olivia', 'invite ben@gmail.com'),
  );
  teams.fail('activities.update', { status: 404, error: 'ActivityNotFoundInConversation' });
  const result = await told('olivia', 'Nothing was sent', () => teams.press('olivia', review, 'Cancel'));
  expect(result.id).not.toBe(review.id);
  expect(result.edited).toBeUndefined();
});

test('pressing Send twice, even at once, invites once and shows the same result', async () => {
  const { told, teams, db } = world;
  const review = await told('olivia', 'Invite 1 person', () =>
    teams.command('olivia', 'invite cleo@acme.test'),
  );
  const press = () => teams.press('olivia', review, 'Send 1 invitation');
  await told('olivia', 'Invited 1 person', () => Promise.all([press(), press(), press()]));
  await world.sees('cleo', '[Join Payments]');
  await everythingSaid(db);
  const invitations = world.messages('cleo').filter((one) => textOf(one).includes('invites you'));
  expect(invitations).toHaveLength(1);
});

test('somebody usher cannot write to is told in the channel how to add it, and nothing else is said there', async () => {
  const { teams } = world;
  await teams.uninstall('ben');
  const said = saidIn('General', 'ben').length;
  await teams.command('ben', 'help', { in: 'General' });
  await teams.until(() => saidIn('General', 'ben').length > said, 'usher says something');
  const told = saidIn('General', 'ben').slice(said);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('you have not added it yet, Ben Ito.');
  await teams.install('ben');
});

test('a fault is answered with a reference, and the next try is answered as it should be', async () => {
  const { told, teams } = world;
  teams.fail('members.get', { status: 500 });
  const answer = await told('adam', 'Something went wrong in usher', () => teams.command('adam', 'help'));
  expect(textOf(answer)).toMatch(/\b[0-9A-F]{8}\b/);
  await told('adam', 'You are not a member', () => teams.command('adam', 'help'));
});

test('when Teams takes no answer the fault goes to the log and usher goes on', async () => {
  const { told, teams } = world;
  const sends = () => teams.calls.filter(({ method }) => method === 'activities.send');
  const before = sends().length;
  teams.fail('activities.send', { status: 500 });
  expect((await teams.command('olivia', 'help')).status).toBe(200);
  await teams.until(
    () =>
      sends()
        .slice(before)
        .some(({ status }) => status === 500),
    'the answer is refused',
  );
  expect(sends().length).toBe(before + 1);
  await told('olivia', 'What you can do', () => teams.command('olivia', 'help'));
});
