import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type TestWorld, textOf } from '../../world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
  await world.slack.command('olivia', 'who');
});
afterAll(() => world?.stop());

/** What the link that an admin copies shows in a browser. */
async function open(path: string, method = 'GET') {
  const response = await fetch(`http://127.0.0.1:${world.usher.port}${path}`, { method });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function copyLinkOf(email: string): Promise<string> {
  await world.slack.command('olivia', `pending ${email}`);
  await world.slack.press('olivia', await world.sees('olivia', `matching “${email}”`), 'Copy link');
  const copied = textOf(await world.sees('olivia', `The join link of ${email}`));
  const path = /\/join\/[\w-]{70}/.exec(copied)?.[0];
  expect(path, copied).toBeDefined();
  return path ?? '';
}

test('a copied link shows who invites to what, however often it is opened, and nothing changes by it', async () => {
  await world.invite('olivia', 'ana@acme.test');
  const path = await copyLinkOf('ana@acme.test');
  for (const method of ['GET', 'HEAD', 'GET']) {
    const page = await open(path, method);
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  const { text } = await open(path);
  expect(text).toContain('Olivia Okafor invites you to Payments.');
  expect(text).not.toContain('ana@acme.test');
  await world.join('ana');
});

test('a link that was answered, replaced or never made says so, and tells nothing else', async () => {
  await world.invite('olivia', 'cleo@acme.test');
  const old = await copyLinkOf('cleo@acme.test');
  await world.slack.command('olivia', 'pending cleo');
  await world.slack.press('olivia', await world.sees('olivia', 'matching “cleo”'), 'Resend');
  await world.sees('olivia', 'Sent again to cleo@acme.test');
  const forged = `/join/${'A'.repeat(70)}`;
  for (const path of [old, forged, '/join/short', `/join/${'%00'.repeat(30)}`]) {
    const page = await open(path);
    expect(page.status).toBe(410);
    expect(page.text).toContain('This invitation is no longer valid.');
  }
  expect((await open(forged)).text).not.toContain('Payments');
});

test('anything but looking is not allowed, and what does not exist is not found', async () => {
  expect((await open('/join/x', 'POST')).status).toBe(404);
  expect((await open('/join/%E0%A4%A')).status).toBe(400);
  expect((await open('/nothing')).status).toBe(404);
});
