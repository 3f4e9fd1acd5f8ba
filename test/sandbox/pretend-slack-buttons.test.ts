import { expect, test } from 'vitest';
import { clickablesOf, textOf } from '../../sandbox/slack/surface.ts';
import { actions, button, createTinyWorld, section } from './tiny-world.ts';

test('a button on a private answer replaces it, and later deletes it', async () => {
  const { slack, app, messagesOf } = await createTinyWorld();
  app.command('/usher', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'sure?', blocks: [section('sure?'), actions(button('Yes', 'yes', '7'))] });
  });
  let body: unknown;
  app.action('yes', async ({ ack, respond, body: got, action }) => {
    body = got;
    await ack();
    const text = `yes to ${'value' in action && action.value}`;
    await respond({
      replace_original: true,
      text,
      blocks: [section(text), actions(button('Away', 'away'))],
    });
  });
  app.action('away', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
  await slack.command('ana', '');
  const question = await slack.until(() => messagesOf('ana')[0], 'the question');
  expect(await slack.press('ana', question, 'Yes')).toMatchObject({ status: 200 });
  const replaced = await slack.until(
    () => messagesOf('ana').find((one) => one.text === 'yes to 7'),
    'the change',
  );
  expect(body).toMatchObject({ container: { is_ephemeral: true }, user: { id: slack.person('ana').id } });
  expect(body).not.toHaveProperty('message');
  expect(messagesOf('ana')).toHaveLength(1);
  await slack.press('ana', replaced, 'away');
  await slack.until(() => messagesOf('ana').length === 0, 'the message to go');
});

test('a button on a direct message carries the message, and chat.update is seen', async () => {
  const { slack, app, lastOf } = await createTinyWorld();
  const { client } = app;
  app.action('join', async ({ ack, body }) => {
    await ack();
    const { channel, message } = body as never as { channel: { id: string }; message: { ts: string } };
    await client.chat.update({
      channel: channel.id,
      ts: message.ts,
      text: 'Welcome',
      blocks: [section('Welcome')],
    });
  });
  const bob = slack.person('bob');
  const metadata = { event_type: 'delivery', event_payload: { id: 'd1' } };
  const blocks = [section('Join us'), actions(button('Join', 'join'))];
  const posted = await client.chat.postMessage({ channel: bob.id, text: 'Join us', blocks, metadata });
  expect(posted.channel).toMatch(/^D/);
  const invitation = lastOf('bob', 'usher');
  expect(invitation).toMatchObject({ metadata });
  expect(textOf(invitation)).toBe('Join us\nJoin');
  expect(clickablesOf(invitation).map((one) => one.label)).toEqual(['Join']);
  await slack.press('bob', invitation, 'Join');
  expect(
    await slack.until(() => lastOf('bob', 'usher').edited && lastOf('bob', 'usher'), 'the update'),
  ).toMatchObject({
    text: 'Welcome',
    ts: invitation.ts,
  });
  expect(slack.screen('ana').conversations.map((one) => one.kind)).toEqual(['channel', 'channel', 'channel']);
});

test('menus send the option chosen, by label', async () => {
  const { slack, app, lastOf } = await createTinyWorld();
  const option = (text: string) => ({
    text: { type: 'plain_text' as const, text },
    value: text.toLowerCase(),
  });
  const chosen: unknown[] = [];
  app.action(/./, async ({ ack, action }) => {
    chosen.push('selected_option' in action && action.selected_option);
    await ack();
  });
  const menus = [
    { type: 'overflow' as const, action_id: 'more', options: [option('Resend'), option('Revoke')] },
    { type: 'static_select' as const, action_id: 'role', options: [option('User'), option('Admin')] },
  ];
  const blocks = [{ type: 'actions' as const, elements: menus }];
  await app.client.chat.postMessage({ channel: slack.person('bob').id, text: 'x', blocks });
  await slack.press('bob', lastOf('bob', 'usher'), 'Revoke');
  await slack.press('bob', lastOf('bob', 'usher'), { actionId: 'role', selected: 'Admin' });
  expect(chosen).toEqual([option('Revoke'), option('Admin')]);
  await expect(slack.press('bob', lastOf('bob', 'usher'), 'Nothing')).rejects.toThrow(
    /Nothing to click.*Resend/,
  );
});

test('a response_url works five times and not after half an hour', async () => {
  const { slack, app, messagesOf } = await createTinyWorld();
  const urls: string[] = [];
  app.command('/usher', async ({ ack, command }) => {
    urls.push(command.response_url);
    await ack();
  });
  await slack.command('ana', '');
  await slack.command('ana', '');
  const post = async (url = '') => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'hi' }) });
    return `${response.status} ${await response.text()}`;
  };
  for (let use = 0; use < 5; use++) expect(await post(urls[0])).toBe('200 ok');
  expect(await post(urls[0])).toBe('404 {"ok":false,"error":"used_url"}');
  slack.expireResponseUrls();
  expect(await post(urls[1])).toBe('404 {"ok":false,"error":"expired_url"}');
  expect(messagesOf('ana')).toHaveLength(5);
});
