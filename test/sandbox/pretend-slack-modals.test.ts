import type { BlockAction } from '@slack/bolt';
import { expect, test } from 'vitest';
import { actions, button, createTinyWorld, refusal, section, type TinyWorld } from './tiny-world.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const form = (title = 'Invite') => ({
  type: 'modal' as const,
  callback_id: 'invite',
  private_metadata: 'secret',
  title: plain(title),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'who',
      label: plain('Addresses'),
      element: { type: 'plain_text_input' as const, action_id: 'text', multiline: true },
    },
    {
      type: 'input' as const,
      block_id: 'role',
      optional: true,
      label: plain('Role'),
      element: {
        type: 'static_select' as const,
        action_id: 'menu',
        options: [
          { text: plain('User'), value: 'user' },
          { text: plain('Admin'), value: 'admin' },
        ],
      },
    },
  ],
});
const openOnCommand = ({ app }: Pick<TinyWorld, 'app'>) =>
  app.command('/usher', async ({ ack, client, command }) => {
    await client.views.open({ trigger_id: command.trigger_id, view: form() });
    await ack();
  });

test('a form opens, shows errors under its fields, and closes when it is right', async () => {
  const { slack, app } = await createTinyWorld();
  openOnCommand({ app });
  const got: unknown[] = [];
  app.view('invite', async ({ ack, view }) => {
    got.push(view.state.values, view.private_metadata);
    const text = view.state.values.who?.text?.value ?? '';
    if (text.includes('@')) await ack();
    else await ack({ response_action: 'errors', errors: { who: 'Not an address' } });
  });
  await slack.command('ana', 'invite');
  expect(slack.screen('ana').modal?.title?.text).toBe('Invite');
  expect(slack.screen('bob').modal).toBeUndefined();

  expect(await slack.submit('ana')).toMatchObject({ notSent: true });
  expect(slack.screen('ana').modal?.errors).toEqual({ who: 'Please complete this required field.' });
  expect(got).toEqual([]);

  await slack.submit('ana', { Addresses: 'nonsense', role: 'Admin' });
  expect(slack.screen('ana').modal?.errors).toEqual({ who: 'Not an address' });
  await slack.submit('ana', { text: 'eve@x.test' });
  expect(slack.screen('ana').modal).toBeUndefined();
  expect(got.slice(2)).toEqual([
    {
      who: { text: { type: 'plain_text_input', value: 'eve@x.test' } },
      role: { menu: { type: 'static_select', selected_option: { text: plain('Admin'), value: 'admin' } } },
    },
    'secret',
  ]);
});

test('forms are pushed, closed, updated and cleared by the answer to a submission', async () => {
  const { slack, app } = await createTinyWorld();
  openOnCommand({ app });
  let next: object = { response_action: 'push', view: form('Second') };
  app.view('invite', async ({ ack }) => ack(next as never));
  await slack.command('ana', '');
  await slack.submit('ana', { who: 'a' });
  expect(slack.screen('ana').modal?.title?.text).toBe('Second');
  await slack.closeModal('ana');
  expect(slack.screen('ana').modal?.title?.text).toBe('Invite');
  await slack.submit('ana', { who: 'a' });
  next = { response_action: 'update', view: form('Changed') };
  await slack.submit('ana', { who: 'b' });
  const changed = slack.screen('ana').modal;
  expect(changed?.title?.text).toBe('Changed');
  expect(changed?.state.values.who?.text?.value).toBe('b');
  next = { response_action: 'clear' };
  await slack.submit('ana', {});
  expect(slack.screen('ana').modal).toBeUndefined();
  const late = app.client.views.update({ view_id: changed?.id ?? '', view: form() });
  expect(await refusal(late)).toMatchObject({ data: { error: 'not_found' } });
});

test('errors for a field that is not there are trouble, not an answer', async () => {
  const { slack, app } = await createTinyWorld();
  openOnCommand({ app });
  app.view('invite', async ({ ack }) => ack({ response_action: 'errors', errors: { nobody: 'x' } }));
  await slack.command('ana', '');
  await slack.submit('ana', { who: 'a' });
  expect(slack.screen('ana').modal).toMatchObject({ problem: expect.stringContaining('trouble') });
});

test('a trigger opens one view, and the home tab is published and clicked', async () => {
  const { slack, app } = await createTinyWorld();
  const { client } = app;
  const errors: unknown[] = [];
  app.event('app_home_opened', async ({ event }) => {
    const blocks = [section('home'), actions(button('Start', 'start'))];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
  app.action('start', async ({ ack, body }) => {
    const { trigger_id } = body as never as { trigger_id: string };
    await client.views.open({ trigger_id, view: form() });
    errors.push(await refusal(client.views.open({ trigger_id, view: form() })));
    await ack();
  });
  await slack.openHome('bob');
  await slack.until(() => slack.screen('bob').home, 'the home tab');
  await slack.press('bob', 'home', 'Start');
  expect(slack.screen('bob').modal?.title?.text).toBe('Invite');
  expect(errors).toMatchObject([{ data: { error: 'exchanged_trigger_id' } }]);
});

test('forms stack three deep, and again after one was closed', async () => {
  const world = await createTinyWorld();
  const { slack, app } = world;
  const deeper = () => ({ ...form('Deeper'), blocks: [...form().blocks, actions(button('More', 'more'))] });
  app.command('/usher', async ({ ack, client, command }) => {
    await client.views.open({ trigger_id: command.trigger_id, view: deeper() });
    await ack();
  });
  const results: unknown[] = [];
  const states: unknown[] = [];
  app.action('more', async ({ ack, body, client }) => {
    const { trigger_id, view } = body as BlockAction;
    states.push(view?.state.values.who?.text?.value);
    results.push(await refusal(client.views.push({ trigger_id, view: deeper() })));
    await ack();
  });
  await slack.command('ana', '');
  const root = slack.screen('ana').modal;
  await slack.press('ana', 'modal', 'More', { Addresses: 'half typed' });
  await slack.press('ana', 'modal', 'More');
  await slack.press('ana', 'modal', 'More');
  await slack.closeModal('ana');
  await slack.press('ana', 'modal', 'More');
  expect(states).toEqual(['half typed', null, null, null]);
  expect(results).toMatchObject([
    'not refused',
    'not refused',
    { data: { error: 'push_limit_reached' } },
    'not refused',
  ]);
  expect(slack.screen('ana').modal?.root_view_id).toBe(root?.id);
});
