import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import { createCast } from '../../sandbox/cast.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf } from './forms.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({
    people: [...createCast(), { name: 'gus', realName: 'Gus Guest', email: 'gus@acme.test', isGuest: true }],
  });
  await world.setUp();
  await world.invite('olivia', 'mia@acme.test adam@acme.test');
  await world.join('mia');
  await world.join('adam');
  await world.invite('olivia', 'cleo@acme.test');
});
afterAll(() => world?.stop());

/** What the review says below each thing that was typed. */
async function linesOf(words: string): Promise<Record<string, string>> {
  const review = await world.told('olivia', 'to Payments', () =>
    world.slack.command('olivia', `invite ${words}`),
  );
  const lines = textOf(review).split('\n');
  return Object.fromEntries(
    lines.flatMap((line, at) => (at > 0 ? [[lines[at - 1] ?? '', line.trim()]] : [])),
  );
}

test('every line says what will become of it', async () => {
  const lines = await linesOf('ana@acme.test, mia@acme.test cleo@acme.test; nobody@ @gus sales@acme.test');
  expect(lines).toMatchObject({
    'ana@acme.test': 'will be invited',
    'mia@acme.test': 'already a member',
    'cleo@acme.test': 'already pending',
    'nobody@': 'not a valid address; it will be left out',
    '@gus': 'cannot be invited: guests cannot use usher',
    'sales@acme.test': 'will be invited · looks like a shared mailbox: whoever reads it can join',
  });
});

test('the doubtful lines come first, and the same address stands there once', async () => {
  const words = 'invite ana@acme.test ANA@acme.test <ana@acme.test> mia@acme.test';
  const review = await world.told('olivia', 'Invite 1 person', () => world.slack.command('olivia', words));
  expect(textOf(review).match(/ana@acme\.test/gi)).toHaveLength(1);
  expect(textOf(review).indexOf('mia@')).toBeLessThan(textOf(review).indexOf('ana@'));
});

test('a slip in a big provider or the own domain is pointed out, and one press corrects it', async () => {
  const { slack, told, db } = world;
  const review = await told('olivia', 'Invite 3 people', () =>
    slack.command('olivia', 'invite ben@gmial.com ana@acme.tst dan@example.com dan@ olivia@acme.test'),
  );
  expect(textOf(review)).toContain('ben@gmial.com\nwill be invited · did you mean ben@gmail.com?');
  expect(buttonsOf(review)).toEqual(
    expect.arrayContaining(['Use ben@gmail.com', 'Use ana@acme.test', 'Send 3 invitations']),
  );
  const corrected = await told('olivia', 'ben@gmail.com', () =>
    slack.press('olivia', review, 'Use ben@gmail.com'),
  );
  expect(textOf(corrected)).not.toContain('gmial');
  expect(textOf(corrected)).toMatch(/dan@\nnot a valid address[\s\S]*olivia@acme\.test\nalready a member/);
  expect(corrected.ts).toBe(review.ts);
  const again = await told('olivia', 'Invite 3', () => slack.press('olivia', corrected, 'Use ana@acme.test'));
  expect(buttonsOf(again)).toEqual(['Send 3 invitations', 'Cancel']);
  await told('olivia', 'Invited 3 people', () => slack.press('olivia', again, 'Send 3 invitations'));
  const sent = await db.execute<{ email: string }>(sql`
    select email from invitation where status = 'pending' and email <> 'cleo@acme.test' order by email`);
  expect(sent.map(({ email }) => email)).toEqual(['ana@acme.test', 'ben@gmail.com', 'dan@example.com']);
});

test('a pending address is not invited twice, but can be sent again from the review', async () => {
  const { slack, told, sees } = world;
  const first = await sees('cleo', 'invites you');
  const review = await told('olivia', 'nobody new to invite', () =>
    slack.command('olivia', 'invite cleo@acme.test'),
  );
  expect(buttonsOf(review)).toEqual(['Resend instead', 'Cancel']);
  await told('olivia', 'Sent again to cleo@acme.test', () => slack.press('olivia', review, 'Resend instead'));
  const second = await slack.until(
    () => world.messages('cleo').find((message) => message.ts !== first.ts),
    'cleo gets a new message',
  );
  expect(textOf(second)).toContain('[Join Payments]');
  await sees('cleo', 'was replaced by a newer one');
});

test('somebody who was removed comes back, and a member of another organization is left where they are', async () => {
  const { db, slack, told } = world;
  const [account, organization, member] = [newId('acc'), newId('org'), newId('mem')];
  await db.execute(sql`update member m set status = 'inactive', removed_at = now(), removed_by = o.owner_member_id, removal_reason = 'removed'
      from organization o where email = 'adam@acme.test'`);
  await db.transaction(async (tx) => {
    const [own] = await tx.execute<{ id: string }>(sql`select id from account where id <> ${account}`);
    await tx.execute(sql`
      insert into organization (id, account_id, name, owner_member_id)
      values (${organization}, ${own?.id}, 'Research', ${member})`);
    await tx.execute(sql`
      insert into member (id, account_id, organization_id, email, full_name)
      values (${member}, ${own?.id}, ${organization}, 'rita@acme.test', 'Rita Research')`);
  });
  expect(await linesOf('adam@acme.test rita@acme.test')).toMatchObject({
    'adam@acme.test': 'was removed: will come back on joining',
    'rita@acme.test': 'belongs to Research: joining moves nobody; an Account Admin can move them',
  });
  await told('adam', 'Your access to Payments has ended', () => slack.command('adam', 'members'));
  await world.invite('olivia', 'adam@acme.test');
  await world.join('adam');
  await told('adam', 'You are User of Payments', () => slack.command('adam', ''));
});

test('what changed between review and Send is said line by line, and stops nobody else', async () => {
  const { slack, told, invite } = world;
  const review = await told('olivia', 'Invite 2 people', () =>
    slack.command('olivia', 'invite eve@example.com fay@example.com'),
  );
  await invite('olivia', 'eve@example.com');
  const result = await told('olivia', 'Invited 1 person to Payments', () =>
    slack.press('olivia', review, 'Send 2 invitations'),
  );
  expect(textOf(result)).toContain('eve@example.com\nnot sent: already pending');
  expect(textOf(result)).toContain('fay@example.com\ninvited');
});
