import { expect, test } from 'vitest';
import { actions, button, createTinyWorld, refusal, section } from './tiny-world.ts';

test('a request that Slack did not sign, or signed long ago, is refused by Bolt', async () => {
  const { slack, app } = await createTinyWorld();
  const body = 'command=%2Fusher&text=x';
  app.command('/usher', async ({ ack }) => ack());
  expect(await slack.send({ body })).toMatchObject({ status: 200 });
  expect(await slack.send({ ...slack.lastRequest })).toMatchObject({ status: 200 });
  expect(await slack.send({ body, signature: 'v0=00' })).toMatchObject({ status: 401 });
  expect(await slack.send({ body, timestamp: '1500000000' })).toMatchObject({ status: 401 });
});

test('blocks Slack would not draw are refused with the place', async () => {
  const { slack, app, messagesOf } = await createTinyWorld();
  const { client } = app;
  const post = (blocks: object[]) =>
    refusal(client.chat.postMessage({ channel: 'general', text: 'x', blocks: blocks as never }));
  const at = (message: string) => ({
    data: { error: 'invalid_blocks', response_metadata: { messages: [expect.stringContaining(message)] } },
  });
  expect(await post([{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }])).toMatchObject(
    at('must be less than 151 characters [json-pointer:/blocks/0/text/text]'),
  );
  expect(await post([section('')])).toMatchObject(
    at('must be more than 0 characters [json-pointer:/blocks/0/text/text]'),
  );
  expect(await post([actions(button('a', 'same'), button('b', 'same'))])).toMatchObject(
    at('/blocks/0/elements'),
  );
  expect(
    await post([
      { ...section('a'), block_id: 'b' },
      { ...section('c'), block_id: 'b' },
    ]),
  ).toMatchObject(at('/blocks/1/block_id'));
  expect(await post([{ ...section('a'), txet: 1 }])).toMatchObject(
    at('unsupported field: txet [json-pointer:/blocks/0]'),
  );
  expect(await post(Array.from({ length: 51 }, () => section('a')))).toMatchObject(
    at('must be less than 51 items'),
  );
  const rows = [[{ type: 'raw_text', text: '' }]];
  expect(await post([{ type: 'table', rows }])).toMatchObject(at('/blocks/0/rows/0/0/text'));
  expect(messagesOf('ana')).toEqual([]);
  expect(slack.calls.filter((call) => call.error === 'invalid_blocks')).toHaveLength(7);
});

test('a form without a submit button is refused', async () => {
  const { slack, app } = await createTinyWorld();
  const errors: unknown[] = [];
  const input = {
    type: 'input' as const,
    label: { type: 'plain_text' as const, text: 'x' },
    element: { type: 'plain_text_input' as const },
  };
  app.command('/usher', async ({ ack, client, command }) => {
    const view = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'x' },
      blocks: [input],
    };
    errors.push(await refusal(client.views.open({ trigger_id: command.trigger_id, view })));
    await ack();
  });
  await slack.command('ana', '');
  expect(errors).toMatchObject([{ data: { error: 'invalid_arguments' } }]);
});

test('only the bot token is taken, only known methods, only scopes the app has', async () => {
  const { slack, app } = await createTinyWorld();
  const { client } = app;
  const who = (authorization?: string) =>
    fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      ...(authorization && { headers: { authorization } }),
    }).then((response) => response.json());
  expect(await who()).toMatchObject({ error: 'not_authed' });
  expect(await who('Bearer xoxb-guess')).toMatchObject({ error: 'invalid_auth' });
  expect(await who(`Bearer ${slack.botToken}`)).toMatchObject({
    team_id: slack.teamId,
    user_id: slack.botUserId,
  });
  expect(await refusal(client.apiCall('people.list'))).toMatchObject({ data: { error: 'unknown_method' } });
  expect(await refusal(client.conversations.list())).toMatchObject({ data: { error: 'missing_scope' } });
});

test('the bot posts only where it was invited, and to nobody who left', async () => {
  const { slack, app } = await createTinyWorld();
  const { client } = app;
  const quiet = slack.screen('ana').conversations.find((one) => one.name === 'quiet')?.id ?? '';
  expect(await refusal(client.chat.postMessage({ channel: quiet, text: 'x' }))).toMatchObject({
    data: { error: 'not_in_channel' },
  });
  expect(await refusal(client.conversations.open({ users: slack.person('gone').id }))).toMatchObject({
    data: { error: 'user_disabled' },
  });
});
