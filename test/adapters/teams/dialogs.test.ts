import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { textOfCard } from '../../../sandbox/teams/card-text.ts';
import type { Modal } from '../../../sandbox/teams/types.ts';
import { createWorld, textOf } from '../../world.ts';
import { everythingSaid } from '../slack/state.ts';
import { invoke, readAll, saidBy, type TeamsWorld } from './forge.ts';

let world: TeamsWorld;
beforeAll(async () => {
  world = await createWorld({ in: 'teams', env: { LOG_LEVEL: 'silent' } });
  await world.setUp();
  await world.invite('olivia', 'mia@acme.test');
  await world.join('mia');
  await everythingSaid(world.db);
});
afterAll(() => world?.stop());
afterEach(async () => {
  world.teams.heal();
  if (world.teams.screen('olivia').modal) await world.teams.closeModal('olivia');
});

/** The dialog on somebody's screen. */
function dialogOf(who: string): Modal {
  const { modal } = world.teams.screen(who);
  if (!modal) throw new Error(`${who} has no dialog open.`);
  return modal;
}

const wordsOf = ({ card, text = '' }: Modal) => (card ? textOfCard(card) : text);

async function openInvite(words = 'invite'): Promise<Modal> {
  const { told, teams } = world;
  const offer = await told('olivia', '[Invite people]', () => teams.command('olivia', words));
  await teams.press('olivia', offer, 'Invite people');
  return dialogOf('olivia');
}

test('a typed form comes as a card, its dialog opens, says problems on itself, keeps the answers, and is taken', async () => {
  const { told, teams } = world;
  expect(await openInvite('invite as admin')).toMatchObject({ title: 'Invite people' });
  const before = await readAll(world.db);
  const typed = { addresses: 'nobody at all', role: 'Admin', personalLine: 'See you <b>soon</b>!' };
  expect((await teams.submit('olivia', typed)).body).toMatchObject({ task: { type: 'continue' } });
  const again = dialogOf('olivia');
  expect(wordsOf(again)).toContain('There is no e-mail address in this.');
  expect(inputsOf(again)).toMatchObject({ ...typed, role: 'admin' });
  expect(await readAll(world.db)).toBe(before);

  const review = await told('olivia', 'Invite 1 person', () =>
    teams.submit('olivia', { addresses: 'ana@acme.test' }),
  );
  expect(teams.screen('olivia').modal).toBeUndefined();
  expect(textOf(review)).toContain('They join as Admin.');
  expect(textOf(review)).toContain('Your line to them: “See you <b>soon</b>!”');
});

/** What stands in the inputs of a dialog, by their ids. */
function inputsOf({ card }: Modal): Record<string, unknown> {
  const inputs = (card?.body ?? []) as { id?: string; value?: unknown }[];
  return Object.fromEntries(inputs.flatMap(({ id, value }) => (id ? [[id, value]] : [])));
}

test('what the words of the form say stands in it when it opens', async () => {
  expect(inputsOf(await openInvite('invite as admin'))).toMatchObject({ role: 'admin', addresses: '' });
  await world.teams.closeModal('olivia');
  expect(inputsOf(await openInvite('invite'))).toMatchObject({ role: 'user' });
});

test('the client keeps an empty form, and usher does when the client does not', async () => {
  await openInvite();
  expect(await world.teams.submit('olivia')).toMatchObject({ notSent: true });
  expect(dialogOf('olivia').errors).toEqual({ addresses: 'Please fill this in.' });
  const answer = await invoke(world, 'olivia', 'task/submit', { form: 'invite', open: { words: 'invite' } });
  expect(JSON.stringify(answer.body)).toContain('There is no e-mail address in this.');
});

test('a button opens its dialog at once', async () => {
  const { told, teams } = world;
  const help = await told('olivia', 'What you can do', () => teams.command('olivia', 'help'));
  await teams.press('olivia', help, 'Invite people');
  expect(dialogOf('olivia').title).toBe('Invite people');
  await told('olivia', 'Invite 1 person', () => teams.submit('olivia', { addresses: 'cleo@acme.test' }));
});

test('several invitations are chosen in a dialog, confirmed, and revoked', async () => {
  const { told, teams, invite, sees } = world;
  await invite('olivia', 'ana@acme.test, ben@gmail.com, cleo@acme.test');
  for (const who of ['ana', 'ben', 'cleo']) await sees(who, '[Join Payments]');
  const list = await told('olivia', '[Revoke several…]', () => teams.command('olivia', 'pending'));
  await teams.press('olivia', list, 'Revoke several…');
  const confirm = await told('olivia', 'Revoke these 2 invitations?', () =>
    teams.submit('olivia', { invitations: ['ana@acme.test', 'ben@gmail.com'] }),
  );
  expect(textOf(confirm)).toContain('ana@acme.test and ben@gmail.com');
  await told('olivia', 'Revoked 2 invitations', () => teams.press('olivia', confirm, 'Revoke 2'));
  await sees('ana', 'was taken back');
  await sees('ben', 'was taken back');
  expect(textOf(await sees('cleo', 'Join Payments'))).toContain('[Decline]');
});

test('a dialog that may not open says why, and names who can do it', async () => {
  const { told, teams } = world;
  const help = await told('mia', 'What you can do', () => teams.command('mia', 'help'));
  expect(textOf(help)).not.toContain('Invite people');
  const answer = await invoke(world, 'mia', 'task/fetch', { open: { action: { do: 'invite' } } });
  expect(saidBy(answer)).toContain('does not let you invite people');
  expect(saidBy(answer)).toContain('Olivia Okafor can do it');
});

test('a dialog whose person lost the right while it was open is refused in words', async () => {
  const { told } = world;
  const data = { form: 'invite', open: { words: 'invite' }, addresses: 'eve@example.com', role: 'user' };
  const before = await readAll(world.db);
  await told('mia', 'does not let you invite people', () => invoke(world, 'mia', 'task/submit', data));
  expect(await readAll(world.db)).toBe(before);
});

test('what a dialog that closed has to say comes to the own chat, also when it was opened in a channel', async () => {
  const { told, teams } = world;
  const data = { form: 'invite', open: { words: 'invite' }, addresses: 'dan@example.com', role: 'user' };
  const activity = { type: 'invoke', name: 'task/submit', value: { data } };
  const review = await told('olivia', 'Invite 1 person', () =>
    teams.activity('olivia', activity, { in: 'General' }),
  );
  const place = teams.screen('olivia').conversations.find(({ id }) => id === review.conversation);
  expect(place?.kind).toBe('personal');
});

const stale = 'This button does not work any more.';
const forms: [name: string, data: unknown][] = [
  ['without anything', undefined],
  ['of null', null],
  ['of a text', 'invite'],
  ['of a list', []],
  ['without a form', { open: { words: 'invite' }, addresses: 'eve@example.com' }],
  ['that does not exist', { form: 'nuke', open: { words: 'invite' } }],
  ['that every object has', { form: 'constructor', open: { words: 'invite' } }],
  ['that every object inherits', { form: '__proto__', open: { words: 'invite' } }],
  ['whose name is a list', { form: ['invite'], open: { words: 'invite' } }],
  ['that nothing opened', { form: 'invite', addresses: 'eve@example.com' }],
  ['that an unknown button opened', { form: 'invite', open: { action: { do: 'nuke' } } }],
  ['that a word without end opened', { form: 'invite', open: { words: 'x'.repeat(5000) } }],
];

test.each(forms)('a form %s is refused in words', async (_, data) => {
  const before = await readAll(world.db);
  const answer = await invoke(world, 'olivia', 'task/submit', data);
  expect(answer.status).toBe(200);
  expect(saidBy(answer)).toBe(stale);
  expect(await readAll(world.db)).toBe(before);
});

test.each([
  undefined,
  null,
  'x',
  {},
  { open: {} },
  { open: 'invite' },
  { open: { action: { do: 'constructor' } } },
])('a dialog asked for with %o is refused in words', async (data) => {
  expect(saidBy(await invoke(world, 'olivia', 'task/fetch', data))).toBe(stale);
});

test.each<[what: string, inputs: object]>([
  ['numbers', { addresses: 5, role: 7, personalLine: 9 }],
  ['lists', { addresses: ['eve@example.com'], role: ['admin'] }],
  ['objects', { addresses: { toString: 'eve@example.com' } }],
  ['null', { addresses: null, role: null, personalLine: null }],
  ['nothing', {}],
  [
    'names every object has',
    JSON.parse('{"constructor":"eve@example.com","__proto__":{"addresses":"eve@example.com"}}'),
  ],
])('a form filled in with %s stays open and says what is missing', async (_, inputs) => {
  const before = await readAll(world.db);
  const data = { ...inputs, form: 'invite', open: { words: 'invite' } };
  const { status, body } = await invoke(world, 'olivia', 'task/submit', data);
  expect([status, JSON.stringify(body)]).toEqual([
    200,
    expect.stringContaining('There is no e-mail address'),
  ]);
  expect(await readAll(world.db)).toBe(before);
});

test('a role that was never offered is not given', async () => {
  const { told } = world;
  for (const role of ['owner', 'account-admin', 'constructor', '__proto__', 'admin,owner']) {
    const data = {
      form: 'invite',
      open: { words: 'invite' },
      addresses: `${newId('mem')}@example.com`,
      role,
    };
    const review = await told('olivia', 'Invite 1 person', () =>
      invoke(world, 'olivia', 'task/submit', data),
    );
    expect(textOf(review)).toContain('They join as User.');
  }
});

test('only invitations of the own organization can be chosen to revoke', async () => {
  const { told } = world;
  const open = { action: { do: 'pending.revoke-several' } };
  for (const invitations of [newId('inv'), `${newId('inv')},nonsense`, "inv_' or 1=1 --", 'constructor']) {
    const before = await readAll(world.db);
    const data = { form: 'revoke-several', open, invitations };
    await told('olivia', 'no such invitation', () => invoke(world, 'olivia', 'task/submit', data));
    expect(await readAll(world.db)).toBe(before);
  }
});

test('texts longer than the form allows are taken or refused, and nothing fails', async () => {
  const { told } = world;
  const open = { words: 'invite' };
  const personalLine = 'y'.repeat(20_000);
  const data = { form: 'invite', open, addresses: 'fay@example.com', role: 'user', personalLine };
  const review = await told('olivia', 'Invite 1 person', () => invoke(world, 'olivia', 'task/submit', data));
  expect(textOf(review).length).toBeLessThan(1_000);
});
