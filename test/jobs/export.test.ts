import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ExportId } from '../../db/id.ts';
import { deliverExport } from '../../src/jobs/deliver-export.ts';
import { type JobContext, leaseNext } from '../../src/jobs/outbox.ts';
import { cancelExport } from '../../src/membership/exports/cancel-export.ts';
import { requestExport } from '../../src/membership/exports/request-export.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Messenger, OutgoingFile } from '../../src/messages/messenger.ts';
import { answerTo } from '../membership/answers.ts';
import {
  createPeople,
  type People,
  removeMember,
  setAccountRole,
  type TestMember,
  type TestOrganization,
} from '../membership/people.ts';

let people: People;
let payments: TestOrganization;
let adam: TestMember;
let pia: TestMember;

/** What a chat was told, and what happens in it while the file goes out. */
let said: string[];
let shown: { again: boolean; text: string }[];
let meanwhile: (() => Promise<unknown>) | undefined;
let afterUpload: (() => Promise<unknown>) | undefined;
let failed: unknown[];

const many = 2_500;

beforeAll(async () => {
  people = await createPeople({ max: 4 });
  payments = await people.setUp('Payments');
  adam = await payments.add('Adam', 'admin');
  pia = await payments.add('Pia');
  await people.sql`
    insert into member (id, account_id, organization_id, email, full_name)
    select 'mem_' || md5(n::text), ${payments.accountId}, ${payments.id}, n || '@crowd.test', 'Crowd ' || n
    from generate_series(1, ${many}) n`;
  await payments.addSister('Risk');
});
afterAll(() => people?.stop());

beforeEach(() => {
  [said, shown, failed, meanwhile, afterUpload] = [[], [], [], undefined, undefined];
});

async function textOf(file: OutgoingFile): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.read(0, file.bytes)) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  expect(whole.length).toBe(file.bytes);
  return whole.toString();
}

const uploads = new Map<string, string>();
const chat: Messenger = {
  platform: 'slack',
  findPerson: async (workspaceId, email) => ({
    ...{ platform: 'slack', workspaceId, userId: email, fullName: email, timeZone: 'UTC' },
  }),
  async send({ workspaceId }, message: Message, messageId) {
    said.push(message.summary);
    return { platform: 'slack', workspaceId, channel: 'D1', messageId };
  },
  update: async (_posting, message) => {
    said.push(message.summary);
  },
  post: () => Promise.reject(new Error('nothing is said in a channel')),
  files: {
    async upload(file) {
      const key = String(uploads.size);
      await meanwhile?.();
      uploads.set(key, await textOf(file));
      await afterUpload?.();
      return { key };
    },
    async show(_to, uploaded, { again }) {
      shown.push({ again, text: uploads.get((uploaded as { key: string }).key) ?? '' });
    },
  },
};

/** Delivers everything of an export that is due, as a worker would, asking and showing as often as can be. */
async function work(exportId: ExportId, messenger = chat): Promise<void> {
  const { db } = people;
  const context: JobContext = {
    db,
    messengers: [messenger],
    announce: () => {},
    report: (error) => failed.push(error),
  };
  for (let row = await leaseNext(db, exportId); row; row = await leaseNext(db, exportId)) {
    await deliverExport(context, row as never, { askEveryMs: 0, showEveryMs: 0 });
  }
}

const ask = ({ context }: TestMember) => requestExport(context, { content: 'members' });

test('every row is in it once, in order, of the own organization alone; the number and a checksum say so', async () => {
  const { exportId } = await ask(adam);
  await work(exportId);
  const [file, ...more] = shown;
  expect(more).toEqual([]);
  const lines = file?.text.trimEnd().split('\r\n').slice(1) ?? [];
  const names = lines.map((line) => line.split('","')[1] ?? '');
  const stored = await people.sql`
    select full_name from member where organization_id = ${payments.id} order by status, full_name, id`;
  expect(names).toHaveLength(many + 3);
  const sum = (values: string[]) => createHash('sha256').update(values.join('\n')).digest('hex');
  expect(sum(names)).toBe(sum(stored.map(({ full_name }) => full_name)));
  expect(file?.text.includes('Risk')).toBe(false);
  expect(said[0]).toBe('Your export begins …');
  expect(said).toContain('Your export: 1,000 of 2,503 people …');
  expect(said.at(-1)).toBe('Your export has 2,503 people; the file is here in this chat.');
  const [row] = await people.sql`select status, rows from export_request where id = ${exportId}`;
  expect(row).toEqual({ status: 'sent', rows: many + 3 });
});

test('an Account Admin gets all organizations', async () => {
  const { exportId, organization } = await ask(payments.owner);
  expect(organization).toBeUndefined();
  await work(exportId);
  expect(shown[0]?.text.includes('"Risk","Owner"')).toBe(true);
});

test('it is one snapshot: who comes while it is read is not in it, whoever goes is', async () => {
  const { exportId } = await ask(adam);
  const update = chat.update;
  let changed = false;
  const slow: Messenger = {
    ...chat,
    // The first progress comes while most rows are still to be read.
    async update(posting, message) {
      if (!changed && message.summary.includes('1,000')) {
        changed = true;
        await people.sql`update member set full_name = 'Zzz renamed' where email = '2499@crowd.test'`;
      }
      await update(posting, message);
    },
  };
  await work(exportId, slow);
  expect(changed).toBe(true);
  expect(shown[0]?.text.includes('"Zzz renamed"')).toBe(false);
  expect(shown[0]?.text.includes('"Crowd 2499"')).toBe(true);
});

test('cancelled while the bytes go out, nothing is shown and nothing is said of it in the audit log', async () => {
  const { exportId } = await ask(adam);
  meanwhile = () => cancelExport(adam.context, { exportId });
  await work(exportId);
  expect([shown, failed]).toEqual([[], []]);
  expect(uploads.has(String(uploads.size))).toBe(false);
  expect(said.at(-1)).toBe('The export was cancelled. You get no file.');
  expect(
    await people.sql`select 1 from audit_event where subject = ${exportId} and action = 'export.sent'`,
  ).toEqual([]);
});

test.each([
  ['before it is made', 'begin'],
  ['while the bytes go out', 'upload'],
  ['when all bytes are there', 'end'],
])('whoever loses the right %s gets no file, and is told why', async (_, when) => {
  const lee = await payments.add(`Lee ${when}`, 'admin');
  const { exportId } = await ask(lee);
  const demote = () => people.sql`update member set role = 'user' where id = ${lee.id}`;
  if (when === 'begin') await demote();
  if (when === 'upload') meanwhile = demote;
  if (when === 'end') afterUpload = demote;
  await work(exportId);
  expect([shown, failed]).toEqual([[], []]);
  expect(said.at(-1)).toMatch(/^Your role has changed/);
});

test('an Account Admin who is a plain Admin by then does not get the rows of all organizations', async () => {
  const ada = await payments.add('Ada', 'admin');
  await setAccountRole(people, ada, 'account-admin');
  const { exportId } = await ask(ada);
  afterUpload = () => setAccountRole(people, ada, 'user');
  await work(exportId);
  expect(shown).toEqual([]);
});

test('a process that dies while it makes the file is taken over, and the person gets one file', async () => {
  const { exportId } = await ask(adam);
  const dying = people.sql`update outbox set leased_until = null where topic = ${exportId}`;
  meanwhile = async () => {
    meanwhile = undefined;
    await dying;
    // Another process takes the row, and does all of it.
    await work(exportId);
  };
  await expect(work(exportId)).rejects.toThrow('another process took the export over');
  expect(shown).toHaveLength(1);
  expect(said.filter((words) => words.startsWith('Your export has'))).toHaveLength(1);
});

test('one that dies after the file was handed over shows it again only if the platform does not know it', async () => {
  const { exportId } = await ask(adam);
  let fails = true;
  const breaking: Messenger = {
    ...chat,
    files: {
      ...chat.files,
      async show(...shows) {
        if (fails) {
          fails = false;
          throw new Error('the process ends here');
        }
        await chat.files.show(...shows);
      },
    },
  };
  const before = uploads.size;
  await expect(work(exportId, breaking)).rejects.toThrow('the process ends here');
  await people.sql`update outbox set leased_until = null where topic = ${exportId}`;
  await work(exportId, breaking);
  expect(shown.map(({ again }) => again)).toEqual([true]);
  expect(uploads.size).toBe(before + 1);
});

test('whoever was removed since gets nothing', async () => {
  const sue = await payments.add('Sue', 'admin');
  const { exportId } = await ask(sue);
  await removeMember(people, sue);
  await work(exportId);
  expect(shown).toEqual([]);
});

test('the audit log comes as a file of its own, in the sentences of the list, for those who may read it', async () => {
  const { exportId } = await requestExport(adam.context, { content: 'audit' });
  await work(exportId);
  const lines = shown[0]?.text.trimEnd().split('\r\n') ?? [];
  expect(lines[0]).toBe('\uFEFF"at","organization","by","action","what","refused"');
  expect(lines[1]).toMatch(
    /^"\d{4}-[^"]+Z","Payments","Adam","export.requested","Adam asked for a file of the audit log",""$/,
  );
  const [row] = await people.sql`
    select count(*)::int as count from audit_event where organization_id = ${payments.id} and at <= (
      select at from audit_event where subject = ${exportId} and action = 'export.requested')`;
  expect(lines).toHaveLength(1 + Number(row?.count));
  expect(said.at(-1)).toMatch(/^Your export has \d+ entries; the file is here in this chat\.$/);
  expect(await answerTo(() => requestExport(pia.context, { content: 'audit' }))).toBe('not-allowed');
});
