import { afterAll, beforeAll, expect, test } from 'vitest';
import { listEvents } from '../../../src/membership/audit/list-events.ts';
import type { Context } from '../../../src/membership/context.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { changeRoles } from '../../../src/membership/members/change-roles.ts';
import { listMembers } from '../../../src/membership/members/list-members.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import { auditList } from '../../../src/messages/audit.ts';
import { answerTo } from '../answers.ts';
import { productNamed } from '../licenses/seats.ts';
import { createPeople, type People, type TestMember, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;
let risk: TestOrganization;
let adam: TestMember;
let ana: TestMember;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
  risk = await payments.addSister('Risk');
  const { owner } = payments;
  adam = await payments.add('Adam', 'admin');
  ana = await payments.add('Ana Ruiz');
  await changeRoles(adam.context, { memberIds: [ana.id], role: 'billing-manager' });
  const productId = await productNamed(owner, 'KSE');
  await setSeats(owner.context, { productId, organizationId: null, total: 4 });
  await assignLicenses(owner.context, { memberIds: [ana.id], productId });
  await answerTo(() => listMembers(ana.context, { size: 5 }));
  await answerTo(() => removeMembers(ana.context, { memberIds: [adam.id] }));
  const leo = payments.stranger('Leo');
  await declineInvitation(leo.context, await payments.invite(leo));
  await risk.add('Rita');
  await removeMembers(adam.context, { memberIds: [ana.id] });
  await transferOwnership(owner.context, { memberId: adam.id, email: adam.email });
  await people.sql`update member set full_name = 'Ana Maria Ruiz' where id = ${ana.id}`;
});

afterAll(() => people.stop());

/** The sentences of the log as somebody reads them, the newest first. */
async function sentences(context: Context, search = '', size = 50): Promise<string[]> {
  const page = await listEvents(context, { search, size });
  return (auditList(page, { search }, 'UTC').rows ?? []).map(({ title }) => title);
}

test('the log says in a sentence each what happened and what was refused, the newest first, by the names of now', async () => {
  expect(await sentences(adam.context)).toEqual([
    'Olivia handed the ownership of Payments over to Adam',
    'Adam removed Ana Maria Ruiz; 1 seat became free',
    'leo@acme.test declined the invitation',
    'Olivia invited leo@acme.test as User',
    'Ana Maria Ruiz tried to remove people (Adam): their role does not allow it',
    'Ana Maria Ruiz tried to see the members: their role does not allow it',
    'Olivia gave Ana Maria Ruiz KSE from the account',
    'Adam made Ana Maria Ruiz Billing Manager (was User)',
    'Ana Maria Ruiz joined as User',
    'Olivia invited ana.ruiz@acme.test as User',
    'Adam joined as Admin',
    'Olivia invited adam@acme.test as Admin',
    'Olivia set Payments up',
  ]);
});

test.each<[string, string[]]>([
  [
    'by:adam',
    [
      'Adam removed Ana Maria Ruiz; 1 seat became free',
      'Adam made Ana Maria Ruiz Billing Manager (was User)',
      'Adam joined as Admin',
    ],
  ],
  ['about:leo@acme.test', ['leo@acme.test declined the invitation', 'Olivia invited leo@acme.test as User']],
  [
    'by:adam about:ruiz',
    [
      'Adam removed Ana Maria Ruiz; 1 seat became free',
      'Adam made Ana Maria Ruiz Billing Manager (was User)',
    ],
  ],
  [
    'ruiz by:adam',
    [
      'Adam removed Ana Maria Ruiz; 1 seat became free',
      'Adam made Ana Maria Ruiz Billing Manager (was User)',
    ],
  ],
  [
    'about:adam',
    [
      'Olivia handed the ownership of Payments over to Adam',
      'Ana Maria Ruiz tried to remove people (Adam): their role does not allow it',
      'Adam joined as Admin',
      'Olivia invited adam@acme.test as Admin',
    ],
  ],
  ['since:2999-01-01', []],
  ['on:2020-02-29', []],
])('narrowed to %s it says %j', async (search, expected) => {
  expect(await sentences(adam.context, search)).toEqual(expected);
});

test('an address or a name finds what somebody did and what was done to them', async () => {
  const found = await sentences(adam.context, 'ana.ruiz@acme.test');
  expect(found).toHaveLength(7);
  expect(await sentences(adam.context, 'ruiz')).toEqual(found);
  expect(await sentences(adam.context, `ruiz since:2020-01-01`)).toEqual(found);
});

test('a day is that of the reader', async () => {
  await people.sql`alter table audit_event disable trigger audit_event_is_final`;
  await people.sql`update audit_event set at = '2026-11-20T23:30:00Z' where data ->> 'email' = 'leo@acme.test'
    and action = 'invitation.declined'`;
  await people.sql`alter table audit_event enable trigger audit_event_is_final`;
  const on = (day: string, timeZone: string) =>
    sentences({ ...adam.context, actor: { ...adam.context.actor, timeZone } }, `on:${day}`);
  const declined = 'leo@acme.test declined the invitation';
  expect(await on('2026-11-21', 'Europe/Madrid')).toContain(declined);
  expect(await on('2026-11-20', 'Europe/Madrid')).not.toContain(declined);
  expect(await on('2026-11-20', 'America/New_York')).toContain(declined);
  expect(await on('2026-11-20', 'Nowhere/At-All')).toContain(declined);
});

test('pages hold every row once, also of one moment, and also when narrowed', async () => {
  await payments.invite(payments.stranger('Mo'));
  for (const search of ['', 'olivia']) {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listEvents(adam.context, { search, size: 3, ...(after ? { after } : {}) });
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
    } while (after);
    const all = await listEvents(adam.context, { search, size: 100 });
    expect(seen).toEqual(all.rows.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  }
});

test('an Account Admin reads every organization and says where, or the one they name; others read their own', async () => {
  const { owner } = payments;
  const everywhere = await listEvents(owner.context, { size: 50 });
  expect(everywhere.organization).toBeUndefined();
  const text = JSON.stringify(auditList(everywhere, {}, 'UTC').rows);
  expect(text).toContain('Rita joined as User');
  expect(text).toMatch(/Rita joined as User","detail":"[^"]* · Risk"/);
  expect(await sentences({ ...owner.context, organizationId: risk.id })).toEqual([
    'Rita joined as User',
    'Owner of Risk invited rita@acme.test as User',
  ]);
  expect(JSON.stringify(await sentences(owner.context, 'by:rita'))).toContain('Rita joined');
  expect(JSON.stringify(await sentences(adam.context))).not.toContain('Rita');
  expect(await answerTo(() => listEvents(adam.context, { size: 5, search: 'by:rita' }))).toBe(
    'person-not-found',
  );
  expect(await answerTo(() => listEvents(adam.context, { size: 5, search: 'on:yesterday' }))).toBe(
    'filter-value-not-known',
  );
  const mia = await payments.add('Mia');
  expect(await answerTo(() => listEvents(mia.context, { size: 5 }))).toBe('not-allowed');
});
