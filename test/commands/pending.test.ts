import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shown } from '../../sandbox/slack/types.ts';
import { createJoinLinks } from '../../src/membership/invitations/join-link.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf } from './forms.ts';

const absent = Array.from({ length: 23 }, (_, at) => `p${String(at + 1).padStart(2, '0')}@example.com`);
const key = 'x'.repeat(32);

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({ env: { USHER_SECRET: key } });
  await world.setUp();
  await world.invite('olivia', absent.join(' '));
  await world.invite('olivia', 'ana@acme.test as admin');
  await world.sees('ana', 'Join Payments');
  await everythingSaid(world.db);
});
afterAll(() => world?.stop());

const pending = (words = '') =>
  world.told('olivia', 'ending invitations', () => world.slack.command('olivia', `pending ${words}`));

const press = (on: Shown, label: string, text = 'ending invitations') =>
  world.told('olivia', text, () => world.slack.press('olivia', on, label));

function addressesOf(list: Shown): string[] {
  return textOf(list)
    .split('\n')
    .filter((line) => /^\S+@\S+\.\w+$/.test(line));
}

test('the newest come first, ten on a page, and the pages hold everybody once', async () => {
  const first = await pending();
  expect(textOf(first)).toContain('Pending invitations to Payments');
  expect(addressesOf(first)).toHaveLength(10);
  expect(addressesOf(first)[0]).toBe('ana@acme.test');
  expect(buttonsOf(first)).toContain('Next page');
  expect(buttonsOf(first)).not.toContain('First page');
  const second = await press(first, 'Next page');
  const third = await press(second, 'Next page');
  expect(third.ts).toBe(first.ts);
  expect(buttonsOf(third)).not.toContain('Next page');
  const everybody = [first, second, third].flatMap(addressesOf);
  expect(everybody).toHaveLength(24);
  expect(new Set(everybody)).toEqual(new Set([...absent, 'ana@acme.test']));
  expect(addressesOf(await press(third, 'First page'))).toEqual(addressesOf(first));
});

test('a row says role, inviter, age, time left and how the message fared', async () => {
  const rows = textOf(await pending('ana'));
  expect(rows).toMatch(/Admin · invited by Olivia Okafor · sent .+ · 2[34] hours left · delivered/);
  expect(textOf(await pending('p07'))).toMatch(/User · .* · not found in chat/);
});

test.each([
  ['ana', ['ana@acme.test']],
  ['ANA@ACME.TEST', ['ana@acme.test']],
  ['acme', ['ana@acme.test']],
  ['p0', absent.slice(0, 9)],
  ['p1', absent.slice(9, 19)],
  ['p_1', []],
  ['%', []],
  ["'; drop table invitation; --", []],
  ['nobody', []],
])('the search for "%s" finds what contains it, literally', async (words, found) => {
  const list = await pending(words);
  expect(addressesOf(list).sort()).toEqual(found);
  if (found.length === 0) expect(textOf(list)).toContain('No pending invitations to Payments matching');
  expect(addressesOf(await press(list, 'Show all'))).toHaveLength(10);
});

test('the pages of a search stay within it', async () => {
  const first = await pending('example.com');
  const second = await press(first, 'Next page');
  expect(textOf(second)).toContain('matching “example.com”');
  const third = await press(second, 'Next page');
  expect([first, second, third].flatMap(addressesOf).sort()).toEqual(absent);
});

test('Resend says so on top of the list, sends a new message, and the old one points to it', async () => {
  const { slack, sees, messages } = world;
  const old = await sees('ana', '[Join Payments]');
  const notice = await press(await pending('ana'), 'Resend', 'Sent again to ana@acme.test');
  expect(textOf(notice)).toContain('matching “ana”');
  const replaced = await sees('ana', 'was replaced by a newer one');
  expect(replaced.ts).toBe(old.ts);
  expect(buttonsOf(replaced)).toEqual([]);
  const fresh = await sees('ana', '[Join Payments]');
  expect(fresh.ts).not.toBe(old.ts);
  expect(messages('ana')).toHaveLength(2);
  const refusal = await world.told('ana', 'no longer valid', () => slack.press('ana', old, 'Join Payments'));
  expect(textOf(refusal)).toContain('A newer one was sent to you');
});

test('Copy link shows the one link that is alive, to the admin alone', async () => {
  const copied = await press(await pending('p05'), 'Copy link', 'The join link of p05@example.com');
  expect(copied.ephemeral).toBe(true);
  expect(textOf(copied)).toContain('for this address alone');
  const claim = read(linkIn(copied));
  const [row] = await world.db.execute<{ id: string; generation: number }>(
    sql`select id, generation from invitation where email = 'p05@example.com'`,
  );
  expect(claim).toEqual({ invitationId: row?.id, generation: row?.generation });
});

test('copying the link of an invitation that ran out renews it, and the old link is dead', async () => {
  const { db } = world;
  const old = linkIn(await press(await pending('p06'), 'Copy link', 'The join link of p06@example.com'));
  await db.execute(sql`
    update invitation set expires_at = now() - interval '1 minute', reminders = '{}' where email = 'p06@example.com'`);
  const list = await pending('p06');
  expect(textOf(list)).toContain('expired');
  const copied = await press(list, 'Copy link', 'this is a new one');
  const link = linkIn(copied);
  expect(read(link)?.generation).toBe((read(old)?.generation ?? 0) + 1);
  const statusOf = async (url: string) => (await fetch(`${origin()}${new URL(url).pathname}`)).status;
  expect([await statusOf(old), await statusOf(link)]).toEqual([410, 200]);
  expect(textOf(await pending('p06'))).toMatch(/2[34] hours left/);
});

const origin = () => `http://127.0.0.1:${world.usher.port}`;

function linkIn(message: Shown): string {
  const link = /https?:\/\/\S+\/join\/[\w-]{70}/.exec(textOf(message))?.[0];
  if (!link) throw new Error(`There is no link in: ${textOf(message)}`);
  return link;
}

function read(link: string) {
  const links = createJoinLinks({ baseUrl: 'http://localhost:3000', key });
  return links.read(new URL(link).pathname.replace('/join/', ''));
}
