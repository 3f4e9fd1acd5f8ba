import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createTeamsSandboxApi } from '../../sandbox/teams/http.ts';
import type { Screen } from '../../sandbox/teams/types.ts';
import { attached, button, cardOf, createTinyTenant, type TinyTenant } from './tiny-tenant.ts';

/** The page's side of a tenant whose bot opens a form and closes it. */
async function visit(): Promise<TinyTenant & { url: string; act: ReturnType<typeof actingAt> }> {
  const tenant = await createTinyTenant();
  const form = { ...cardOf({ type: 'Input.Text', id: 'to', label: 'To' }), actions: [button('Send', {})] };
  const opener = cardOf({
    type: 'ActionSet',
    actions: [button('Open', { msteams: { type: 'task/fetch' } })],
  });
  tenant.bot.on(async (turn) => {
    const { name, type } = turn.activity;
    const body =
      name === 'task/fetch'
        ? { task: { type: 'continue', value: { title: 'Form', card: attached(form) } } }
        : undefined;
    if (type === 'message') await turn.sendActivity({ attachments: [attached(opener)] });
    if (type === 'invoke') await turn.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
  });
  const server = createServer(express().use(createTeamsSandboxApi(tenant.teams)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sandbox/teams`;
  return { ...tenant, url, act: actingAt(url) };
}

const actingAt = (url: string) => async (path: string, body: object) => {
  const response = await fetch(`${url}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: 'ana', ...body }),
  });
  return { http: response.status, ...((await response.json()) as { status?: number; error?: string }) };
};

test('a whole visit works over HTTP: command, button, form, closing, installing', async () => {
  const { teams, url, act, lastOf, messagesOf } = await visit();
  const people = (await (await fetch(`${url}/people`)).json()) as object[];
  expect(people).toContainEqual(expect.objectContaining({ name: 'ana', hasApp: true, onTeam: true }));

  expect(await act('command', { text: 'hello' })).toMatchObject({ http: 200, status: 200 });
  expect(await act('command', { text: 'hello', in: 'General' })).toMatchObject({ status: 200 });
  expect(messagesOf('bob', 'General')).toHaveLength(2);
  const screen = (await (await fetch(`${url}/screen?as=ana`)).json()) as Screen;
  const { id, conversation, cards } = screen.conversations[0]?.messages.at(-1) ?? lastOf('ana');
  expect(cards[0]?.body).toMatchObject([{ actions: [{ title: 'Open', id: 'sandbox-1' }] }]);
  const press = { surface: 'message', conversation, message: id, actionId: 'sandbox-1', values: {} };
  expect(await act('press', press)).toMatchObject({ http: 200, status: 200 });
  const modalId = teams.screen('ana').modal?.id;
  expect(await act('submit', { modalId, values: { to: 'bob' } })).toMatchObject({ http: 200 });
  expect(teams.screen('ana').modal).toBeUndefined();
  expect(await act('close', { modalId })).toMatchObject({
    http: 400,
    error: expect.stringContaining('not open'),
  });
  await act('press', press);
  expect(await act('close', { modalId: teams.screen('ana').modal?.id })).toMatchObject({ http: 200 });
  expect(await act('press', { ...press, message: '1' })).toMatchObject({ http: 400 });
  expect(await act('install', { as: 'far' })).toMatchObject({ http: 200, status: 200 });
  expect(await act('install', { as: 'nobody' })).toMatchObject({ http: 400 });
});

test('a page that listens hears of changes in Teams', async () => {
  const { url, sendCard } = await visit();
  const stream = (await fetch(`${url}/changes`)).body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await stream?.read())?.value).toBe(': listening\n\n');
  await sendCard('bob', cardOf());
  expect((await stream?.read())?.value).toBe('event: change\ndata: {}\n\n');
  await stream?.cancel();
});
