import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../db/connect.ts';
import type { InvitationId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../../src/membership/invitations/revoke-invitations.ts';
import { expireInvitations, remindInvitees } from '../../../src/membership/invitations/watch-clock.ts';
import { addPendingCrowd } from '../crowd.ts';
import { createPeople, letTimePass, type People, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
});

// The clock is one for all organizations: what earlier tests have left is not to be due any more.
beforeEach(async () => {
  await people.sql`update invitation set status = 'revoked', decided_at = now() where status = 'pending'`;
  payments = await people.setUp();
});

afterAll(() => people.stop());

const clocks = [
  ['reminders', remindInvitees, '12 hours', 'invitation.reminder-due'],
  ['expiry', expireInvitations, '24 hours', 'invitation.expired'],
] as const;

async function inviteOne(name: string) {
  const person = payments.stranger(name);
  return { person, claim: await payments.invite(person) };
}

async function eventsOf(id: InvitationId): Promise<string[]> {
  const rows = await people.sql`select action from audit_event where subject = ${id} order by id`;
  return rows.map(({ action }) => action).filter((action) => action !== 'invitation.sent');
}

/** Turns the clock until nothing is left, and tells what each turn claimed. */
async function turn(claim: (db: Database) => Promise<number>): Promise<number[]> {
  const claimed: number[] = [];
  do claimed.push(await claim(people.db));
  while (claimed.at(-1) !== 0);
  return claimed;
}

describe('a reminder', () => {
  test('is due at half of the life of the link and 3 hours before its end, each once', async () => {
    const { claim } = await inviteOne('Ana');
    const ids = [claim.invitationId];
    await letTimePass(people, '11 hours 59 minutes', ids);
    expect(await remindInvitees(people.db)).toBe(0);
    await letTimePass(people, '1 minute', ids);
    expect([await remindInvitees(people.db), await remindInvitees(people.db)]).toEqual([1, 0]);
    await letTimePass(people, '9 hours', ids);
    expect([await remindInvitees(people.db), await remindInvitees(people.db)]).toEqual([1, 0]);
    await letTimePass(people, '2 hours', ids);
    expect(await remindInvitees(people.db)).toBe(0);
    expect(await eventsOf(claim.invitationId)).toEqual([
      'invitation.reminder-due',
      'invitation.reminder-due',
    ]);
    const outbox = await people.sql`select kind from outbox where topic = ${claim.invitationId} order by id`;
    expect(outbox.map(({ kind }) => kind)).toEqual(['invite', 'remind']);
  });

  test('that was missed is folded into the next one', async () => {
    const { claim } = await inviteOne('Ben');
    await letTimePass(people, '22 hours', [claim.invitationId]);
    expect(await turn(remindInvitees)).toEqual([1, 0]);
    expect(await eventsOf(claim.invitationId)).toEqual(['invitation.reminder-due']);
    const [row] =
      await people.sql`select remind_at, reminders from invitation where id = ${claim.invitationId}`;
    expect(row).toEqual({ remind_at: null, reminders: [] });
  });

  test('that was missed until the link ran out is not sent at all', async () => {
    const { claim } = await inviteOne('Cleo');
    await letTimePass(people, '25 hours', [claim.invitationId]);
    await turn(remindInvitees);
    expect(await eventsOf(claim.invitationId)).toEqual([]);
  });

  test('comes again after the invitation was sent again', async () => {
    const { claim } = await inviteOne('Dan');
    await letTimePass(people, '22 hours', [claim.invitationId]);
    await turn(remindInvitees);
    await resendInvitations(payments.owner.context, { invitationIds: [claim.invitationId] });
    expect(await remindInvitees(people.db)).toBe(0);
    await letTimePass(people, '12 hours', [claim.invitationId]);
    expect(await remindInvitees(people.db)).toBe(1);
  });
});

describe('expiry', () => {
  test('is noticed once, the invitation stays pending, and its message and the inviter are told', async () => {
    const { claim } = await inviteOne('Eva');
    await letTimePass(people, '23 hours 59 minutes', [claim.invitationId]);
    expect(await expireInvitations(people.db)).toBe(0);
    await letTimePass(people, '1 minute', [claim.invitationId]);
    expect(await turn(expireInvitations)).toEqual([1, 0]);
    expect(await eventsOf(claim.invitationId)).toEqual(['invitation.expired']);
    const [row] = await people.sql`select status, batch_id from invitation where id = ${claim.invitationId}`;
    expect(row?.status).toBe('pending');
    const outbox = await people.sql`
      select kind from outbox where topic in (${claim.invitationId}, ${row?.batch_id}) and kind <> 'invite' order by kind`;
    expect(outbox.map(({ kind }) => kind)).toEqual(['redraw', 'report']);
    const [audited] = await people.sql`
      select actor_member_id, organization_id from audit_event where subject = ${claim.invitationId}
        and action = 'invitation.expired'`;
    expect(audited).toEqual({ actor_member_id: null, organization_id: payments.id });
  });

  test('of the renewed link is noticed again', async () => {
    const { claim } = await inviteOne('Fay');
    const ids = [claim.invitationId];
    await letTimePass(people, '24 hours', ids);
    await turn(expireInvitations);
    await resendInvitations(payments.owner.context, { invitationIds: ids });
    expect(await expireInvitations(people.db)).toBe(0);
    await letTimePass(people, '24 hours', ids);
    expect(await expireInvitations(people.db)).toBe(1);
  });
});

describe.each(clocks)('%s', (_, claim, age, action) => {
  test('leaves answered and revoked invitations alone', async () => {
    const [accepted, declined, revoked] = [
      await inviteOne('Gus'),
      await inviteOne('Hal'),
      await inviteOne('Ida'),
    ];
    const ids = [accepted, declined, revoked].map((invited) => invited.claim.invitationId);
    await acceptInvitation(accepted.person.context, accepted.claim);
    await declineInvitation(declined.person.context, declined.claim);
    await revokeInvitations(payments.owner.context, { invitationIds: [revoked.claim.invitationId] });
    await letTimePass(people, age, ids);
    expect(await claim(people.db)).toBe(0);
  });

  test('passes over an invitation that is being answered, without waiting, and is not due after it', async () => {
    const { person, claim: joining } = await inviteOne('Jon');
    const { claim: other } = await inviteOne('Kim');
    await letTimePass(people, age, [joining.invitationId, other.invitationId]);
    await people.sql.begin(async (tx) => {
      await tx`update invitation set status = 'declined', decided_at = now() where email = ${person.email}`;
      expect(await turn(claim)).toEqual([1, 0]);
    });
    expect(await claim(people.db)).toBe(0);
    expect(await eventsOf(joining.invitationId)).toEqual([]);
    expect(await eventsOf(other.invitationId)).toEqual([action]);
  });

  test('is claimed in batches of 100', async () => {
    await addPendingCrowd(people, payments, 'Batch', 250);
    await letTimePass(people, age, await idsOfCrowd('batch'));
    expect(await turn(claim)).toEqual([100, 100, 50, 0]);
  });

  test('is claimed once by four clocks at once, whatever order they go in', async () => {
    for (let round = 0; round < 10; round += 1) {
      await addPendingCrowd(people, payments, `Round${round}`, 400);
      await people.sql`
        update invitation set batch_id = 'bat_' || md5((abs(hashtext(id)) % 60)::text) where status = 'pending'`;
      const ids = await idsOfCrowd(`round${round}`);
      await letTimePass(people, age, ids);
      const claimed = await Promise.all([turn(claim), turn(claim), turn(claim), turn(claim)]);
      expect(claimed.flat().reduce((sum, count) => sum + count)).toBe(400);
      const rows = await people.sql`
        select subject, count(*)::int from audit_event where subject = any(${ids}) and action = ${action} group by 1`;
      expect(rows.length).toBe(400);
      expect(rows.filter((row) => row.count !== 1)).toEqual([]);
      await people.sql`update invitation set status = 'revoked', decided_at = now() where status = 'pending'`;
      await people.sql`update outbox set status = 'sent', closed_at = now() where status = 'waiting'`;
    }
  });
});

async function idsOfCrowd(name: string): Promise<InvitationId[]> {
  const rows = await people.sql<{ id: InvitationId }[]>`
    select id from invitation where email like ${`${name}.%`} and status = 'pending'`;
  return rows.map(({ id }) => id);
}
