import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
beforeAll(async () => {
  world = await createPeopledWorld();
});
afterAll(() => world?.stop());

test('the preview says who changes from what to what and who does not and why; then it is done, once', async () => {
  const { asks, slack, standings, db } = world;
  const before = await standings();
  const words = 'role mia, bill@acme.test, @adam, Olivia Okafor, zzz billing manager';
  const preview = await asks('adam', words, 'Make Mia Chen Billing Manager?');
  const text = textOf(preview);
  expect(text).toContain('Mia Chen\nmia@acme.test · User → Billing Manager');
  expect(text).toContain('bill@acme.test · is Billing Manager already');
  expect(text).toContain('adam@acme.test · stays Admin: only the Owner or an Account Admin may do this');
  expect(text).toContain('olivia@acme.test · stays Owner: the Owner hands over the ownership first');
  expect(text).toContain('Nobody was found for “zzz”.');
  expect(buttonsOf(preview)).toEqual(['Change role', 'Keep it as it is']);
  expect(await standings()).toEqual(before);
  const answered = slack.calls.length;
  await Promise.all([1, 2].map(() => slack.press('adam', preview, 'Change role')));
  const answers = () => slack.calls.slice(answered).filter(({ method }) => method === 'response_url');
  await slack.until(() => answers().length === 2, 'both presses are answered');
  expect(new Set(answers().map(({ body }) => JSON.stringify(body.blocks))).size).toBe(1);
  expect(await standings()).toEqual({ ...before, mia: 'billing-manager' });
  const audited = await db.execute(sql`
    select data ->> 'from' as from, data ->> 'to' as to from audit_event
    where action = 'member.role-changed' and refusal is null`);
  expect([...audited]).toEqual([{ from: 'user', to: 'billing-manager' }]);
});

test('a name that fits several gives a choice, and one that fits nobody is said so', async () => {
  const { asks, presses, standings, slack } = world;
  const choice = await asks('olivia', 'role mia, ana to admin', 'Whom do you mean by “ana”?');
  expect(textOf(choice)).toContain('Ana Ruiz\nana@acme.test · User of Payments');
  expect(textOf(choice)).toContain('Ana Silva\nanas@acme.test · User of Payments');
  expect(buttonsOf(choice)).toEqual(['Ana Ruiz', 'Ana Silva', 'None of them']);
  const preview = await presses('olivia', choice, 'Ana Ruiz', 'Make 2 people Admin?');
  expect(preview.ts).toBe(choice.ts);
  expect(textOf(preview)).not.toContain('Ana Silva');
  await presses('olivia', preview, 'Keep it as it is', 'Nothing was changed.');
  expect((await standings()).ana).toBe('user');
  const none = await asks('olivia', 'role zzz admin', 'Nobody was found for “zzz”.');
  expect(textOf(none)).toContain(
    '/usher members shows everybody, and /usher pending who has not joined yet.',
  );
  expect(slack.screen('olivia').modal).toBeUndefined();
});

test('a whole name is somebody even where others share a part of it', async () => {
  const { asks } = world;
  const preview = await asks('olivia', 'role ana ruiz as an admin', 'Make Ana Ruiz Admin?');
  expect(textOf(preview)).not.toContain('Silva');
});

test.each([
  [
    'mia',
    'role ana@acme.test admin',
    'does not let you change the roles of others',
    'Olivia Okafor or Adam Berg',
  ],
  ['adam', 'role mia admin', 'does not let you make somebody Admin', 'Olivia Okafor can do it.'],
  ['adam', 'role olivia user', 'is the Owner of Payments', 'has to hand the ownership over'],
  ['olivia', 'role me@acme.test user', 'was found for “me@acme.test”', '/usher members'],
  ['olivia', 'role olivia@acme.test user', 'You are the Owner of Payments', '/usher transfer'],
  ['adam', 'role mia owner', 'does not let you hand over the ownership', 'Olivia Okafor can do it.'],
])('%s who types "%s" is told the rule, and who can do it', async (who, words, rule, instead) => {
  const before = await world.standings();
  expect(textOf(await world.asks(who, words, rule))).toContain(instead);
  expect(await world.standings()).toEqual(before);
});

test('the form offers each the roles they may give, Owner to the Owner alone', async () => {
  const { slack, told } = world;
  const offered = async (who: string) => {
    const form = await opens(world, who, 'Change role', () => slack.command(who, 'role'));
    return [...JSON.stringify(form.blocks).matchAll(/"value":"([\w-]+)"/g)].map(([, value]) => value);
  };
  expect(await offered('adam')).toEqual(['user', 'billing-manager']);
  await slack.closeModal('adam');
  expect(await offered('olivia')).toEqual(['user', 'billing-manager', 'admin', 'owner']);
  const preview = await told('olivia', 'Make Ana Ruiz Admin?', () =>
    slack.submit('olivia', { people: 'Ana Ruiz', role: 'Admin' }),
  );
  expect(buttonsOf(preview)).toEqual(['Change role', 'Keep it as it is']);
});

test('Owner, chosen by the Owner, leads to handing over', async () => {
  const { slack } = world;
  await opens(world, 'olivia', 'Hand over ownership', () => slack.command('olivia', 'role adam owner'));
  await slack.closeModal('olivia');
});

test('a role confirmed after the actor lost theirs is refused', async () => {
  const { asks, presses, standings, db } = world;
  const preview = await asks('adam', 'role anas billing manager', 'Make Ana Silva Billing Manager?');
  await db.execute(sql`update member set role = 'user' where email = 'adam@acme.test'`);
  await presses('adam', preview, 'Change role', 'does not let you change the roles');
  await db.execute(sql`update member set role = 'admin' where email = 'adam@acme.test'`);
  expect((await standings()).anas).toBe('user');
});

test('Account Admins are listed, given and taken, and the last one keeps the role', async () => {
  const { asks, presses } = world;
  const list = await asks('olivia', 'account', 'Account Admins of Payments');
  expect(buttonsOf(list)).toEqual([]);
  const last = await asks('olivia', 'account take olivia', 'You are the last Account Admin');
  expect(textOf(last)).toContain('/usher account give');
  const give = await asks('olivia', 'account give @adam, mia', 'Make 2 people Account Admin?');
  await presses('olivia', give, 'Change 2 roles', 'Changed 2 roles.');
  const three = await asks('adam', 'account', 'Account Admins of Payments');
  expect(buttonsOf(three)).toEqual(['Take the role', 'Take the role', 'Take the role']);
  const all = await asks(
    'adam',
    'account take adam, mia, olivia',
    'Take the role Account Admin from 2 people?',
  );
  expect(textOf(all)).toContain('stays Account Admin: is the last Account Admin, and there is always one');
  await presses('adam', all, 'Change 2 roles', 'Changed 2 roles.');
  await asks('adam', 'account', 'does not let you give or take the role Account Admin');
  await asks('olivia', 'account give', 'Please say whom you mean.');
  await asks('olivia', 'account gvie mia', 'usher does not know “account gvie”.');
});
