import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import type { Seen } from '../../sandbox/chat.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { createWorld, type TestWorld, textOf } from '../world.ts';

/** One word of each sentence that tells somebody what others made of them. */
const notice = /changed your role|made you Account Admin|took the role|handed the ownership|has removed you/;

describe.each(['slack', 'teams'] as const)('in %s', async (platform) => {
  const world = (await createWorld({ in: platform })) as unknown as TestWorld<Seen>;
  const { chat, told, sees, db } = world;
  await world.setUp();
  for (const words of ['adam@acme.test as admin', 'mia@acme.test', 'ana@acme.test', 'ben@gmail.com']) {
    await world.invite('olivia', words);
    await world.join(words.split('@')[0] ?? '');
  }
  afterAll(() => world.stop());

  async function confirm(who: string, words: string, label: RegExp, done: string): Promise<void> {
    const review = await told(who, '?', () => chat.command(who, words));
    const button = label.exec(textOf(review))?.[1] ?? 'Change';
    await told(who, done, () => chat.press(who, review, button));
    await everythingSaid(db);
  }
  const noticesOf = (who: string) =>
    world
      .messages(who)
      .map(textOf)
      .filter((text) => notice.test(text));

  test('whose role was changed is told by whom and what it means, and the one who did it is not', async () => {
    await confirm('adam', 'role mia billing manager', /\[(Change[^\]]*)\]/, 'Changed');
    const text = textOf(await sees('mia', 'changed your role'));
    expect(text).toContain('Adam Berg changed your role in Payments from User to Billing Manager.');
    expect(text).toContain('You look after its licences');
    expect(text).not.toMatch(/mem_|org_/);
    expect(noticesOf('adam')).toEqual([]);
  });

  test('changes that wait become one message, and one that was taken back is no news', async () => {
    const [mia] = await db.execute<{ id: string }>(sql`select id from member where email = 'mia@acme.test'`);
    await db.execute(sql`
      insert into outbox (topic, kind, due_at) values (${mia?.id}, 'change', now() + interval '1 hour')`);
    const before = noticesOf('mia').length;
    await confirm('olivia', 'role mia admin', /\[(Change[^\]]*)\]/, 'Changed');
    await confirm('olivia', 'role mia user', /\[(Change[^\]]*)\]/, 'Changed');
    await confirm('olivia', 'account give mia', /\[(Make[^\]]*|Give[^\]]*|Change[^\]]*)\]/, 'Account Admin');
    expect(noticesOf('mia').length).toBe(before);
    await db.execute(sql`update outbox set due_at = now() where kind = 'change'`);
    const text = textOf(await sees('mia', 'made you Account Admin'));
    expect(text).toContain('from Billing Manager to User');
    await everythingSaid(db);
    expect(noticesOf('mia').length).toBe(before + 1);
  });

  test('who is moved is told where to and as what, and so is the Owner of a new organization', async () => {
    await confirm('olivia', 'org create Risk owned by ben', /\[(Create)\]/, 'Risk is there');
    await sees('ben', 'Olivia Okafor created Risk, and you are its Owner.');
    await confirm('olivia', 'org move ana to Risk', /\[(Move)\]/, 'Moved');
    await sees('ana', 'Olivia Okafor moved you to Risk, where you are User.');
    await confirm('olivia', 'org move ana to Payments', /\[(Move)\]/, 'Moved');
    await sees('ana', 'moved you to Payments, where you are User.');
  });

  test('who was removed gets a goodbye that names whom to ask; who left gets none', async () => {
    await confirm('adam', 'remove ana', /\[(Remove[^\]]*)\]/, 'Removed');
    const text = textOf(await sees('ana', 'has removed you from Payments'));
    expect(text).toContain('Adam Berg has removed you from Payments.');
    expect(text).toContain('ask Olivia Okafor or Adam Berg');
    await confirm('olivia', 'account take mia', /\[(Take[^\]]*|Change[^\]]*)\]/, 'Account Admin');
    await sees('mia', 'took the role Account Admin');
    await confirm('mia', 'leave', /\[(Leave[^\]]*)\]/, 'You have left');
    expect(noticesOf('mia').filter((one) => one.includes('removed'))).toEqual([]);
  });

  test('the new Owner is told by whom', async () => {
    await chat.command('olivia', 'transfer adam');
    if (platform === 'teams') {
      await chat.press('olivia', await sees('olivia', '[Hand over ownership]'), 'Hand over ownership');
    }
    await chat.until(() => chat.hasModal('olivia'), 'the form opens');
    await chat.submit('olivia', { email: 'adam@acme.test' });
    const text = textOf(await sees('adam', 'handed the ownership'));
    expect(text).toContain('Olivia Okafor handed the ownership of Payments over to you');
    await everythingSaid(db);
    expect(noticesOf('olivia')).toEqual([]);
  });

  test('a goodbye that has waited until they were back is not said any more', async () => {
    const [row] = await db.execute<{ id: number }>(sql`
      insert into outbox (topic, kind) select id, 'goodbye' from member where email = 'adam@acme.test'
      returning id::int`);
    await everythingSaid(db);
    const [closed] = await db.execute<{ status: string }>(
      sql`select status from outbox where id = ${row?.id ?? 0}`,
    );
    expect(closed?.status).toBe('dropped');
  });
});
