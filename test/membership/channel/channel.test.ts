import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { deliver } from '../../../src/jobs/deliver.ts';
import { claimDue } from '../../../src/jobs/outbox.ts';
import { setChannel } from '../../../src/membership/channel/set-channel.ts';
import {
  announceDigests,
  announceNews,
  forgetNotices,
  warnOfExpiry,
} from '../../../src/membership/channel/watch-channels.ts';
import { leaveOrganization } from '../../../src/membership/members/leave-organization.ts';
import type { Message } from '../../../src/messages/message.ts';
import { type Messenger, Undeliverable } from '../../../src/messages/messenger.ts';
import { addCrowd } from '../crowd.ts';
import { createPeople, letTimePass, type TestOrganization } from '../people.ts';

const people = await createPeople({ max: 10 });
afterAll(() => people.stop());

let payments: TestOrganization;
let posted: Message[];
let mayWrite = true;

const messenger: Messenger = {
  platform: 'slack',
  findPerson: async () => undefined,
  send: async () => Promise.reject(new Undeliverable('nobody is there')),
  async post(room, message, deliveryId) {
    if (!mayWrite) throw new Undeliverable('not in the channel');
    posted.push(message);
    return { ...room, messageId: deliveryId };
  },
  async update(_, message) {
    posted.push(message);
  },
  files: { upload: async () => ({}), show: async () => {} },
};

beforeEach(async () => {
  mayWrite = true;
  payments = await people.setUp();
  await people.sql`update outbox set status = 'dropped', closed_at = now() where status = 'waiting'`;
  await people.sql`delete from channel_news`;
  await people.sql`delete from organization_channel`;
  await setChannel(payments.owner.context, { channelId: 'C1', name: '#payments' });
  posted = [];
});

async function deliverAll(): Promise<void> {
  const report = (error: unknown) => {
    throw error;
  };
  const context = { db: people.db, messengers: [messenger], announce: () => {}, report };
  for (const { id } of await claimDue(people.db, 1000)) await deliver(context, id);
}

const news = () => people.sql`select 1 from channel_news`;
const notices = (kind: string) => people.sql`
  select week::text from channel_notice where kind = ${kind} and organization_id = ${payments.id}`;

test('a thousand who join at once are one message, and half a minute passes before the next', async () => {
  await addCrowd(people, payments, 'Crowd', 1000);
  await people.sql`
    insert into channel_news (organization_id, member_id, what)
    select organization_id, id, 'joined' from member where organization_id = ${payments.id} and full_name <> 'Olivia'`;
  const counts = await Promise.all([1, 2, 3].map(() => announceNews(people.db)));
  expect(Math.max(...counts)).toBe(1);
  await deliverAll();
  expect(posted.map(({ summary }) => summary)).toEqual(['1,000 people came to Payments.']);
  expect(posted[0]?.body?.at(-1)).toBe('And 985 more people.');
  expect(await news()).toHaveLength(0);
  const ana = await payments.add('Ana');
  expect(await announceNews(people.db)).toBe(1);
  await deliverAll();
  expect(posted).toHaveLength(1);
  const [waiting] = await people.sql`
    select extract(epoch from due_at - now())::int as seconds, note from outbox where kind = 'news' and status = 'waiting'`;
  expect(waiting?.note).toBe('told a moment ago');
  expect(waiting?.seconds).toBeGreaterThan(20);
  await leaveOrganization(ana.context);
  expect(await announceNews(people.db)).toBe(0);
  await people.sql`update outbox set due_at = now() where kind = 'news'`;
  await people.sql`update posted_message set posted_at = now() - interval '1 minute'`;
  await deliverAll();
  expect(posted.at(-1)?.summary).toBe('1 person came to Payments, and 1 person went.');
});

test('an organization without a channel leaves no news, and those of a channel that is gone are forgotten', async () => {
  await people.sql`delete from organization_channel`;
  await payments.add('Ana');
  expect(await news()).toHaveLength(0);
  await people.sql`
    insert into channel_news (organization_id, member_id, what) values (${payments.id}, ${payments.owner.id}, 'joined')`;
  expect(await announceNews(people.db)).toBe(0);
  expect(await news()).toHaveLength(0);
});

test('where usher may not write any more nothing piles up, and the settings say so until it may again', async () => {
  const silent = async () => {
    const [row] = await people.sql`select silent_since is not null as silent from organization_channel`;
    return row?.silent;
  };
  mayWrite = false;
  await payments.add('Ana');
  await announceNews(people.db);
  await deliverAll();
  expect([await silent(), (await news()).length, await announceNews(people.db)]).toEqual([true, 0, 0]);
  mayWrite = true;
  await payments.add('Ben');
  await announceNews(people.db);
  await deliverAll();
  expect(await silent()).toBe(false);
  expect(posted.at(-1)?.summary).toBe('Ben (b•••@acme.test) joined Payments as User.');
});

test('of eight processes that find the digest due one announces it, and never twice for one week', async () => {
  const due = (days: number) => people.sql`
    update organization_channel set digest_at = now() - ${`${days} days`}::interval`;
  await due(1);
  const counts = await Promise.all(Array.from({ length: 8 }, () => announceDigests(people.db)));
  expect(counts.sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  await deliverAll();
  expect(posted.map(({ summary }) => summary)).toEqual(['The week in Payments']);
  await due(1);
  expect(await announceDigests(people.db)).toBe(0);
  // Three weeks in which nobody looked are told once.
  await due(22);
  expect(await announceDigests(people.db)).toBe(1);
  expect(await announceDigests(people.db)).toBe(0);
  expect(await notices('digest')).toHaveLength(2);
});

test.each(['Europe/Madrid', 'America/St_Johns', 'Pacific/Kiritimati', 'Mars/Olympus'])(
  'the digest is due on the next Monday at nine in %s',
  async (timeZone) => {
    const { context } = payments.owner;
    await setChannel(
      { ...context, actor: { ...context.actor, timeZone } },
      { channelId: 'C1', name: '#payments' },
    );
    const [row] = await people.sql`
      select time_zone, to_char(digest_at at time zone time_zone, 'FMDay HH24:MI') as local,
        digest_at > now() and digest_at <= now() + interval '7 days 1 hour' as next from organization_channel`;
    expect(row).toEqual({
      ...{ time_zone: timeZone === 'Mars/Olympus' ? 'UTC' : timeZone, local: 'Monday 09:00', next: true },
    });
  },
);

test('an invitation is warned of once for each link, in one message with all that run out soon', async () => {
  const claims = [];
  for (const name of ['Ana', 'Ben', 'Cleo']) claims.push(await payments.invite(payments.stranger(name)));
  const ids = claims.map(({ invitationId }) => invitationId);
  const look = async () => {
    await people.sql`update organization_channel set warn_at = now()`;
    const counts = await Promise.all([1, 2, 3].map(() => warnOfExpiry(people.db)));
    return counts.reduce((sum, one) => sum + one);
  };
  expect(await look()).toBe(0);
  await letTimePass(people, '13 hours', ids.slice(0, 2));
  expect(await look()).toBe(1);
  await letTimePass(people, '1 hour', ids.slice(0, 2));
  expect(await look()).toBe(0);
  await deliverAll();
  expect(posted).toMatchObject([
    {
      summary: '2 invitations to Payments run out soon.',
      rows: [{ title: expect.stringContaining('•••') }, {}],
    },
  ]);
  await letTimePass(people, '13 hours', ids.slice(2));
  expect(await look()).toBe(1);
  await deliverAll();
  expect(posted.at(-1)?.summary).toBe('An invitation to Payments runs out soon.');
  await people.sql`update channel_notice set created_at = now() - interval '31 days'`;
  await forgetNotices(people.db);
  const left = await people.sql`
    select (select count(*) from channel_notice_line)::int as lines,
      (select count(*) from posted_message where kind = 'notice')::int as postings`;
  expect([...left]).toEqual([{ lines: 0, postings: 0 }]);
});

test('a warning about invitations that were answered before it went out is dropped', async () => {
  const { invitationId } = await payments.invite(payments.stranger('Ana'));
  await letTimePass(people, '13 hours', [invitationId]);
  await warnOfExpiry(people.db);
  await people.db.execute(
    sql`update invitation set status = 'declined', decided_at = now() where id = ${invitationId}`,
  );
  await deliverAll();
  expect(posted).toEqual([]);
});

test('a channel is in a connected workspace of the account, and known by one name at a time', async () => {
  const { context } = payments.owner;
  await setChannel(context, { channelId: 'C2', name: `#${'x'.repeat(300)}\u202e` });
  const rows = await people.sql`select channel_id, length(name) as length from organization_channel`;
  expect([...rows]).toEqual([{ channel_id: 'C2', length: 100 }]);
  const stranger = people.person('Olivia', `T${newId('org').slice(4, 12)}`, { isWorkspaceAdmin: true });
  const attempt = setChannel(stranger.context, { channelId: 'C3', name: '#elsewhere' });
  await expect(attempt).rejects.toMatchObject({ code: 'workspace-not-connected' });
});
