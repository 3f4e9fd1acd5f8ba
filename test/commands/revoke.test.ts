import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Shown } from '../../sandbox/slack/types.ts';
import { everythingSaid, readState } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld();
  await world.setUp();
});
afterAll(() => world?.stop());

const invitees = ['ana@acme.test', 'cleo@acme.test', 'zoe@example.com'];
beforeEach(async () => {
  await revokeEverything();
  const arrive = (who: string, act: () => Promise<unknown>) => world.told(who, '[Join Payments]', act);
  await arrive('ana', () => arrive('cleo', () => world.invite('olivia', invitees.join(' '))));
  await everythingSaid(world.db);
});

async function revokeEverything(): Promise<void> {
  await world.db.execute(sql`
    update invitation set status = 'revoked', decided_at = now() where status = 'pending'`);
}

const list = (words = '') =>
  world.told('olivia', 'Pending invitations', () => world.slack.command('olivia', `pending ${words}`));

const press = (on: Shown, label: string, text: string) =>
  world.told('olivia', text, () => world.slack.press('olivia', on, label));

async function statuses(): Promise<Record<string, string>> {
  const rows = await world.db.execute<{ email: string; status: string }>(
    sql`select email, status from invitation order by id`,
  );
  return Object.fromEntries(rows.map(({ email, status }) => [email, status]));
}

test('Revoke asks first, names the address, and Keep it keeps it', async () => {
  const before = await statuses();
  const confirmation = await press(await list('ana'), 'Revoke', 'Revoke this invitation?');
  expect(textOf(confirmation)).toContain('ana@acme.test');
  expect(buttonsOf(confirmation)).toEqual(['Revoke', 'Keep it']);
  const kept = await press(confirmation, 'Keep it', 'Nothing was revoked.');
  expect(buttonsOf(kept)).toEqual([]);
  expect(await statuses()).toEqual(before);
});

test('Revoke several… confirms exactly those chosen; their links and buttons die, the others live', async () => {
  const { slack, told, sees } = world;
  const page = await list();
  const form = await opens(world, 'olivia', 'Revoke invitations', () =>
    slack.press('olivia', page, 'Revoke several…'),
  );
  expect(JSON.stringify(form.blocks)).toContain('ana@acme.test');
  const chosen = { invitations: ['ana@acme.test', 'zoe@example.com'] };
  const confirmation = await told('olivia', 'Revoke these 2 invitations?', () =>
    slack.submit('olivia', chosen),
  );
  expect(textOf(confirmation)).toMatch(
    /ana@acme\.test and zoe@example\.com|zoe@example\.com and ana@acme\.test/,
  );
  expect(textOf(confirmation)).not.toContain('cleo');
  expect(buttonsOf(confirmation)).toEqual(['Revoke 2', 'Keep them']);
  const open = await sees('ana', '[Join Payments]');
  await press(confirmation, 'Revoke 2', 'Revoked 2 invitations');
  expect(await statuses()).toEqual({
    'ana@acme.test': 'revoked',
    'cleo@acme.test': 'pending',
    'zoe@example.com': 'revoked',
  });
  const gone = await sees('ana', 'The invitation to Payments was taken back');
  expect(gone.ts).toBe(open.ts);
  expect(buttonsOf(gone)).toEqual([]);
  const refusal = await told('ana', 'no longer valid', () => slack.press('ana', open, 'Join Payments'));
  expect(textOf(refusal)).toContain('It was taken back.');
});

test('the form that chooses nobody is refused beside its field by Slack itself, and nothing is revoked', async () => {
  const { slack } = world;
  const before = await readState(world.db);
  const page = await list();
  await opens(world, 'olivia', 'Revoke invitations', () => slack.press('olivia', page, 'Revoke several…'));
  const answer = await slack.submit('olivia', { invitations: [] });
  expect(answer.notSent).toBe(true);
  expect(slack.screen('olivia').modal?.errors).toHaveProperty('invitations');
  await slack.closeModal('olivia');
  expect(await readState(world.db)).toBe(before);
});

test('Revoke pressed twice revokes once and answers the same', async () => {
  const { slack } = world;
  const confirmation = await press(await list('cleo'), 'Revoke', 'Revoke this invitation?');
  const answered = slack.calls.length;
  await Promise.all([1, 2, 3].map(() => slack.press('olivia', confirmation, 'Revoke')));
  const answers = () => slack.calls.slice(answered).filter(({ method }) => method === 'response_url');
  await slack.until(() => answers().length === 3, 'every press is answered');
  expect(new Set(answers().map(({ body }) => JSON.stringify(body.blocks))).size).toBe(1);
  const audited = await world.db.execute(sql`
    select 1 from audit_event where action = 'invitation.revoked' and data->>'email' = 'cleo@acme.test'`);
  expect(audited).toHaveLength(1);
});

test('what was answered between asking and confirming is said so, and stays answered', async () => {
  const { told, slack, join } = world;
  await world.invite('olivia', 'ben@gmail.com');
  const page = await list('ben');
  const confirmation = await press(page, 'Revoke', 'Revoke this invitation?');
  await join('ben');
  const result = await press(confirmation, 'Revoke', 'Nothing was left to revoke');
  expect(textOf(result)).toContain('ben@gmail.com\nwas accepted before');
  expect(await statuses()).toMatchObject({ 'ben@gmail.com': 'accepted' });
  for (const label of ['Revoke', 'Copy link']) {
    const refusal = await press(page, label, 'is not pending any more: it was accepted');
    expect(textOf(refusal)).toContain('They are a member already');
  }
  await told('olivia', 'was not invited again: the invitation was accepted', () =>
    slack.press('olivia', page, 'Resend'),
  );
});

test('Revoke several… on a list that is empty by now says so instead of opening an empty form', async () => {
  const { slack, told } = world;
  const page = await list();
  await revokeEverything();
  const answer = await told('olivia', 'No pending invitations', () =>
    slack.press('olivia', page, 'Revoke several…'),
  );
  expect(answer.ts).toBe(page.ts);
  expect(slack.screen('olivia').modal).toBeUndefined();
});
