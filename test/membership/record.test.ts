import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/id.ts';
import { leaseNext } from '../../src/jobs/outbox.ts';
import type { Event, Happening } from '../../src/membership/events.ts';
import { record } from '../../src/membership/record.ts';
import { createPeople, type People, type TestOrganization } from './people.ts';
import { createGate, untilWaiting } from './races.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

function happening(name: 'invitation.accepted' | 'invitation.resent', batchId = newId('bat')): Happening {
  const about = { invitationId: newId('inv'), batchId, email: `"O'Neil" <x@acme.test>` };
  const event = { name, ...about, memberId: newId('mem'), role: 'user' } as Event;
  return { accountId: payments.accountId, organizationId: payments.id, actorMemberId: null, event };
}

const recorded = (...happenings: Happening[]) => people.db.transaction((tx) => record(tx, happenings));

const waiting = async (...topics: string[]) => {
  const rows = await people.sql`
    select topic, kind from outbox where topic = any(${topics}) and status = 'waiting' order by id`;
  return rows.map(({ topic, kind }) => `${kind} of ${topics.indexOf(topic)}`);
};

test('what happened is kept as it was, data and all', async () => {
  const what = happening('invitation.accepted');
  await recorded(what);
  const rows = await people.sql`select data from audit_event where data ->> 'batchId' = ${batchOf(what)}`;
  expect([...rows]).toEqual([{ data: what.event }]);
});

test('what follows from many things of one batch is said once, and of one thing in its order', async () => {
  const batchId = newId('bat');
  const many = Array.from({ length: 3 }, () => happening('invitation.accepted', batchId));
  await recorded(...many);
  expect(await waiting(batchId)).toEqual(['report of 0']);
  const resent = happening('invitation.resent');
  await recorded(resent);
  expect(await waiting(subjectOf(resent))).toEqual(['redraw of 0', 'invite of 0']);
});

test('a row that was sent, or is being sent, does not stand for what happens now', async () => {
  const batchId = newId('bat');
  await recorded(happening('invitation.accepted', batchId));
  await leaseNext(people.db, batchId);
  await recorded(happening('invitation.accepted', batchId));
  expect(await waiting(batchId)).toEqual(['report of 0', 'report of 0']);
});

test('a row that waits for something committed is not sent before what was folded into it is committed too', async () => {
  const batchId = newId('bat');
  await recorded(happening('invitation.accepted', batchId));
  const [written, released] = [createGate(), createGate()];
  const second = people.db.transaction(async (tx) => {
    await record(tx, [happening('invitation.accepted', batchId)]);
    written.open();
    await released.opened;
  });
  await written.opened;
  const leased = leaseNext(people.db, batchId);
  const first = await Promise.race([
    leased.then(() => 'it is sent'),
    untilWaiting(people.sql, 1).then(() => 'it waits'),
  ]);
  released.open();
  await second;
  expect(first).toBe('it waits');
  expect(await leased).toMatchObject({ topic: batchId, kind: 'report' });
});

test('nothing is left of what happened in a transaction that failed', async () => {
  const what = happening('invitation.accepted');
  const failing = people.db.transaction(async (tx) => {
    await record(tx, [what]);
    throw new Error('undone');
  });
  await expect(failing).rejects.toThrow('undone');
  expect(await waiting(batchOf(what))).toEqual([]);
  expect(
    await people.sql`select 1 from audit_event where data ->> 'batchId' = ${batchOf(what)}`,
  ).toHaveLength(0);
});

function batchOf({ event }: Happening): string {
  return 'batchId' in event ? event.batchId : '';
}

function subjectOf({ event }: Happening): string {
  return 'invitationId' in event ? event.invitationId : '';
}
