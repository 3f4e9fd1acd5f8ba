import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../../sandbox/chat.ts';
import { everythingSaid } from '../adapters/slack/state.ts';
import { type TestWorld, textOf } from '../world.ts';
import { describeBackends, type TestBackend } from './backends.ts';
import { eventually } from './eventually.ts';

const room = { slack: 'payments', teams: 'General' } as const;

for (const platform of ['slack', 'teams'] as const) {
  describeBackends(`the channel of an organization in ${platform}`, (backend) => play(platform, backend));
}

function play(platform: 'slack' | 'teams', backend: TestBackend): void {
  let world: TestWorld<Seen>;

  const inRoom = (who: string) => {
    const { conversations } = (platform === 'slack' ? world.slack : world.teams).screen(who);
    const { messages = [] } = conversations.find(({ name }) => name === room[platform]) ?? {};
    return (messages as Seen[]).filter((message) => !('ephemeral' in message));
  };
  const textsIn = (who: string) => inRoom(who).map(textOf);
  const seesInRoom = (who: string, text: string) =>
    world.chat.until(
      () => inRoom(who).findLast((message) => textOf(message).includes(text)),
      `${who} sees "${text}" in the channel`,
    );
  const type = (who: string, words: string) =>
    platform === 'slack'
      ? world.slack.command(who, words, { channel: room.slack })
      : world.teams.command(who, words, { in: room.teams });
  /** What somebody alone is told because they press a button in the channel. */
  const press = async (who: string, on: Seen, label: string) => {
    const before = new Set(world.messages(who).map((message) => textOf(message)));
    await world.chat.press(who, on, label);
    return world.chat.until(
      () => world.messages(who).findLast((message) => !before.has(textOf(message))),
      `${who} gets an answer to ${label}`,
    );
  };
  /** As if half a minute had gone by since the channel was told last. */
  const later = () =>
    world.db.execute(sql`update posted_message set posted_at = posted_at - interval '1 minute'`);
  const clockLooks = () => world.db.execute(sql`update organization_channel set warn_at = now()`);

  beforeAll(async () => {
    world = (await backend.createWorld({ in: platform } as object)) as unknown as TestWorld<Seen>;
    await world.setUp();
    for (const words of ['adam@acme.test as admin', 'mia@acme.test']) {
      await world.invite('olivia', words);
      await world.join(words.split('@')[0] ?? '');
    }
    await world.told('adam', 'The channel is set.', () => type('adam', 'settings channel here'));
    await seesInRoom('mia', 'Payments tells its news here from now on.');
  });
  afterAll(() => world?.stop());

  test('who joins and who goes is told there to all, with masked addresses', async () => {
    await world.invite('olivia', 'ana@acme.test');
    await world.join('ana');
    const text = textOf(await seesInRoom('mia', 'joined Payments'));
    expect(text).toContain('Ana Ruiz (a•••@acme.test) joined Payments as User.');
    const before = textsIn('mia').length;
    await leave('ana');
    for (const name of ['ben@gmail.com', 'cleo@acme.test']) await world.invite('olivia', name);
    await world.join('ben');
    await world.join('cleo');
    await everythingSaid(world.db);
    expect(textsIn('mia').length).toBe(before);
    await later();
    await world.db.execute(sql`update outbox set due_at = now() where kind = 'news'`);
    const burst = textOf(await seesInRoom('mia', '2 people came to Payments, and 1 person went.'));
    expect(burst).toContain('Ana Ruiz (a•••@acme.test) left Payments.');
    expect(burst).toContain('Ben Ito (b•••@gmail.com) joined Payments as User.');
    expect(burst).not.toMatch(/(ana|ben|cleo)@/);
    await everythingSaid(world.db);
    const kept = await world.db.execute(sql`select 1 from channel_news`);
    expect(kept).toHaveLength(0);
  });

  async function leave(who: string): Promise<void> {
    const asked = await world.told(who, 'Leave Payments?', () => world.chat.command(who, 'leave'));
    await world.told(who, 'You have left', () => world.chat.press(who, asked, 'Leave'));
  }

  test('invitations about to run out come in one message; Resend works for whoever may, for them alone', async () => {
    await world.invite('olivia', 'dora@acme.test, eve@acme.test');
    await clockLooks();
    await everythingSaid(world.db);
    expect(textsIn('mia').join()).not.toContain('run out soon');
    await world.passTime(12.5);
    const message = await seesInRoom('mia', '2 invitations to Payments run out soon.');
    expect(textOf(message)).toContain('d•••@acme.test');
    expect(textOf(message)).not.toContain('dora@');
    const other = lineOnly(message, 0);
    expect(textOf(await press('mia', other, 'Resend'))).toContain('does not let you see and manage pending');
    expect(textOf(await press('adam', other, 'Resend'))).toMatch(/Sent again to (dora|eve)@acme\.test/);
    await world.chat.until(
      () => textOf(inRoom('mia').at(-1) as Seen).match(/\[Resend\]/g)?.length === 1,
      'the line of the one who was sent it again has no button any more',
    );
    const now = textOf(await seesInRoom('mia', 'run out soon'));
    expect(now).toContain('sent again');
    await clockLooks();
    await world.passTime(0.2);
    await everythingSaid(world.db);
    expect(textsIn('mia').filter((text) => text.includes('soon'))).toHaveLength(1);
  });

  /** The message with the buttons of one row alone, as labels are not unique. */
  function lineOnly(message: Seen, place: number): Seen {
    if ('blocks' in message) {
      const rows = message.blocks.filter(({ type }) => type === 'actions');
      return { ...message, blocks: rows.slice(place, place + 1) };
    }
    const [card] = message.cards;
    const body = (card?.body ?? []).filter((part) => (part as { type: string }).type === 'Container');
    return { ...message, cards: card ? [{ ...card, body: body.slice(place, place + 1) }] : [] };
  }

  test('seats that run out are told there too', async () => {
    await world.db.execute(sql`
      update license_pool p set total = 4, used = 0 from license_product d
      where d.id = p.product_id and d.name = 'KSE' and p.organization_id is null`);
    await world.told('olivia', 'KSE: assigned', () =>
      world.chat.command('olivia', 'license olivia, adam, mia, cleo KSE'),
    );
    const message = await seesInRoom('mia', 'All seats of KSE in the account are used.');
    expect(textOf(message)).toContain('[See licences]');
    await everythingSaid(world.db);
    const postings = await world.db.execute(sql`select 1 from posted_message where kind = 'channel-seats'`);
    expect(postings).toHaveLength(0);
  });

  test('the digest comes when it is due, once for a week, and its buttons answer whoever presses', async () => {
    await world.db.execute(sql`update organization_channel set digest_at = now() - interval '1 minute'`);
    const digest = await seesInRoom('mia', 'The week in Payments');
    const text = textOf(digest);
    expect(text).toMatch(/Joined: [4-6]\b/);
    expect(text).toContain('Left or removed: 1');
    expect(text).toContain('Waiting for an answer: 2');
    expect(text).toContain('Seats that get scarce: KSE in the account');
    expect(text).toContain('e•••@acme.test');
    const [next] = await world.db.execute<{ local: string; ahead: boolean }>(sql`
      select to_char(digest_at at time zone time_zone, 'Dy HH24:MI') as local, digest_at > now() as ahead
      from organization_channel`);
    expect(next).toEqual({ local: 'Mon 09:00', ahead: true });
    const seen = textsIn('ben');
    expect(textOf(await press('olivia', digest, 'Members'))).toMatch(/Members of Payments|answered you/);
    expect(textOf(await press('mia', digest, 'Members'))).toContain('does not let you see other members');
    expect(textsIn('ben')).toEqual(seen);
    await world.db.execute(sql`update organization_channel set digest_at = now() - interval '1 minute'`);
    await eventually('the clock has looked', async () => {
      const [row] = await world.db.execute(sql`select 1 from organization_channel where digest_at > now()`);
      return row;
    });
    await everythingSaid(world.db);
    expect(textsIn('mia').filter((one) => one.includes('The week in'))).toHaveLength(1);
  });

  test('turned off, nothing more is told there', async () => {
    await world.told('olivia', 'No more news in', () => world.chat.command('olivia', 'settings channel off'));
    const before = textsIn('mia');
    await leave('cleo');
    await everythingSaid(world.db);
    const kept = await world.db.execute(sql`select 1 from channel_news`);
    expect(kept).toHaveLength(0);
    expect(textsIn('mia')).toEqual(before);
    const changes = await world.db.execute<{ from: string | null; to: string | null }>(sql`
      select data -> 'from' ->> 'name' as from, data -> 'to' ->> 'name' as to from audit_event
      where action = 'organization.channel-changed' and refusal is null order by id`);
    const name = platform === 'slack' ? '#payments' : expect.any(String);
    expect([...changes]).toEqual([
      { from: null, to: name },
      { from: name, to: null },
    ]);
  });
}
