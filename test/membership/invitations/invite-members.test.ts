import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { address } from '../addresses.ts';
import { answerTo, tally } from '../answers.ts';
import { createPeople, emailOf, type People, removeMember, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 12 });
  payments = await people.setUp();
});

afterAll(() => people.stop());
afterEach(() => {
  vi.useRealTimers();
});

const invite = (emails: ReturnType<typeof address>[], more: { personalLine?: string } = {}) =>
  inviteMembers(payments.owner.context, { emails, role: 'user', ...more });

function addressesOf(name: string, count: number) {
  return Array.from({ length: count }, (_, index) => address(`${name}.${index}@acme.test`));
}

async function rowOf(email: string) {
  const rows = await people.sql`select * from invitation where email = ${email} and status = 'pending'`;
  expect(rows.length).toBe(1);
  return rows[0] ?? {};
}

describe('inviting', () => {
  test('one address leaves one pending invitation, audit row and message to send', async () => {
    const announced = people.announcements();
    const email = emailOf('Solo');
    const { organization, lines } = await inviteMembers(payments.owner.context, {
      emails: [email],
      role: 'admin',
    });
    const row = await rowOf(email);
    expect({ organization, lines }).toEqual({
      organization: 'Payments',
      lines: [{ email, outcome: 'invited', invitationId: row.id }],
    });
    expect(row).toMatchObject({
      organization_id: payments.id,
      account_id: payments.accountId,
      role: 'admin',
      generation: 1,
      invited_by: payments.owner.id,
      delivery: 'sending',
      personal_line: null,
    });
    const audit = await people.sql`
      select actor_member_id, organization_id, action, refusal, data from audit_event where subject = ${row.id}`;
    expect([...audit]).toEqual([
      {
        actor_member_id: payments.owner.id,
        organization_id: payments.id,
        action: 'invitation.sent',
        refusal: null,
        data: { name: 'invitation.sent', invitationId: row.id, batchId: row.batch_id, email, role: 'admin' },
      },
    ]);
    const outbox = await people.sql`select kind, status, attempt from outbox where topic = ${row.id}`;
    expect([...outbox]).toEqual([{ kind: 'invite', status: 'waiting', attempt: 0 }]);
    expect(people.announcements()).toBe(announced + 1);
  });

  test('three addresses is one batch with one line each, in the order given', async () => {
    const emails = ['Tess', 'Ann', 'Mia'].map(emailOf);
    const { lines } = await invite(emails);
    expect(lines.map(({ email, outcome }) => [email, outcome])).toEqual(
      emails.map((email) => [email, 'invited']),
    );
    const batches = new Set((await Promise.all(emails.map(rowOf))).map((row) => row.batch_id));
    expect(batches.size).toBe(1);
  });

  test('good addresses goes on beside bad ones, each with its own outcome', async () => {
    const { email: here } = await payments.add('Hera');
    const risk = await payments.addSister('Risk');
    const { email: elsewhere } = await risk.add('Elly');
    const pending = emailOf('Pending');
    await invite([pending]);
    const gone = await payments.add('Gone');
    await removeMember(people, gone);
    const fresh = emailOf('Fresh');
    const { lines } = await invite([here, elsewhere, fresh, pending, gone.email, fresh, here]);
    expect(lines).toEqual([
      { email: here, outcome: 'already-a-member', home: 'Payments' },
      { email: elsewhere, outcome: 'member-of-another-organization', home: 'Risk' },
      { email: fresh, outcome: 'invited', invitationId: expect.stringMatching(/^inv_/) },
      { email: pending, outcome: 'already-pending' },
      {
        email: gone.email,
        outcome: 'invited',
        invitationId: expect.stringMatching(/^inv_/),
        home: 'Payments',
      },
    ]);
    const audit = await people.sql`
      select data ->> 'email' as email from audit_event where action = 'invitation.sent' and refusal is null
        and data ->> 'email' in (${fresh}, ${gone.email}, ${pending}) order by 1`;
    expect(audit.map((row) => row.email)).toEqual([fresh, gone.email, gone.email, pending].sort());
  });

  test('an address goes on although another organization has invited it, and another account has it as a member', async () => {
    const email = emailOf('Wanted');
    const treasury = await payments.addSister('Treasury');
    await treasury.invite(treasury.stranger('Wanted'));
    const foreign = await people.setUp('Foreign');
    await foreign.add('Wanted');
    expect((await invite([email])).lines).toMatchObject([{ outcome: 'invited' }]);
  });

  test('nobody, or more than 10,000 addresses, is refused and writes nothing', async () => {
    const [before] = await people.sql`select count(*) from invitation`;
    expect(await answerTo(async () => invite([]))).toBe('nobody-to-invite');
    const many = addressesOf('many', 10_001);
    expect(await answerTo(async () => invite(many))).toBe('too-many-addresses');
    expect(await people.sql`select count(*) from invitation`).toEqual([before]);
  });

  test('10,000 addresses invites every one of them', async () => {
    const { lines } = await invite(addressesOf('crowd', 10_000));
    expect(tally(lines.map(({ outcome }) => outcome))).toEqual({ invited: 10_000 });
    const [counts] = await people.sql`
      with crowd as materialized (select id from invitation where email like 'crowd.%' and status = 'pending')
      select (select count(*)::int from crowd) as pending,
        (select count(*)::int from audit_event where action = 'invitation.sent' and subject in (select id from crowd))
          as audited,
        (select count(*)::int from outbox where kind = 'invite' and topic in (select id from crowd)) as to_send`;
    expect(counts).toEqual({ pending: 10_000, audited: 10_000, to_send: 10_000 });
  });

  test('the same 50 addresses by 8 admins at once leaves one invitation each', async () => {
    const admins = await Promise.all(
      Array.from({ length: 8 }, (_, index) => payments.add(`Admin ${index}`, 'admin')),
    );
    const emails = addressesOf('contested', 50);
    const results = await Promise.all(
      admins.map(({ context }, index) => {
        const order = index % 2 === 0 ? emails : emails.toReversed();
        return inviteMembers(context, { emails: order, role: 'user' });
      }),
    );
    const outcomes = results.flatMap(({ lines }) => lines.map(({ outcome }) => outcome));
    expect(tally(outcomes)).toEqual({ invited: 50, 'already-pending': 350 });
    const rows = await people.sql`
      select i.id, count(a.id)::int as audited from invitation i left join audit_event a on a.subject = i.id
      where i.email like 'contested.%' group by i.id`;
    expect(rows.map((row) => row.audited)).toEqual(Array(50).fill(1));
    const invited = results.flatMap(({ lines }) => lines.flatMap(({ invitationId }) => invitationId ?? []));
    expect(invited.sort()).toEqual(rows.map((row) => row.id).sort());
  });
});

describe('an invitation', () => {
  test('carries the personal line, of which 300 characters are kept', async () => {
    const [short, long] = [emailOf('Short'), emailOf('Long')];
    await invite([short], { personalLine: "Glad you're here; '); drop table member; --" });
    await invite([long], { personalLine: 'x'.repeat(301) });
    expect((await rowOf(short)).personal_line).toBe("Glad you're here; '); drop table member; --");
    expect((await rowOf(long)).personal_line).toBe('x'.repeat(300));
  });

  test('lasts 24 hours, with reminders at half of it and 3 hours before the end, by the database clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-01-01') });
    const email = emailOf('Timely');
    const [before] = await people.sql`select clock_timestamp() as now`;
    await invite([email]);
    const [row] = await people.sql`
      select sent_at between ${before?.now} and clock_timestamp() as sent_now, expires_at - sent_at as lifetime,
        array(select expires_at - r from unnest(reminders) as r order by r) as before_end,
        remind_at = sent_at + interval '12 hours' as first_at_half
      from invitation where email = ${email}`;
    expect(row).toEqual({
      sent_now: true,
      lifetime: '1 day',
      before_end: ['12:00:00', '03:00:00'],
      first_at_half: true,
    });
  });

  test('lasts as long as its organization says, and has only the reminders that fit into it', async () => {
    const brief = await people.setUp('Brief');
    await people.sql`update organization set link_lifetime = '4 hours' where id = ${brief.id}`;
    const { invitationId } = await brief.invite(brief.stranger('Ben'));
    const [row] = await people.sql`
      select expires_at - sent_at as lifetime, array(select expires_at - r from unnest(reminders) as r) as before_end
      from invitation where id = ${invitationId}`;
    expect(row).toEqual({ lifetime: '04:00:00', before_end: ['03:00:00'] });
  });
});
