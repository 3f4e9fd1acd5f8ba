import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { pressForged } from '../adapters/slack/forge.ts';
import { readState } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';

const answers = { lifetime: '7 days', reminders: 'One, when half of the time is over' };
const hours = { quietFrom: '18:00', quietUntil: '9:00' };

describe.each(['slack', 'teams'] as const)('settings in %s', async (platform) => {
  const world = await createWorld({ in: platform });
  const { chat, told } = world;
  await world.setUp();
  for (const words of ['adam@acme.test as admin', 'mia@acme.test']) {
    await world.invite('olivia', words);
    await world.join(words.split('@')[0] ?? '');
  }
  afterAll(() => world.stop());

  test('the card says them in words, and the form changes them', async () => {
    const card = await told('adam', 'Settings of Payments', () => chat.command('adam', 'settings'));
    expect(textOf(card)).toContain('A link is good for: 24 hours');
    expect(textOf(card)).toContain('Reminders: 12 hours and 3 hours before the end');
    expect(textOf(card)).toContain('no reminders from 21:00 until 8:00, where the invitee is');
    await chat.press('adam', card, 'Change…');
    await chat.until(() => chat.hasModal('adam'), 'the form opens');
    const saved = await told('adam', 'The settings of Payments are saved', () =>
      chat.submit('adam', { ...answers, ...hours }),
    );
    expect(textOf(saved)).toContain('A link is good for: 7 days');
    expect(textOf(saved)).toContain('Reminders: 84 hours before the end');
    expect(textOf(saved)).toContain('no reminders from 18:00 until 9:00');
  });

  test('the form opens with what is set, and the same hour twice is no quiet at all', async () => {
    const card = await told('olivia', 'Settings of Payments', () => chat.command('olivia', 'settings'));
    await chat.press('olivia', card, 'Change…');
    await chat.until(() => chat.hasModal('olivia'), 'the form opens');
    const saved = await told('olivia', 'are saved', () =>
      chat.submit('olivia', { reminders: 'None', quietUntil: '18:00' }),
    );
    expect(textOf(saved)).toContain('A link is good for: 7 days');
    expect(textOf(saved)).toContain('Reminders: none');
    expect(textOf(saved)).toContain('reminders go out at any time');
  });

  test('an Account Admin changes those of another organization, and no others', async () => {
    await addOrganization();
    const card = await told('olivia', 'Settings of Risk', () => chat.command('olivia', 'settings in Risk'));
    expect(textOf(card)).toContain('A link is good for: 24 hours');
    await chat.press('olivia', card, 'Change…');
    await chat.until(() => chat.hasModal('olivia'), 'the form opens');
    await told('olivia', 'The settings of Risk are saved', () =>
      chat.submit('olivia', { lifetime: '1 hour' }),
    );
    const rows = await world.db.execute(
      sql`select name, extract(epoch from link_lifetime)::int / 60 as minutes from organization order by name`,
    );
    expect([...rows]).toEqual([
      { name: 'Payments', minutes: 10_080 },
      { name: 'Risk', minutes: 60 },
    ]);
    await told('adam', 'does not let you', () => chat.command('adam', 'settings in Risk'));
  });

  /** A sister organization with an Owner of its own, behind usher's back. */
  async function addOrganization(): Promise<void> {
    await world.db.transaction(async (tx) => {
      await tx.execute(sql`
        insert into organization (id, account_id, name, owner_member_id)
        select 'org_' || md5('risk'), account_id, 'Risk', 'mem_' || md5('rita') from organization`);
      await tx.execute(sql`
        insert into member (id, account_id, organization_id, email, full_name, role)
        select owner_member_id, account_id, id, 'rita@acme.test', 'Rita', 'admin' from organization
        where name = 'Risk'`);
    });
  }

  test('words that are none of it are not taken for the settings', async () => {
    await told('olivia', 'usher does not know “settings chanel here”.', () =>
      chat.command('olivia', 'settings chanel here'),
    );
  });

  test('a plain member is told who can, also when they press the button of somebody else', async () => {
    const before = await readState(world.db);
    await told('mia', 'does not let you see or change its settings', () => chat.command('mia', 'settings'));
    if (platform === 'slack') {
      await told('mia', 'does not let you see or change its settings', () =>
        pressForged(world as TestWorld, 'mia', { do: 'settings.change' }),
      );
    }
    expect(await readState(world.db)).toBe(before);
  });
});
