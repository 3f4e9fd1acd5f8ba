import { expect, test } from 'vitest';
import { createTinyWorld, refusal } from './tiny-world.ts';

test('a file lands in the direct message, and needs its id', async () => {
  const scopes = ['chat:write', 'im:write', 'files:write'];
  const { slack, app, lastOf } = await createTinyWorld({ scopes });
  const { client } = app;
  const file = {
    filename: 'members.csv',
    file: Buffer.from('a,b\r\n1,2\r\n'),
    initial_comment: 'Here you are',
  };
  const ana = slack.person('ana').id;
  expect(await refusal(client.filesUploadV2({ ...file, channel_id: ana }))).toMatchObject({
    data: { error: 'invalid_arguments' },
  });
  const { channel } = await client.conversations.open({ users: ana });
  await client.filesUploadV2({ ...file, channel_id: channel?.id ?? '' });
  const message = lastOf('ana', 'usher');
  expect(message).toMatchObject({ text: 'Here you are', files: [{ name: 'members.csv', size: 10 }] });
  const content = await fetch(message.files?.[0]?.url ?? '');
  expect(content.headers.get('content-disposition')).toBe('attachment');
  expect(await content.text()).toBe('a,b\r\n1,2\r\n');
});
