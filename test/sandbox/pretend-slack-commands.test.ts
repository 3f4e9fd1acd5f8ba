import { expect, test } from 'vitest';
import { createTinyWorld, section } from './tiny-world.ts';

test('an answer to a command is seen by the one who typed it only', async () => {
  const { slack, app, messagesOf } = await createTinyWorld();
  app.command('/usher', async ({ ack, respond, command }) => {
    await ack();
    await respond({ text: `you said ${command.text}`, blocks: [section(`you said ${command.text}`)] });
  });
  const answer = await slack.command('ana', 'who', { channel: 'payments' });
  expect(answer).toMatchObject({ status: 200, body: '' });
  const seen = await slack.until(() => messagesOf('ana', 'payments')[0], 'the answer');
  expect(seen).toMatchObject({ text: 'you said who', ephemeral: true, userName: 'usher' });
  expect(messagesOf('bob', 'payments')).toEqual([]);
});

test('mentions, addresses and signs reach the app the way Slack escapes them', async () => {
  const { slack, app } = await createTinyWorld();
  let text = '';
  app.command('/usher', async ({ ack, command }) => {
    text = command.text;
    await ack();
  });
  await slack.command('ana', 'invite @bob, Eve <eve@x.test> & @nobody');
  const bob = slack.person('bob').id;
  expect(text).toBe(`invite <@${bob}|bob>, Eve &lt;<mailto:eve@x.test|eve@x.test>&gt; &amp; @nobody`);
});

test('a body in the HTTP answer is shown, in the channel when it says so', async () => {
  const { slack, app, lastOf } = await createTinyWorld();
  app.command('/usher', async ({ ack }) => ack({ response_type: 'in_channel', text: 'for all' }));
  await slack.command('ana', '');
  expect(lastOf('bob')).toMatchObject({ text: 'for all' });
  expect(lastOf('bob')).not.toHaveProperty('ephemeral');
});

test('a command nobody answers in time is reported by Slackbot', async () => {
  const { slack, app, lastOf } = await createTinyWorld({ patienceMs: 300 });
  app.command('/usher', async () => undefined);
  expect(await slack.command('ana', 'x')).toMatchObject({ status: 0, body: 'operation_timeout' });
  expect(lastOf('ana')).toMatchObject({
    userName: 'Slackbot',
    ephemeral: true,
    text: '/usher failed with the error "operation_timeout"',
  });
});

test('a command that nothing listens for is reported by Slackbot', async () => {
  const { slack, lastOf, stopApp } = await createTinyWorld();
  await stopApp();
  expect(await slack.command('ana', 'x')).toMatchObject({ status: 0, body: 'dispatch_failed' });
  expect(lastOf('ana').text).toBe('/usher failed with the error "dispatch_failed"');
});
