import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCast } from '../../sandbox/cast.ts';
import type { StateValue } from '../../sandbox/slack/form-state.ts';
import type { PersonSeed } from '../../sandbox/slack/types.ts';
import { everythingSaid, readState } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { opens } from './forms.ts';

const names = ['dan', 'eli', 'fay', 'gil', 'hal', 'ida', 'jon', 'kim', 'lea'];
const more = names.map((name): PersonSeed => ({ name, realName: `${name} Doe`, email: `${name}@acme.test` }));

let world: TestWorld;
beforeAll(async () => {
  world = await createWorld({ people: [...createCast(), ...more] });
  await world.setUp();
  await world.invite('olivia', 'adam@acme.test as admin');
  await world.join('adam');
});
afterAll(() => world?.stop());

/** The address and role of everybody who was ever invited. */
async function invited(): Promise<string[]> {
  const rows = await world.db.execute<{ email: string; role: string }>(
    sql`select email, role from invitation order by email`,
  );
  return rows.map(({ email, role }) => `${email} ${role}`);
}

test.each([
  ['dan@acme.test', 'dan', 'User'],
  ['Eli Doe <eli@acme.test> as admin', 'eli', 'Admin'],
  ['fay@acme.test as a billing manager', 'fay', 'Billing Manager'],
  ['GIL@ACME.TEST as BILLING-MANAGER', 'gil', 'Billing Manager'],
  ['@hal as user', 'hal', 'User'],
  ['@ida, as an admin', 'ida', 'Admin'],
])('"invite %s" is reviewed, sent and arrives', async (words, who, role) => {
  const { slack, told, sees } = world;
  const review = await told('olivia', 'Invite 1 person to Payments?', () =>
    slack.command('olivia', `invite ${words}`),
  );
  expect(textOf(review)).toContain(`They join as ${role}. Nothing is sent before you press Send.`);
  expect(textOf(review)).toContain(`${who}@acme.test\nwill be invited`);
  expect(await invited()).not.toContainEqual(expect.stringContaining(who));
  const result = await told('olivia', 'Invited 1 person to Payments', () =>
    slack.press('olivia', review, 'Send 1 invitation'),
  );
  expect(textOf(result)).toContain(`${who}@acme.test\ninvited`);
  expect(result.ts).toBe(review.ts);
  const invitation = textOf(await sees(who, 'Olivia Okafor invites you to Payments'));
  expect(invitation).toContain(`As: ${role}`);
  expect(invitation).toMatch(/Open until: \w{3},? \d+ \w{3},? \d\d:\d\d \(.+\)/);
  expect(await invited()).toContain(`${who}@acme.test ${role.toLowerCase().replace(' ', '-')}`);
});

test('the form leads to the same review, and the personal line reaches the invitee', async () => {
  const { slack, told, sees } = world;
  const modal = await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
  expect(rolesOffered(modal)).toEqual(['User', 'Billing Manager', 'Admin']);
  const answers = {
    addresses: 'jon@acme.test\nnot an address',
    role: 'Billing Manager',
    personalLine: 'Glad to *have* you, <!channel>!',
  };
  const review = await told('olivia', 'Invite 1 person', () => slack.submit('olivia', answers));
  expect(slack.screen('olivia').modal).toBeUndefined();
  expect(textOf(review)).toContain('They join as Billing Manager.');
  expect(textOf(review)).toContain('Your line to them: “Glad to *have* you, <!channel>!”');
  await slack.press('olivia', review, 'Send 1 invitation');
  expect(textOf(await sees('jon', 'invites you'))).toContain('“Glad to *have* you, <!channel>!”');
});

test('the form offers an Admin only what they may give, and starts with the role that was typed', async () => {
  const { slack } = world;
  const admins = await opens(world, 'adam', 'Invite people', () => slack.command('adam', 'invite'));
  expect(rolesOffered(admins)).toEqual(['User', 'Billing Manager']);
  await slack.closeModal('adam');
  const typed = 'invite as billing manager';
  const modal = await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', typed));
  expect(chosenRole(modal)).toBe('billing-manager');
  await slack.closeModal('olivia');
});

test('what is no address is refused beside its field, and what was typed stays', async () => {
  const { slack, told } = world;
  await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
  await slack.submit('olivia', { addresses: 'just words', personalLine: 'Hello' });
  const modal = slack.screen('olivia').modal;
  expect(modal?.errors).toEqual({ addresses: 'There is no e-mail address in this. Example: ana@acme.com' });
  expect(JSON.stringify(modal?.state.values)).toMatch(/just words.*Hello/);
  await told('olivia', 'Invite 1 person', () => slack.submit('olivia', { addresses: 'kim@acme.test' }));
  await slack.until(() => !slack.screen('olivia').modal, 'the form is closed');
});

test('Cancel sends nothing', async () => {
  const { slack, told, db } = world;
  const review = await told('olivia', 'Invite 1', () => slack.command('olivia', 'invite cleo@acme.test'));
  const before = await readState(db);
  const cancelled = await told('olivia', 'Nothing was sent.', () => slack.press('olivia', review, 'Cancel'));
  expect(textOf(cancelled)).toBe('Nothing was sent.');
  expect(cancelled.ts).toBe(review.ts);
  expect(await readState(db)).toBe(before);
});

test('Send pressed five times at once sends once and answers the same', async () => {
  const { slack, told, db, messages } = world;
  const review = await told('olivia', 'Invite 1', () => slack.command('olivia', 'invite lea@acme.test'));
  const answered = slack.calls.length;
  await Promise.all(Array.from({ length: 5 }, () => slack.press('olivia', review, 'Send 1 invitation')));
  const answers = () => slack.calls.slice(answered).filter(({ method }) => method === 'response_url');
  await slack.until(() => answers().length === 5, 'every press is answered');
  expect(new Set(answers().map(({ body }) => JSON.stringify(body.blocks))).size).toBe(1);
  expect(answers()[0]?.body.text).toBe('Invited 1 person to Payments.');
  await world.sees('lea', 'invites you');
  await everythingSaid(db);
  expect(messages('lea')).toHaveLength(1);
  expect((await invited()).filter((row) => row.startsWith('lea@'))).toHaveLength(1);
});

test('an answer whose address has run out comes as a direct message', async () => {
  const { slack, told } = world;
  const review = await told('olivia', 'Invite 1', () => slack.command('olivia', 'invite ben@gmail.com'));
  expect(review.ephemeral).toBe(true);
  const dm = await told('olivia', 'Invited 1 person', async () => {
    slack.fail('response_url', { status: 500 });
    await slack.press('olivia', review, 'Send 1 invitation');
  });
  expect(dm.ephemeral).toBeUndefined();
  expect(dm.ts).not.toBe(review.ts);
});

interface WithRole {
  blocks: { type: string }[];
  state: { values: Record<string, Record<string, StateValue>> };
}

function rolesOffered({ blocks }: WithRole): string[] {
  const options = JSON.stringify(blocks).match(/"options":(\[.*?\}\])/)?.[1] ?? '[]';
  return (JSON.parse(options) as { text: { text: string } }[]).map(({ text }) => text.text);
}

function chosenRole({ state }: WithRole): string | undefined {
  return Object.values(state.values.role ?? {})[0]?.selected_option?.value;
}

test.each([
  ['olivia', 'zed@acme.test as owner', 'Nobody is invited as “owner”.', 'as User, Billing Manager or Admin'],
  ['adam', 'zed@acme.test as an overseer', 'Nobody is invited as “overseer”.', 'as User or Billing Manager'],
])('when %s types "invite %s", nothing is guessed', async (who, words, text, roles) => {
  const { slack, told } = world;
  const refusal = await told(who, text, () => slack.command(who, `invite ${words}`));
  expect(textOf(refusal)).toContain(`You can invite people ${roles}.`);
});
