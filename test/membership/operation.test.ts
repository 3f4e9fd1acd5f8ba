import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transaction } from '../../db/connect.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { operation, sqlState } from '../../src/membership/operation.ts';
import { answerTo } from './answers.ts';
import { createPeople, emailOf, type People, type TestMember, type TestOrganization } from './people.ts';
import { createGate } from './races.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

describe('a transaction that the database ends', () => {
  test('because of a deadlock is done again, and each takes effect once', async () => {
    const [ana, ben] = [await payments.add('Ana'), await payments.add('Ben')];
    const arrived = [createGate(), createGate()];
    let attempts = 0;
    const inOrder = (first: TestMember, second: TestMember, own: number) =>
      operation(first.context, async (tx) => {
        attempts += 1;
        await addLetter(tx, first);
        arrived[own]?.open();
        await arrived[1 - own]?.opened;
        await addLetter(tx, second);
        return own;
      });
    expect(await Promise.all([inOrder(ana, ben, 0), inOrder(ben, ana, 1)])).toEqual([0, 1]);
    expect(attempts).toBe(3);
    const names =
      await people.sql`select full_name from member where id in (${ana.id}, ${ben.id}) order by 1`;
    expect(names.map((row) => row.full_name)).toEqual(['Ana++', 'Ben++']);
  });

  test.each(['40001', '40P01'])('with %s is tried five times in all', async (code) => {
    const announced = people.announcements();
    let attempts = 0;
    const run = (failures: number) =>
      operation(payments.owner.context, async (tx) => {
        attempts += 1;
        if (attempts <= failures) await raise(tx, code);
        return attempts;
      });
    expect(await run(4)).toBe(5);
    expect(people.announcements()).toBe(announced + 1);
    attempts = 0;
    const error = await run(5).catch((thrown) => thrown);
    expect([sqlState(error), attempts]).toEqual([code, 5]);
    expect(people.announcements()).toBe(announced + 1);
  });

  test('for any other reason is not tried again', async () => {
    let attempts = 0;
    const failing = operation(payments.owner.context, async (tx) => {
      attempts += 1;
      await raise(tx, '23505');
    });
    const error = await failing.catch((thrown) => thrown);
    expect([sqlState(error), attempts]).toEqual(['23505', 1]);
  });

  test('because a lock did not come in time is refused as busy, and a privileged one is on record', async () => {
    const { context } = payments.owner;
    const locked = await people.sql.begin(async (tx) => {
      await tx`select 1 from organization where id = ${payments.id} for update`;
      const waiting = (inner: Transaction) =>
        inner.execute(sql`select 1 from organization where id = ${payments.id} for update`);
      const hurried = (inner: Transaction) =>
        inner.execute(sql`set local lock_timeout = '20ms'`).then(() => waiting(inner));
      return answerTo(() => operation(context, hurried, { action: 'member.list', subject: 'a lock' }));
    });
    expect(locked).toBe('busy');
    const audit = await people.sql`select subject, refusal from audit_event where action = 'member.list'`;
    expect([...audit]).toEqual([{ subject: 'a lock', refusal: 'busy' }]);
  });
});

test('usher says that something may wait to be sent after a commit, and never after a refusal', async () => {
  const announced = people.announcements();
  const seen: number[] = [];
  await operation(payments.owner.context, async () => {
    seen.push(people.announcements());
  });
  seen.push(people.announcements());
  const stranger = payments.stranger('Sly');
  await answerTo(() => inviteMembers(stranger.context, { emails: [emailOf('Zed')], role: 'user' }));
  seen.push(people.announcements());
  expect(seen).toEqual([announced, announced + 1, announced + 1]);
});

function addLetter(tx: Transaction, { id }: TestMember) {
  return tx.execute(sql`update member set full_name = full_name || '+' where id = ${id}`);
}

function raise(tx: Transaction, code: string) {
  return tx.execute(sql.raw(`do $$ begin raise exception 'on purpose' using errcode = '${code}'; end $$`));
}
