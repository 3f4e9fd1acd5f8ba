import { afterAll, beforeAll, expect, test } from 'vitest';
import { splitAddresses } from '../../../src/membership/address-list.ts';
import { readDraft } from '../../../src/membership/drafts.ts';
import { reviewInvitations } from '../../../src/membership/invitations/review-invitations.ts';
import { answerTo } from '../answers.ts';
import { createPeople, type People, removeMember, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
  const risk = await payments.addSister('Risk');
  await payments.add('Hera');
  await risk.add('Elly');
  await removeMember(people, await payments.add('Gone'));
  await payments.invite(payments.stranger('Pending'));
});

afterAll(() => people.stop());

const review = (text: string, personalLine?: string) =>
  reviewInvitations(payments.owner.context, {
    entries: splitAddresses(text),
    role: 'billing-manager',
    ...(personalLine === undefined ? {} : { personalLine }),
  });

const everySort = `fresh@acme.test, hera@acme.test, elly@acme.test; gone@acme.test pending@acme.test
  nonsense <@U123> ana@gmial.com ben@acme.tset sales@other.test fresh@acme.test`;

test('a review says of every line what will become of it, in the order given', async () => {
  const { lines, organization, role } = await review(everySort);
  expect({ organization, role }).toEqual({ organization: 'Payments', role: 'billing-manager' });
  const [pending] = await people.sql`select id from invitation where email = 'pending@acme.test'`;
  const [elly] = await people.sql`select id from member where email = 'elly@acme.test'`;
  expect(lines).toEqual([
    { verdict: 'will-be-invited', email: 'fresh@acme.test' },
    { verdict: 'already-a-member', email: 'hera@acme.test', home: 'Payments' },
    {
      ...{ verdict: 'member-of-another-organization', email: 'elly@acme.test', home: 'Risk' },
      move: { memberId: elly?.id, in: payments.id },
    },
    { verdict: 'will-come-back', email: 'gone@acme.test', home: 'Payments' },
    { verdict: 'already-pending', email: 'pending@acme.test', invitationId: pending?.id },
    { verdict: 'not-an-address', text: 'nonsense' },
    { verdict: 'unknown-mention', text: '@U123', why: 'hidden' },
    { verdict: 'will-be-invited', email: 'ana@gmial.com', suggestion: 'ana@gmail.com' },
    { verdict: 'will-be-invited', email: 'ben@acme.tset', suggestion: 'ben@acme.test' },
    { verdict: 'will-be-invited', email: 'sales@other.test', sharedMailbox: true },
  ]);
});

test('a review invites nobody and says nothing to anybody', async () => {
  const counts = () =>
    people.sql`select (select count(*) from invitation) as invitations, (select count(*) from outbox) as to_send,
      (select count(*) from audit_event) as audited`.then((rows) => [...rows]);
  const before = await counts();
  await review(everySort);
  expect(await counts()).toEqual(before);
});

test('what it keeps are the lines to be invited, apart from the others, and the personal line in one line', async () => {
  const { draftId } = await review(everySort, '  Welcome,\n\n Ana!  ');
  expect(await readDraft(payments.owner.context, draftId)).toEqual({
    organizationId: payments.id,
    emails: ['fresh@acme.test', 'gone@acme.test', 'ana@gmial.com', 'ben@acme.tset', 'sales@other.test'],
    role: 'billing-manager',
    personalLine: 'Welcome, Ana!',
    leftOut: expect.arrayContaining([{ kind: 'invalid', text: 'nonsense' }]),
  });
});

test('nobody, or more than 10,000 lines, is refused', async () => {
  const many = Array.from({ length: 10_001 }, (_, index) => `a${index}@acme.test`).join(' ');
  expect(await answerTo(async () => review(' , '))).toBe('nobody-to-invite');
  expect(await answerTo(async () => review(many))).toBe('too-many-addresses');
});
