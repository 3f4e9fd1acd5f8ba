import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MemberId, newId } from '../../../db/id.ts';
import { createPeopledWorld, type PeopledWorld } from '../../commands/peopled-world.ts';
import { createWorld, type TestWorld } from '../../world.ts';
import { pressForged } from './forge.ts';
import { everythingSaid, readState } from './state.ts';

let world: PeopledWorld;
let elsewhere: TestWorld;
const ids: Record<string, MemberId> = {};

beforeAll(async () => {
  world = await createPeopledWorld();
  const people = [{ name: 'olga', realName: 'Olga Orlova', email: 'olga@other.test', isAdmin: true }];
  elsewhere = await createWorld({ env: { DATABASE_URL: world.usher.databaseUrl }, parts: ['web'], people });
  const { slack, sees } = elsewhere;
  await slack.command('olga', '');
  await slack.press('olga', await sees('olga', 'not set up'), 'Set up usher');
  await slack.until(() => slack.screen('olga').modal, 'the form opens');
  await slack.submit('olga', { organization: 'Other' });
  await sees('olga', 'Other is set up');
  const review = await world.asks('olivia', 'remove anas@acme.test', 'Remove Ana Silva?');
  await world.presses('olivia', review, 'Remove', 'Removed 1 person.');
  await everythingSaid(world.db);
  const members = ['olivia@acme.test', 'adam@acme.test', 'mia@acme.test', 'ana@acme.test', 'anas@acme.test'];
  for (const email of [...members, 'olga@other.test'])
    ids[email.split('@')[0] ?? ''] = await world.idOf(email);
});
afterAll(async () => {
  await elsewhere?.stop();
  await world?.stop();
});

async function pressChangesNothing(who: string, value: unknown, words: string): Promise<void> {
  const before = await readState(world.db);
  await world.told(who, words, () => pressForged(world, who, value));
  await everythingSaid(world.db);
  expect(await readState(world.db)).toBe(before);
  expect(world.slack.screen(who).modal).toBeUndefined();
}

const onSomebody: [name: string, value: (memberId: string) => object, right: string][] = [
  ['card', (memberId) => ({ do: 'card', memberId }), 'see other members'],
  ['role', (memberId) => ({ do: 'role', memberId }), 'see other members'],
  [
    'role.review',
    (memberId) => ({ do: 'role.review', memberId, role: 'user' }),
    'change the roles of others',
  ],
  ['remove', (memberId) => ({ do: 'remove', memberId }), 'remove people'],
  ['invite.back', (memberId) => ({ do: 'invite.back', memberId }), 'see other members'],
  [
    'account.review',
    (memberId) => ({ do: 'account.review', memberId, accountRole: 'account-admin' }),
    'give or take the role Account Admin',
  ],
  ['transfer', (memberId) => ({ do: 'transfer', memberId }), 'hand over the ownership'],
];

test.each(onSomebody)(
  'a User or Billing Manager who presses %s for another is told the rule',
  async (_, value, right) => {
    for (const [who, whom] of [
      ['mia', 'adam'],
      ['bill', 'ana'],
      ['mia', 'olivia'],
    ] as const) {
      await pressChangesNothing(who, value(ids[whom] ?? ''), `does not let you ${right}`);
    }
  },
);

test.each(onSomebody)('whoever is no member, or none any more, gets nowhere with %s', async (_, value) => {
  await pressChangesNothing('cleo', value(ids.mia ?? ''), 'You are not a member of Payments yet');
  await pressChangesNothing('anas', value(ids.mia ?? ''), 'Your access to Payments has ended');
});

test.each(onSomebody)('somebody of another account does not exist for %s', async (_, value) => {
  await pressChangesNothing('olivia', value(ids.olga ?? ''), 'There is no such person');
  await pressChangesNothing('olivia', value(newId('mem')), 'There is no such person');
});

test.each<[who: string, value: () => object, words: string]>([
  ['adam', () => ({ do: 'role.review', memberId: ids.mia, role: 'admin' }), 'make somebody Admin or take'],
  ['adam', () => ({ do: 'role.review', memberId: ids.adam, role: 'user' }), 'make somebody Admin or take'],
  ['adam', () => ({ do: 'role.review', memberId: ids.olivia, role: 'user' }), 'is the Owner of Payments'],
  ['adam', () => ({ do: 'remove', memberId: ids.olivia }), 'is the Owner of Payments'],
  ['adam', () => ({ do: 'remove', memberId: ids.adam }), 'Nobody removes themselves'],
  ['adam', () => ({ do: 'transfer', memberId: ids.adam }), 'does not let you hand over the ownership'],
  ['adam', () => ({ do: 'transfer' }), 'does not let you hand over the ownership'],
  ['adam', () => ({ do: 'account' }), 'does not let you give or take'],
  ['adam', () => ({ do: 'role.review', memberId: ids.anas, role: 'user' }), 'not an active member'],
  ['adam', () => ({ do: 'invite.back', memberId: ids.mia }), 'is an active member of Payments'],
  ['mia', () => ({ do: 'removed' }), 'does not let you see other members'],
  ['olivia', () => ({ do: 'leave' }), 'You are the Owner of Payments'],
  [
    'olivia',
    () => ({ do: 'account.review', memberId: ids.olivia, accountRole: 'user' }),
    'the last Account Admin',
  ],
  ['olivia', () => ({ do: 'role.review', memberId: ids.mia, role: 'owner' }), 'does not work any more'],
  [
    'olivia',
    () => ({ do: 'role.review', memberId: ids.mia, role: 'account-admin' }),
    'does not work any more',
  ],
  [
    'olivia',
    () => ({ do: 'account.review', memberId: ids.mia, accountRole: 'owner' }),
    'does not work any more',
  ],
  ['olivia', () => ({ do: 'card', memberId: "mem_' or 1=1" }), 'does not work any more'],
])('%s who forges a button is refused in words', (who, value, words) =>
  pressChangesNothing(who, value(), words),
);

test('a form that hands the ownership over does so for the Owner alone, and to a member alone', async () => {
  const { slack, told, db } = world;
  await slack.command('olivia', 'transfer adam');
  await slack.until(() => slack.screen('olivia').modal, 'the form opens');
  await told('olivia', 'That is not the e-mail', () => slack.submit('olivia', { email: 'mia@acme.test' }));
  const sent = new URLSearchParams(slack.lastRequest.body);
  const before = await readState(db);
  const forge = async (who: string, edit: (payload: string) => string, words: string) => {
    const { id, name } = slack.person(who);
    const payload = JSON.parse(edit(sent.get('payload') ?? '{}'));
    const body = new URLSearchParams({
      payload: JSON.stringify({ ...payload, user: { id, name, team_id: slack.teamId } }),
    });
    // The answer goes where the form was opened.
    await told('olivia', words, () => slack.send({ body: body.toString() }));
    expect(await readState(db)).toBe(before);
  };
  const typed = (email: string) => (payload: string) => payload.replaceAll('mia@acme.test', email);
  await forge('adam', typed('adam@acme.test'), 'does not let you hand over the ownership');
  await forge('mia', typed('adam@acme.test'), 'does not let you hand over the ownership');
  const toOlga = (payload: string) =>
    typed('olga@other.test')(payload).replaceAll(ids.adam ?? '', ids.olga ?? '');
  await forge('olivia', toOlga, 'There is no such person');
  const toNobody = (payload: string) => typed('adam@acme.test')(payload).replaceAll(ids.adam ?? '', 'nobody');
  await forge('olivia', toNobody, 'There is no such person');
});

test('what somebody has prepared is theirs alone, and for that alone', async () => {
  const { asks, db } = world;
  await asks('olivia', 'role mia admin', 'Make Mia Chen Admin?');
  await asks('olivia', 'remove mia', 'Remove Mia Chen?');
  await asks('olivia', 'account give mia', 'Make Mia Chen Account Admin?');
  const drafts = await db.execute<{ id: string; kind: string }>(sql`
    select d.id, k.kind from draft d join member m on m.id = d.member_id, jsonb_object_keys(d.input) as k (kind)
    where m.email = 'olivia@acme.test' order by d.id desc`);
  const draftOf = (kind: string) => drafts.find((draft) => draft.kind === kind)?.id;
  const confirms = ['role.confirm', 'remove.confirm', 'account.confirm', 'leave.confirm', 'invite.send'];
  const kinds = ['changeRoles', 'remove', 'changeAccountRoles'];
  for (const [at, kind] of kinds.entries()) {
    const draftId = draftOf(kind);
    const right = ['role.confirm', 'remove.confirm', 'account.confirm'][at];
    for (const action of confirms) {
      await pressChangesNothing('adam', { do: action, draftId }, 'too old, or not yours');
      if (action !== right)
        await pressChangesNothing('olivia', { do: action, draftId }, 'too old, or not yours');
    }
    const choose = { do: 'choose-person', draftId, place: 0, memberId: ids.mia };
    await pressChangesNothing('olivia', choose, 'too old, or not yours');
  }
});

test('a choice between people goes no further than the right of who makes it', async () => {
  const { asks, db } = world;
  await db.execute(sql`update member set full_name = 'Mia Ruiz' where email = 'mia@acme.test'`);
  await asks('adam', 'remove ruiz', 'Whom do you mean');
  const [draft] = await db.execute<{ id: string }>(sql`select id from draft order by id desc limit 1`);
  const choose = (memberId: string | undefined) => ({
    do: 'choose-person',
    draftId: draft?.id,
    place: 0,
    memberId,
  });
  await pressChangesNothing('adam', choose(ids.olga), 'Nobody in Payments was found for “ruiz”');
  await pressChangesNothing('adam', choose(ids.olivia), 'is the Owner of Payments');
  await pressChangesNothing('mia', choose(ids.ana), 'too old, or not yours');
});
