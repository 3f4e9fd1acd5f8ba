import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type OrganizationId } from '../../db/id.ts';
import type { Shown } from '../../sandbox/slack/types.ts';
import { pressForged } from '../adapters/slack/forge.ts';
import { textOf } from '../world.ts';
import { opens } from './forms.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
beforeAll(async () => {
  world = await createPeopledWorld();
  await addOrganization('Risk', 'rita', ['Ruth Ruiz', 'Bill Ing']);
  await addOrganization('Sales in Berlin', 'sam', []);
});
afterAll(() => world?.stop());

/** In one transaction, because an organization and its Owner point at each other. */
async function addOrganization(name: string, owner: string, members: string[]): Promise<void> {
  const id = newId('org');
  await world.db.transaction(async (tx) => {
    const [account] = await tx.execute<{ id: string }>(sql`select id from account`);
    const people = [owner, ...members].map((fullName) => ({ id: newId('mem'), fullName }));
    await tx.execute(sql`insert into organization (id, account_id, name, owner_member_id)
      values (${id}, ${account?.id}, ${name}, ${people[0]?.id})`);
    for (const one of people) {
      const email = `${one.fullName.toLowerCase().replace(' ', '.')}@${owner}.test`;
      await tx.execute(sql`insert into member (id, account_id, organization_id, email, full_name, role)
        values (${one.id}, ${account?.id}, ${id}, ${email}, ${one.fullName}, 'admin')`);
    }
  });
}

const idOf = async (name: string) => {
  const [row] = await world.db.execute<{ id: OrganizationId }>(
    sql`select id from organization where name = ${name}`,
  );
  return row?.id;
};

const invited = async (email: string) => {
  const rows = await world.db.execute<{ name: string }>(sql`
    select o.name from invitation i join organization o on o.id = i.organization_id
    where i.email = ${email} and i.status = 'pending'`);
  return rows.map(({ name }) => name);
};

test('an Account Admin names another organization at the end of any list, in any case of letters and in quotes', async () => {
  const { asks } = world;
  expect(textOf(await asks('olivia', 'members ruiz in risk', 'Members of Risk'))).toContain('Ruth Ruiz');
  expect(textOf(await asks('olivia', 'members in “Risk”', 'Members of Risk'))).toContain('Bill Ing');
  await asks('olivia', 'members in Sales in Berlin', 'Members of Sales in Berlin');
  await asks('olivia', 'pending in "sales IN berlin"', 'No pending invitations to Sales in Berlin');
  await asks('olivia', 'removed in Risk', 'Nobody removed from Risk');
  await asks('olivia', 'licenses in Risk', 'Licences of Risk');
  await asks('olivia', 'members ana in Payments', 'Members of Payments');
});

test('the buttons of such a list go on in that organization', async () => {
  const { asks, presses } = world;
  const list = await asks('olivia', 'members ruiz in risk', 'Members of Risk matching');
  const all = await presses('olivia', list, 'Show all', 'Bill Ing');
  expect(textOf(all)).toContain('Members of Risk');
  const form = await opens(world, 'olivia', 'Invite people', () =>
    world.slack.press('olivia', all, 'Invite people'),
  );
  expect(JSON.stringify(form.blocks)).toContain(
    `"initial_option":{"text":{"type":"plain_text","text":"Risk"`,
  );
  await world.slack.closeModal('olivia');
});

test('a list of another organization is filtered there, or where the form says', async () => {
  const { asks, slack, told } = world;
  const filter = async (list: Shown, answers: Record<string, string>, text: string) => {
    await opens(world, 'olivia', 'Filter the list', () => slack.press('olivia', list, 'Filter…'));
    return told('olivia', text, () => slack.submit('olivia', answers));
  };
  const members = await asks('olivia', 'members in Risk', 'Members of Risk');
  const ruth = await filter(members, { 'Name or e-mail': 'ruth' }, 'Members of Risk matching');
  expect(textOf(ruth)).toContain('Ruth Ruiz');
  await filter(ruth, { Organization: 'Payments', 'Name or e-mail': '' }, 'Members of Payments');
  const removed = await asks('olivia', 'removed in Risk', 'Nobody removed from Risk');
  await filter(removed, { 'Name or e-mail': 'ruth' }, 'Nobody removed from Risk matching');
});

async function send(review: Shown): Promise<Shown> {
  return world.presses('olivia', review, 'Send 1 invitation', 'Invited 1 person to Risk');
}

test('inviting names the organization after the role or before it, and everything that follows is there', async () => {
  const { asks, presses } = world;
  const review = await asks('olivia', 'invite new@acme.test in Risk as admin', 'Invite 1 person to Risk?');
  expect(textOf(review)).toContain('They join as Admin');
  const sent = await send(review);
  expect(await invited('new@acme.test')).toEqual(['Risk']);
  const pending = await presses('olivia', sent, 'See pending', 'Pending invitations to Risk');
  const again = await presses('olivia', pending, 'Resend', 'Sent again to new@acme.test');
  expect(textOf(again)).toContain('Pending invitations to Risk');
  await send(await asks('olivia', 'invite other@acme.test as user in Risk', 'Invite 1 person to Risk?'));
  expect(await invited('other@acme.test')).toEqual(['Risk']);
});

test('what is told of those invitations, and taking them back, leads on to the same list', async () => {
  const { asks, presses, sees } = world;
  const report = await sees('olivia', 'Could not be reached: new@acme.test');
  const pending = await presses('olivia', report, 'See pending', 'Pending invitations to Risk');
  const form = await opens(world, 'olivia', 'Choose several', () =>
    world.slack.press('olivia', pending, 'Select…'),
  );
  expect(JSON.stringify(form.blocks)).toContain('"text":"Risk"');
  await world.slack.closeModal('olivia');
  const one = await asks('olivia', 'pending other in Risk', 'matching “other”');
  const sure = await presses('olivia', one, 'Revoke', 'Revoke this invitation?');
  const revoked = await presses('olivia', sure, 'Revoke', 'Revoked 1 invitation');
  await presses('olivia', revoked, 'See pending', 'Pending invitations to Risk');
});

test('the form offers the organizations, and sends where was chosen', async () => {
  const { slack, told } = world;
  await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
  const review = await told('olivia', 'Invite 1 person to Risk?', async () =>
    slack.submit('olivia', { addresses: 'form@acme.test', in: (await idOf('Risk')) ?? '' }),
  );
  await send(review);
  expect(await invited('form@acme.test')).toEqual(['Risk']);
  const form = await opens(world, 'adam', 'Invite people', () => slack.command('adam', 'invite'));
  expect(JSON.stringify(form.blocks)).not.toContain('Organization');
  await slack.closeModal('adam');
});

test('a person of another organization is not invited: joining moves nobody', async () => {
  const review = await world.asks('olivia', 'invite adam@acme.test in Risk', 'nobody new to invite to Risk');
  expect(textOf(review)).toContain(
    'belongs to Payments: joining moves nobody; an Account Admin can move them',
  );
  const form = await opens(world, 'olivia', 'Move people', () =>
    world.slack.press('olivia', review, 'Move…'),
  );
  expect(JSON.stringify(form.blocks)).toMatch(/"initial_value":"adam@acme.test".*"text":"Risk"/);
  await world.slack.closeModal('olivia');
});

test('people are looked for in the organization that is named, also after one of several was chosen', async () => {
  const { asks, presses } = world;
  await asks('olivia', 'who bill in Risk', 'Organization: Risk');
  expect(textOf(await asks('olivia', 'who adam in Risk', 'Nobody in Risk was found'))).toContain('adam');
  const choice = await asks('olivia', 'remove r, bill in Risk', 'Whom do you mean');
  const preview = await presses('olivia', choice, 'Ruth Ruiz', 'Remove 2 people?');
  expect(textOf(preview)).not.toContain('of Payments');
  const role = await asks('olivia', 'role ruth user in Risk', 'Make Ruth Ruiz User of Risk?');
  await presses('olivia', role, 'Change role', 'Changed 1 role.');
});

test('everybody else may name their own organization, and is told who may act in another', async () => {
  const { asks } = world;
  await asks('adam', 'members in payments', 'Members of Payments');
  const refused = await asks(
    'adam',
    'members in Risk',
    'Your role in Payments does not let you see other members in Risk.',
  );
  expect(textOf(refused)).toContain('can do it');
  await asks('adam', 'invite x@acme.test in Risk', 'does not let you invite people in Risk');
  await asks('mia', 'licenses in Risk', 'does not let you see who has licences in Risk');
});

test('a word “in” stays part of what is looked for when no organization is called that, and the answer says so', async () => {
  const { asks } = world;
  const list = await asks('olivia', 'members ruiz in finance', 'matching “ruiz in finance”');
  expect(textOf(list)).toContain('usher took “in finance” as part of what you typed');
  const near = await asks('olivia', 'members in Riks', 'matching “in Riks”');
  expect(textOf(near)).toContain('There is no organization called “Riks”. Did you mean Risk?');
  // What an Account Admin is told of other organizations is not for everybody.
  expect(textOf(await asks('adam', 'members in Riks', 'matching “in Riks”'))).not.toContain('Risk');
  expect(textOf(await asks('olivia', 'who lee in ho', 'Nobody'))).toContain('usher took “in ho”');
});

test('an invitation goes nowhere when its organization is mistyped', async () => {
  const { asks } = world;
  const refused = await asks(
    'olivia',
    'invite lost@acme.test in Riks',
    'There is no organization called “Riks”',
  );
  expect(textOf(refused)).toContain('Did you mean Risk?');
  expect(await invited('lost@acme.test')).toEqual([]);
});

test('a button that was forged for another organization gives no rights there', async () => {
  const { told } = world;
  for (const [act, text] of [
    [{ do: 'members' }, 'see other members in Risk'],
    [{ do: 'invite' }, 'invite people in Risk'],
  ] as const) {
    const value = { ...act, in: await idOf('Risk') };
    await told('adam', text, () => pressForged(world, 'adam', value));
  }
  const nowhere = { do: 'members', in: newId('org') };
  await told('olivia', 'There is no such organization.', () => pressForged(world, 'olivia', nowhere));
});

test('leaving and handing over are always about the own organization', async () => {
  const { asks } = world;
  await asks('mia', 'leave in Risk', 'Leave Payments?');
  await asks('olivia', 'transfer ana@acme.test in Risk', 'Nobody');
});
