import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import type { Shown } from '../../sandbox/teams/types.ts';
import { pressForged } from '../adapters/slack/forge.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';
import { buttonsOf, opens } from './forms.ts';
import { createPeopledWorld, type PeopledWorld } from './peopled-world.ts';

let world: PeopledWorld;
beforeAll(async () => {
  world = await createPeopledWorld();
});
afterAll(() => world?.stop());

async function homes(): Promise<Record<string, string>> {
  const rows = await world.db.execute<{ name: string; home: string }>(sql`
    select split_part(m.email, '@', 1) as name, o.name || case when o.owner_member_id = m.id then ', owner'
      else ', ' || m.role end as home
    from member m join organization o on o.id = m.organization_id where m.status = 'active'`);
  return Object.fromEntries(rows.map(({ name, home }) => [name, home]));
}

describe('org, in Slack', () => {
  test('with one organization there is nowhere to move to, and cards do not offer it', async () => {
    const { asks, slack } = world;
    const list = await asks('olivia', 'org', 'Organizations of Payments');
    expect(textOf(list)).toContain('Owner: Olivia Okafor · 6 active members');
    expect(buttonsOf(list)).not.toContain('Move people…');
    await asks('olivia', 'org move mia to Risk', 'There is no organization called');
    await asks('olivia', 'org move mia', 'There is only one organization');
    expect(buttonsOf(await asks('olivia', 'who mia', 'mia@acme.test'))).not.toContain('Move…');
    await opens(world, 'olivia', 'Invite people', () => slack.command('olivia', 'invite'));
    expect(JSON.stringify(slack.screen('olivia').modal?.blocks)).not.toContain('"block_id":"in"');
    await slack.closeModal('olivia');
  });

  test('creates an organization once its Owner and what it means for them were looked at', async () => {
    const { asks, presses, slack, told } = world;
    await asks('olivia', 'org create Risk owned by olivia', 'You are the Owner of Payments');
    await opens(world, 'olivia', 'Create an organization', () => slack.command('olivia', 'org create Risk'));
    const review = await told('olivia', 'Create Risk, with Bill Ing as its Owner?', () =>
      slack.submit('olivia', { owner: 'bill@acme.test' }),
    );
    expect(textOf(review)).toContain(
      'Bill Ing moves there from Payments, and is no longer Billing Manager of it.',
    );
    expect((await homes()).bill).toBe('Payments, billing-manager');
    const made = await presses('olivia', review, 'Create', 'Risk is there, and Bill Ing is its Owner.');
    expect((await homes()).bill).toBe('Risk, owner');
    expect(buttonsOf(made)).toEqual(['Invite people', 'Move people…', 'All organizations']);
    await asks('olivia', 'org create RISK owned by mia', 'There is an organization called Risk already.');
    await asks('bill', 'members', 'Members of Risk');
  });

  test('moves people after saying what is freed and what stays', async () => {
    const { asks, presses } = world;
    const review = await asks('olivia', 'org move adam, ana ruiz, nobody to risk', 'Move 2 people to Risk?');
    expect(textOf(review)).toContain('Nobody was found for “nobody”.');
    expect(textOf(review)).toContain('adam@acme.test · Admin of Payments → User');
    expect(textOf(review)).toContain('the role they have now is not carried along');
    await presses('olivia', review, 'Move 2', 'Moved 2 people to Risk.');
    expect(await homes()).toMatchObject({ adam: 'Risk, user', ana: 'Risk, user' });
    const back = await asks('olivia', 'org move adam to Payments as admin', 'Move Adam Berg to Payments?');
    const result = await presses('olivia', back, 'Move', 'Moved 1 person to Payments.');
    await presses('olivia', result, 'Card', 'Organization: Payments');
    expect((await homes()).adam).toBe('Payments, admin');
  });

  test('the card leads to the form, and the form to the same review', async () => {
    const { asks, presses, slack, told } = world;
    const card = await asks('olivia', 'who mia', 'mia@acme.test');
    const form = await opens(world, 'olivia', 'Move people', () => slack.press('olivia', card, 'Move…'));
    expect(JSON.stringify(form.blocks)).toContain('"initial_value":"mia@acme.test"');
    const review = await told('olivia', 'Move Mia Chen to Risk?', () =>
      slack.submit('olivia', { to: 'Risk', role: 'Billing Manager' }),
    );
    await presses('olivia', review, 'Keep them there', 'Nothing was changed.');
    expect((await homes()).mia).toBe('Payments, user');
  });

  test('refuses with the rule whoever cannot be moved, and a name there is not with the nearest', async () => {
    const { asks } = world;
    await asks('olivia', 'org move olivia to Risk', 'You are the Owner of Payments');
    await asks('olivia', 'org move bill to Payments', 'Bill Ing is the Owner of Risk');
    await asks('olivia', 'org move ana ruiz to Risk', 'Ana Ruiz is a member of Risk already.');
    expect(textOf(await asks('olivia', 'org move mia to Rsk', 'no organization called “Rsk”'))).toContain(
      'Risk',
    );
    await asks('olivia', 'org mvoe mia to Risk', 'Did you mean org move?');
  });

  test('renames its own, another by name, and one whose button was pressed', async () => {
    const { asks, slack, told } = world;
    await asks('olivia', 'org rename Risk to Risk and Fraud', 'Risk is called Risk and Fraud now.');
    await asks('olivia', 'members in risk and fraud', 'Members of Risk and Fraud');
    await asks('olivia', 'org rename "Paying"', 'Payments is called Paying now.');
    const [risk] = await world.db.execute<{ id: string }>(
      sql`select id from organization where name = 'Risk and Fraud'`,
    );
    const form = await opens(world, 'olivia', 'Rename', () =>
      pressForged(world, 'olivia', { do: 'organization.rename', in: risk?.id }),
    );
    expect(JSON.stringify(form.blocks)).toMatch(/"initial_option":{"text":{[^}]*"text":"Risk and Fraud"/);
    await told('olivia', 'Risk and Fraud is called Risk now.', () =>
      slack.submit('olivia', { name: 'Risk' }),
    );
    await asks('olivia', 'org rename Payments', 'Paying is called Payments now.');
  });

  test('everybody else is told that an Account Admin can', async () => {
    const { asks, told } = world;
    expect(textOf(await asks('adam', 'org', 'does not let you create or rename'))).toContain('Olivia Okafor');
    await asks('adam', 'org create Sales', 'does not let you create or rename');
    await asks('bill', 'org move ana ruiz to Payments', 'does not let you move people between organizations');
    for (const act of [{ do: 'organizations' }, { do: 'move' }, { do: 'organization.rename' }]) {
      await told('adam', 'does not let you', () => pressForged(world, 'adam', act));
    }
    for (const act of ['move.confirm', 'organization.create.confirm']) {
      const forged = { do: act, draftId: newId('dra') };
      await told('adam', 'This review is too old, or not yours.', () => pressForged(world, 'adam', forged));
    }
  });
});

describe('org, in Teams', () => {
  let teams: TestWorld<Shown>;
  beforeAll(async () => {
    teams = await createWorld({ in: 'teams' });
    await teams.setUp();
    await teams.invite('olivia', 'mia@acme.test, ana@acme.test');
    for (const who of ['mia', 'ana']) await teams.join(who);
  });
  afterAll(() => teams?.stop());

  test('creates, moves and names an organization as in Slack', async () => {
    const { chat, told } = teams;
    const types = (words: string, text: string) => told('olivia', text, () => chat.command('olivia', words));
    const offer = await types('org create Risk', '[Create an organization]');
    await chat.press('olivia', offer, 'Create an organization');
    await chat.until(() => chat.hasModal('olivia'), 'the form opens');
    const review = await told('olivia', 'Create Risk, with Mia Chen as its Owner?', () =>
      chat.submit('olivia', { owner: 'mia' }),
    );
    await told('olivia', 'Risk is there', () => chat.press('olivia', review, 'Create'));
    const move = await types('org move ana to Risk', 'Move Ana Ruiz to Risk?');
    await told('olivia', 'Moved 1 person to Risk.', () => chat.press('olivia', move, 'Move'));
    expect(textOf(await types('members in Risk', 'Members of Risk'))).toContain('Ana Ruiz');
    await types('org', 'Owner: Mia Chen · 2 active members');
  });
});
