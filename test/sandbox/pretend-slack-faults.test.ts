import { expect, test } from 'vitest';
import { createTinyWorld, refusal, type TinyWorld } from './tiny-world.ts';

const poster = ({ app, slack }: Pick<TinyWorld, 'app' | 'slack'>) => {
  const channel = slack.person('bob').id;
  return (text = 'x') => app.client.chat.postMessage({ channel, text });
};

test('too many requests are refused with the time to wait', async () => {
  const world = await createTinyWorld();
  const { slack, messagesOf } = world;
  const post = poster(world);
  slack.fail('chat.postMessage', { status: 429, retryAfter: 7 });
  expect(await refusal(post())).toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 });
  await post('second');
  expect(messagesOf('bob', 'usher').map((one) => one.text)).toEqual(['second']);
  expect(slack.calls.map(({ method, status }) => [method, status])).toContainEqual(['chat.postMessage', 429]);
});

test('server errors, named errors and lost requests deliver nothing', async () => {
  const world = await createTinyWorld();
  const { slack, messagesOf } = world;
  const post = poster(world);
  slack.fail('chat.postMessage', { status: 500 });
  slack.fail('chat.postMessage', { error: 'fatal_error' });
  slack.fail('*', 'cut-before');
  slack.fail('chat.postMessage', 'hang');
  expect(await refusal(post())).toMatchObject({ statusCode: 500 });
  expect(await refusal(post())).toMatchObject({ data: { error: 'fatal_error' } });
  expect(await refusal(post())).toMatchObject({ code: 'slack_webapi_request_error' });
  expect(await refusal(post())).toMatchObject({ code: 'slack_webapi_request_error' });
  expect(messagesOf('bob', 'usher')).toEqual([]);
});

test('a connection cut after delivery looks like a failure but was delivered', async () => {
  const world = await createTinyWorld();
  const { slack, lastOf } = world;
  const post = poster(world);
  slack.fail('chat.postMessage', 'cut-after');
  expect(await refusal(post('once'))).toMatchObject({ code: 'slack_webapi_request_error' });
  expect(lastOf('bob', 'usher').text).toBe('once');
  expect(slack.calls.at(-1)).toMatchObject({ status: 0, error: 'cut-after' });
});

test('a wait in vain says what was waited for and what there is', async () => {
  const world = await createTinyWorld();
  const { slack, messagesOf } = world;
  const post = poster(world);
  await post('something else');
  await expect(slack.until(() => messagesOf('bob', 'usher')[1], 'a second message', 20)).rejects.toThrow(
    /20 ms for a second message[\s\S]*call chat.postMessage -> 200[\s\S]*bob sees usher: something else/,
  );
});

test('faults without end stop when Slack is healed', async () => {
  const world = await createTinyWorld();
  const post = poster(world);
  world.slack.fail('*', { status: 500 }, Number.POSITIVE_INFINITY);
  expect(await refusal(post())).toMatchObject({ statusCode: 500 });
  expect(await refusal(post())).toMatchObject({ statusCode: 500 });
  world.slack.heal();
  await post('back');
  expect(world.lastOf('bob', 'usher').text).toBe('back');
});
