import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everythingSaid } from '../adapters/slack/state.ts';
import { textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
beforeAll(async () => {
  world = await createPeopledWorld();
});
afterAll(() => world?.stop());

test('removing shows first what goes with somebody, and at the commit everything is closed for them', async () => {
  const { asks, presses, invite, sees, slack, told, standings, db } = world;
  await invite('adam', 'cleo@acme.test, zoe@example.com');
  const open = await sees('cleo', '[Join Payments]');
  await everythingSaid(db);
  const theirReview = await asks('adam', 'invite ben@gmail.com', 'Invite 1 person');
  const review = await asks('olivia', 'remove adam, olivia, bill', 'Remove 2 people?');
  const text = textOf(review);
  expect(text).toContain(
    '2 pending invitations of theirs will be revoked: cleo@acme.test and zoe@example.com',
  );
  expect(text).toContain('stays Owner: the Owner hands over the ownership first');
  expect(text).toContain('bill@acme.test · Billing Manager of Payments');
  expect(await standings()).toMatchObject({ adam: 'admin', bill: 'billing-manager' });
  const result = await presses('olivia', review, 'Remove 2', 'Removed 2 people.');
  expect(textOf(result)).toContain('Adam Berg\nremoved · 2 invitations revoked');
  expect(await standings()).toMatchObject({ adam: 'removed', bill: 'removed', olivia: 'owner' });
  const gone = await sees('cleo', 'The invitation to Payments was taken back');
  expect([gone.ts, buttonsOf(gone)]).toEqual([open.ts, []]);
  expect(textOf(gone)).toContain('If you think that is a mistake, ask Olivia Okafor.');
  await told('cleo', 'no longer valid', () => slack.press('cleo', open, 'Join Payments'));
  await presses('adam', theirReview, 'Send 1 invitation', 'Your access to Payments has ended.');
  await asks('adam', 'members', 'The way back is a new invitation');
  const drafts = await db.execute(sql`
    select 1 from draft d join member m on m.id = d.member_id where m.email = 'adam@acme.test'`);
  expect(drafts).toHaveLength(0);
});

test('the list says who was removed, when, by whom and why; Invite back brings the same member back', async () => {
  const { asks, presses, slack, told, join, idOf, standings, db } = world;
  const id = await idOf('adam@acme.test');
  const list = await asks('olivia', 'removed', 'Removed from Payments');
  expect(textOf(list)).toMatch(/Adam Berg\nadam@acme\.test · removed by Olivia Okafor · \d{1,2} \w+ \d{4}/);
  const found = await asks('olivia', 'removed bERG', 'matching “bERG”');
  expect(buttonsOf(found)).toEqual(['Invite back', 'Card', 'Show all', 'Filter…']);
  const card = await presses('olivia', found, 'Card', 'Gone since');
  expect(textOf(card)).toContain('removed by Olivia Okafor');
  expect(buttonsOf(card)).toEqual(['Invite back']);
  const form = await opens(world, 'olivia', 'Invite people', () =>
    slack.press('olivia', found, 'Invite back'),
  );
  expect(JSON.stringify(form.blocks)).toContain('adam@acme.test');
  const review = await told('olivia', 'was removed: will come back', () =>
    slack.submit('olivia', { role: 'Billing Manager' }),
  );
  await presses('olivia', review, 'Send 1 invitation', 'Invited 1 person');
  await join('adam');
  expect(await idOf('adam@acme.test')).toBe(id);
  expect(await standings()).toMatchObject({ adam: 'billing-manager' });
  const [row] = await db.execute(sql`
    select account_role, removed_at, removed_by, removal_reason from member where id = ${id}`);
  expect(row).toEqual({ account_role: 'user', removed_at: null, removed_by: null, removal_reason: null });
  await asks('olivia', 'removed adam', 'Nobody removed from Payments matching');
  await presses('olivia', found, 'Invite back', 'is an active member of Payments');
});

test('leaving asks first; the Owner hands over first; who left is on the list', async () => {
  const { asks, presses, standings } = world;
  const owner = await asks('olivia', 'leave', 'You are the Owner of Payments');
  expect(buttonsOf(owner)).toEqual(['Hand over the ownership…']);
  await asks('olivia', 'remove olivia', 'You are the Owner of Payments');
  const kept = await asks('mia', 'leave', 'Leave Payments?');
  await presses('mia', kept, 'Stay', 'Nothing was changed.');
  expect((await standings()).mia).toBe('user');
  const leaving = await asks('mia', 'leave', 'Leave Payments?');
  await presses('mia', leaving, 'Leave', 'You have left Payments.');
  await asks('mia', 'who', 'Your access to Payments has ended');
  expect(textOf(await asks('olivia', 'removed mia', 'Mia Chen'))).toContain('left by themselves');
});

test('a confirmation of leaving from before is nothing to somebody who came back', async () => {
  const { asks, presses, invite, join, standings } = world;
  const old = await asks('anas', 'leave', 'Leave Payments?');
  const review = await asks('olivia', 'remove anas@acme.test', 'Remove Ana Silva?');
  await presses('olivia', review, 'Remove', 'Removed 1 person.');
  await invite('olivia', 'anas@acme.test');
  await join('anas');
  await presses('anas', old, 'Leave', 'too old, or not yours');
  expect((await standings()).anas).toBe('user');
});

test('the form previews, and removing oneself leads to leaving', async () => {
  const { slack, told, asks } = world;
  await opens(world, 'olivia', 'Remove people', () => slack.command('olivia', 'remove'));
  const preview = await told('olivia', 'Remove Ana Ruiz?', () => slack.submit('olivia', { people: 'ruiz' }));
  expect(buttonsOf(preview)).toEqual(['Remove', 'Keep them here']);
  await asks('ana', 'remove', 'does not let you remove people');
  await asks('ana', 'remove olivia', 'does not let you remove people');
});
