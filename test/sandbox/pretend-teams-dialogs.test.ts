import { expect, test } from 'vitest';
import type { PretendTeams } from '../../sandbox/teams/pretend-teams.ts';
import { attached, button, cardOf, createTinyTenant, type TinyTenant } from './tiny-tenant.ts';

const opener = {
  type: 'ActionSet',
  actions: [button('Fill in', { msteams: { type: 'task/fetch' }, open: 'invite' })],
};
const choice = (title: string) => ({ title, value: title.toLowerCase() });
const inputs = [
  { type: 'Input.Text', id: 'to', label: 'To', isRequired: true, errorMessage: 'Who?', maxLength: 20 },
  {
    type: 'Input.ChoiceSet',
    id: 'role',
    label: 'Role',
    choices: [choice('User'), choice('Admin')],
    value: 'user',
  },
  {
    type: 'Input.ChoiceSet',
    id: 'on',
    label: 'On',
    isMultiSelect: true,
    choices: [choice('A'), choice('B')],
  },
];
const form = { ...cardOf(...inputs), actions: [button('Send', { form: 'invite' })] };
const shown = (card: object) => ({
  task: { type: 'continue', value: { title: 'Invite', card: attached(card), height: 'medium', width: 400 } },
});

/** Ana sees a button that opens the form; what the bot gets is kept, and `answer` is what it says to a submission. */
async function withForm(answer: () => unknown): Promise<TinyTenant & { got: unknown[] }> {
  const tenant = await createTinyTenant();
  const got: unknown[] = [];
  tenant.bot.on(async (turn) => {
    const { name, value } = turn.activity;
    got.push({ name, value });
    const body = name === 'task/fetch' ? shown(form) : answer();
    await turn.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
  });
  await tenant.sendCard('ana', cardOf(opener));
  return { ...tenant, got };
}

const modalOf = (teams: PretendTeams) => teams.screen('ana').modal;

test('a dialog is opened, filled in by the names of its fields, sent and closed', async () => {
  const { teams, got, lastOf } = await withForm(() => undefined);
  expect(await teams.press('ana', lastOf('ana'), 'Fill in')).toMatchObject({ status: 200 });
  expect(modalOf(teams)).toMatchObject({ title: 'Invite', height: 'medium', width: 400 });
  await teams.submit('ana', { to: 'bob', Role: 'Admin', on: ['A', 'b'] });
  expect(modalOf(teams)).toBeUndefined();
  const context = { theme: 'default' };
  expect(got).toEqual([
    { name: 'task/fetch', value: { data: { msteams: { type: 'task/fetch' }, open: 'invite' }, context } },
    {
      name: 'task/submit',
      value: { data: { form: 'invite', to: 'bob', role: 'admin', on: 'a,b' }, context },
    },
  ]);
  await expect(teams.submit('ana')).rejects.toThrow('ana has no dialog open');
});

test('what the client itself objects to is shown and not sent, and what was typed stays', async () => {
  const { teams, got, lastOf } = await withForm(() => undefined);
  await teams.press('ana', lastOf('ana'), 'Fill in');
  expect(await teams.submit('ana', { on: 'B' })).toMatchObject({ notSent: true });
  expect(modalOf(teams)).toMatchObject({ errors: { to: 'Who?' }, values: { on: 'b', role: 'user', to: '' } });
  expect(await teams.submit('ana', { to: 'x'.repeat(21) })).toMatchObject({ notSent: true });
  expect(modalOf(teams)?.errors).toEqual({ to: 'Enter at most 20 characters.' });
  expect(got).toHaveLength(1);
  await teams.submit('ana', { to: 'bob' });
  expect(got[1]).toMatchObject({ value: { data: { to: 'bob', on: 'b' } } });
  await teams.press('ana', lastOf('ana'), 'Fill in');
  await expect(teams.submit('ana', { nobody: 'x' })).rejects.toThrow(
    'names no field; the fields are: To (to)',
  );
  await expect(teams.submit('ana', { role: 'Owner' })).rejects.toThrow('No choice "Owner"');
  await teams.closeModal('ana');
  expect(modalOf(teams)).toBeUndefined();
});

test('an answer can be another card, a text, or something Teams does not take', async () => {
  const withProblem = { ...form, body: [{ type: 'TextBlock', text: 'Nobody is called that.' }, ...inputs] };
  const answers: unknown[] = [
    shown(withProblem),
    shown({ ...form, version: '1.6' }),
    { task: { type: 'message', value: 'Sent.' } },
  ];
  const { teams, lastOf } = await withForm(() => answers.shift());
  await teams.press('ana', lastOf('ana'), 'Fill in');
  await teams.submit('ana', { to: 'eve' });
  expect(modalOf(teams)?.card?.body).toContainEqual(withProblem.body[0]);
  await teams.submit('ana', { to: 'eve' });
  expect(modalOf(teams)?.problem).toContain('up to 1.5');
  await teams.submit('ana', { to: 'eve' });
  expect(modalOf(teams)).toMatchObject({ text: 'Sent.' });
});

test('Action.Execute draws a card for the one who pressed, or says something below it', async () => {
  const { teams, bot, lastOf } = await createTinyTenant();
  const values: unknown[] = [];
  const answers = [
    { type: 'application/vnd.microsoft.activity.message', value: 'Not yours' },
    { type: 'application/vnd.microsoft.card.adaptive', value: cardOf({ type: 'TextBlock', text: 'Done' }) },
  ];
  const executed = { type: 'Action.Execute', title: 'Resend', verb: 'resend', data: { id: 7 } };
  bot.on(async (turn) => {
    if (turn.activity.type === 'message') {
      await turn.sendActivity({ attachments: [attached({ ...cardOf(), actions: [executed] })] });
      return;
    }
    values.push(turn.activity.value);
    const body = { statusCode: 200, ...answers.shift() };
    await turn.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
  });
  await teams.command('bob', 'x', { in: 'General' });
  await teams.press('ana', lastOf('ana', 'General'), 'Resend');
  expect(lastOf('ana', 'General').notice).toBe('Not yours');
  await teams.press('bob', lastOf('bob', 'General'), 'Resend');
  expect(lastOf('bob', 'General').cards[0]?.body).toMatchObject([{ text: 'Done' }]);
  expect(lastOf('ana', 'General').cards[0]?.actions).toMatchObject([executed]);
  expect(values[0]).toEqual({
    action: { type: 'Action.Execute', verb: 'resend', data: { id: 7 } },
    trigger: 'manual',
  });
});

test('a plain button sends what it carries and what stands around it', async () => {
  const { teams, bot, sendCard, lastOf } = await createTinyTenant();
  const got: unknown[] = [];
  bot.on(async ({ activity: { type, text, value, replyToId } }) => {
    got.push({ type, text, value, replyToId });
  });
  const note = { type: 'Input.Text', id: 'note', label: 'Note' };
  const row = { type: 'ActionSet', actions: [button('Join', { action: { do: 'join' } })] };
  await sendCard('bob', { ...cardOf(note, row), actions: [button('Decline', {}), button('Decline', {})] });
  const card = lastOf('bob');
  await teams.press('bob', card, 'Join', { Note: 'hi' });
  expect(got).toEqual([
    { type: 'message', value: { action: { do: 'join' }, note: 'hi' }, replyToId: card.id, text: undefined },
  ]);
  await expect(teams.press('bob', card, 'Decline')).rejects.toThrow('More than one thing fits');
  await expect(teams.press('bob', card, 'Nothing')).rejects.toThrow(/Nothing to click.*"Join"/);
  await bot.stop();
  await teams.press('bob', card, 'Join');
  expect(lastOf('bob').notice).toBe('Unable to reach app. Please try again.');
});
