import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BatchId } from '../../db/id.ts';
import { deliver } from '../../src/jobs/deliver.ts';
import type { JobContext } from '../../src/jobs/outbox.ts';
import { inviteMembers, longBatch } from '../../src/membership/invitations/invite-members.ts';
import { stopSending } from '../../src/membership/invitations/stop-sending.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Messenger } from '../../src/messages/messenger.ts';
import { address } from '../membership/addresses.ts';
import { answerTo } from '../membership/answers.ts';
import { createPeople, type People, type TestOrganization } from '../membership/people.ts';

let people: People;
let payments: TestOrganization;
let said: { message: Message; new: boolean }[];
let lists = 0;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp('Payments');
});
afterAll(() => people?.stop());
beforeEach(() => {
  said = [];
});

const chat: Messenger = {
  platform: 'slack',
  findPerson: async (workspaceId, email) => ({
    ...{ platform: 'slack', workspaceId, userId: email, fullName: email, timeZone: 'UTC' },
  }),
  async send({ workspaceId }, message, messageId) {
    said.push({ message, new: true });
    return { platform: 'slack', workspaceId, channel: 'D1', messageId };
  },
  update: async (_posting, message) => void said.push({ message, new: false }),
  post: () => Promise.reject(new Error('nothing is said in a channel')),
  files: { upload: async () => ({}), show: async () => {} },
};

/** Invites so many, of whom nobody has been written to yet. */
async function invite(count: number): Promise<BatchId> {
  lists += 1;
  const emails = Array.from({ length: count }, (_, at) => address(`p${at}@list${lists}.test`));
  await inviteMembers(payments.owner.context, { emails, role: 'user' });
  const [row] = await people.sql`select batch_id from invitation where email = ${emails[0] ?? ''}`;
  return row?.batch_id;
}

const arrive = (batchId: BatchId, most: number) => people.sql`
  update invitation set delivery = 'delivered' where id in (
    select id from invitation where batch_id = ${batchId} and delivery = 'sending' limit ${most})`;

/** Lets the time go by that lies between two reports, and delivers the next. */
async function report(batchId: BatchId): Promise<string | undefined> {
  await people.sql`update posted_message set posted_at = posted_at - interval '1 minute' where topic = ${batchId}`;
  const [row] = await people.sql`
    update outbox set due_at = now() where topic = ${batchId} and status = 'waiting' returning id::int`;
  const { db } = people;
  const failed: unknown[] = [];
  const context: JobContext = {
    db,
    messengers: [chat],
    announce: () => {},
    report: (error) => failed.push(error),
  };
  if (row) await deliver(context, row.id);
  expect(failed).toEqual([]);
  return said.at(-1)?.message.summary;
}

const waits = async (batchId: BatchId) =>
  (await people.sql`select 1 from outbox where topic = ${batchId} and status = 'waiting'`).length;

test('a long list shows how far the sending is, in one message, until all are delivered', async () => {
  const batchId = await invite(longBatch);
  expect(await report(batchId)).toBe('Your invitations to Payments: 0 of 200 are done …');
  await arrive(batchId, 150);
  expect(await report(batchId)).toBe('Your invitations to Payments: 150 of 200 are done …');
  await arrive(batchId, 50);
  expect(await report(batchId)).toBe('Your invitations to Payments: 0 of 200 joined.');
  expect(said.map((one) => one.new)).toEqual([true, false, false]);
  expect(await waits(batchId)).toBe(0);
});

test('a shorter one says nothing before there is an answer', async () => {
  const batchId = await invite(longBatch - 1);
  expect(await waits(batchId)).toBe(0);
});

test('stopped, what was not delivered is taken back with its seats, and the rest stays', async () => {
  const batchId = await invite(longBatch);
  await report(batchId);
  await arrive(batchId, 50);
  const uma = await payments.add('Uma');
  expect(await answerTo(() => stopSending(uma.context, { batchId }))).toBe('not-allowed');
  const foreign = await people.setUp('Foreign');
  expect(await answerTo(() => stopSending(foreign.owner.context, { batchId }))).toBe('all-are-delivered');
  const statements = await people.statementsOf(() => stopSending(payments.owner.context, { batchId }));
  expect(statements.length).toBeLessThanOrEqual(9);
  const counts = await people.sql`
    select status, delivery, count(*)::int from invitation where batch_id = ${batchId} group by 1, 2 order by 1`;
  expect(counts.map(({ status, delivery, count }) => [status, delivery, count])).toEqual([
    ['pending', 'delivered', 50],
    ['revoked', 'sending', 150],
  ]);
  expect(await answerTo(() => stopSending(payments.owner.context, { batchId }))).toBe('all-are-delivered');
  expect(await report(batchId)).toBe('Your invitations to Payments: 0 of 200 joined.');
  expect(said.at(-1)?.message.facts).toContainEqual({ label: 'Taken back', value: '150' });
});
