import { request } from 'node:http';
import { expect, test } from 'vitest';
import type { Screen } from '../../sandbox/slack/types.ts';
import { actions, button, createTinyWorld, section } from './tiny-world.ts';

const json = { 'content-type': 'application/json' };

async function post(url: string, body: object) {
  const response = await fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) });
  return { http: response.status, ...((await response.json()) as { status?: number; error?: string }) };
}

test('the page learns who there is and what one of them sees, the direct message included', async () => {
  const { slack } = await createTinyWorld();
  const people = await (await fetch(`${slack.url}/sandbox/people`)).json();
  expect(people).toContainEqual(
    expect.objectContaining({ name: 'ana', realName: 'Ana Ruiz', role: 'Owner of Payments' }),
  );
  const screen = await fetch(`${slack.url}/sandbox/screen?as=${slack.person('ana').id}`);
  const { conversations } = (await screen.json()) as Screen;
  expect(conversations.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'general channel',
    'payments channel',
    'quiet channel',
    'usher dm',
  ]);
  const avatar = await fetch(`${slack.url}/avatars/${slack.person('ana').id}.svg`);
  expect(await avatar.text()).toContain('>AR<');
});

test('a whole visit works over HTTP: command, button, form, closing, home tab', async () => {
  const { slack, app, lastOf, channelId } = await createTinyWorld();
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const input = { type: 'plain_text_input' as const, action_id: 'text' };
  const field = { type: 'input' as const, block_id: 'who', label: plain('Who'), element: input };
  const view = {
    type: 'modal' as const,
    callback_id: 'f',
    title: plain('Form'),
    submit: plain('Go'),
    blocks: [field],
  };
  const typed: unknown[] = [];
  app.command('/usher', async ({ ack }) =>
    ack({ text: 'hi', blocks: [section('hi'), actions(button('Open', 'open'))] }),
  );
  app.action('open', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view });
    await ack();
  });
  app.view('f', async ({ ack, view: { state } }) => {
    typed.push(state.values.who?.text?.value);
    await ack({ response_action: 'errors', errors: { who: 'no' } });
  });
  const as = slack.person('ana').id;
  const act = (path: string, body: object) => post(`${slack.url}/sandbox/${path}`, { as, ...body });

  expect(await act('command', { channel: channelId('payments'), text: 'help' })).toMatchObject({
    status: 200,
  });
  const { ts, channel, blocks } = lastOf('ana', 'payments');
  const place = { surface: 'message', ts, channel, actionId: 'open', blockId: blocks[1]?.block_id };
  expect(await act('press', place)).toMatchObject({ status: 200 });
  const viewId = slack.screen('ana').modal?.id;
  const values = { who: { text: 'eve' }, old: { gone: 'x' } };
  expect(await act('submit', { viewId, values })).toMatchObject({
    status: 200,
    body: { response_action: 'errors' },
  });
  expect(typed).toEqual(['eve']);
  expect(slack.screen('ana').modal?.errors).toEqual({ who: 'no' });
  expect(await act('close', { viewId })).toMatchObject({ status: 200 });
  expect(slack.screen('ana').modal).toBeUndefined();
  expect(await act('close', { viewId })).toMatchObject({
    http: 400,
    error: expect.stringContaining('not open'),
  });
  expect(await act('home', {})).toMatchObject({ http: 200 });
  expect(await act('press', { ...place, ts: '1.0' })).toMatchObject({
    http: 400,
    error: expect.stringContaining('gone'),
  });
});

test('a page that listens hears of changes', async () => {
  const { slack, app } = await createTinyWorld();
  const stream = (await fetch(`${slack.url}/sandbox/changes`)).body
    ?.pipeThrough(new TextDecoderStream())
    .getReader();
  expect((await stream?.read())?.value).toBe(': listening\n\n');
  await app.client.chat.postMessage({ channel: slack.person('bob').id, text: 'x' });
  expect((await stream?.read())?.value).toBe('event: change\ndata: {}\n\n');
  await stream?.cancel();
});

test('foreign host names and foreign pages are refused', async () => {
  const { slack } = await createTinyWorld();
  const status = (path: string, method: string, headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      const sent = request(`${slack.url}${path}`, { method, headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end(method === 'POST' ? '{}' : undefined);
    });
  const { host } = new URL(slack.url);
  expect(await status('/sandbox/people', 'GET', { host: 'evil.test' })).toBe(403);
  expect(await status('/sandbox/people', 'GET', { host: 'localhost.evil.test:80' })).toBe(403);
  expect(await status('/sandbox/people', 'GET', { host: host.replace('127.0.0.1', 'localhost') })).toBe(200);
  expect(await status('/sandbox/home', 'POST', { host, origin: 'http://evil.test', ...json })).toBe(403);
  expect(await status('/sandbox/home', 'POST', { host, origin: 'null', ...json })).toBe(403);
  expect(await status('/sandbox/home', 'POST', { host, origin: `http://${host}`, ...json })).toBe(400);
  expect(await status('/api/auth.test', 'POST', { host, origin: 'http://evil.test' })).toBe(403);
});
