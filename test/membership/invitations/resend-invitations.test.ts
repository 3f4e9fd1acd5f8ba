import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InvitationId, newId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { answerTo } from '../answers.ts';
import { createPeople, letTimePass, type People, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

const resend = (...invitationIds: InvitationId[]) =>
  resendInvitations(payments.owner.context, { invitationIds });

test('the old link is dead at once, the new one works, and it is the same invitation', async () => {
  const ana = payments.stranger('Ana');
  const old = await payments.invite(ana, 'admin');
  expect(await resend(old.invitationId)).toEqual([{ email: ana.email, outcome: 'resent' }]);
  expect(await answerTo(() => acceptInvitation(ana.context, old))).toBe('invitation-not-valid: replaced');
  const [row] = await people.sql`select id, generation, role from invitation where email = ${ana.email}`;
  expect(row).toEqual({ id: old.invitationId, generation: 2, role: 'admin' });
  expect(await answerTo(() => acceptInvitation(ana.context, { ...old, generation: 2 }))).toBe('done');
});

test.each(['12 hours', '3 days'])('after %s the new link has its whole life before it again', async (age) => {
  const ben = payments.stranger(`Ben after ${age}`);
  const { invitationId } = await payments.invite(ben);
  await people.sql`update invitation set delivery = 'unreachable', expiry_noticed_at = now() where id = ${invitationId}`;
  await letTimePass(people, age, [invitationId]);
  await resend(invitationId);
  const [row] = await people.sql`
    select now() - sent_at < interval '1 minute' as just_now, expires_at = sent_at + interval '24 hours' as whole_life,
      array(select expires_at - r from unnest(reminders) as r order by r) as before_end, delivery, expiry_noticed_at
    from invitation where id = ${invitationId}`;
  expect(row).toEqual({
    just_now: true,
    whole_life: true,
    before_end: ['12:00:00', '03:00:00'],
    delivery: 'sending',
    expiry_noticed_at: null,
  });
});

test('every one of them is on record, its old messages lose their buttons, and then it is sent', async () => {
  const { invitationId } = await payments.invite(payments.stranger('Cleo'));
  await people.sql`update outbox set status = 'sent', closed_at = now(), attempt = 1 where topic = ${invitationId}`;
  const announced = people.announcements();
  await resend(invitationId);
  expect(people.announcements()).toBe(announced + 1);
  const audit = await people.sql`
    select actor_member_id, action from audit_event where subject = ${invitationId} order by id`;
  expect([...audit]).toEqual([
    { actor_member_id: payments.owner.id, action: 'invitation.sent' },
    { actor_member_id: payments.owner.id, action: 'invitation.resent' },
  ]);
  const outbox = await people.sql`
    select kind from outbox where topic = ${invitationId} and status = 'waiting' order by id`;
  expect(outbox.map(({ kind }) => kind)).toEqual(['redraw', 'invite']);
});

test('sent again before it was delivered, it is not sent twice', async () => {
  const { invitationId } = await payments.invite(payments.stranger('Dan'));
  await resend(invitationId);
  await resend(invitationId);
  const outbox = await people.sql`select kind from outbox where topic = ${invitationId} order by kind`;
  expect(outbox.map(({ kind }) => kind)).toEqual(['invite', 'redraw']);
});

test('answered ones stay as they are, and do not stop the others', async () => {
  const eva = payments.stranger('Eva');
  const accepted = await payments.invite(eva);
  await acceptInvitation(eva.context, accepted);
  const open = await payments.invite(payments.stranger('Fay'));
  const ids = [accepted.invitationId, newId('inv'), open.invitationId];
  expect(await resend(...ids)).toEqual([
    { email: 'eva@acme.test', outcome: 'accepted' },
    { email: 'fay@acme.test', outcome: 'resent' },
  ]);
  const [row] =
    await people.sql`select generation, status from invitation where id = ${accepted.invitationId}`;
  expect(row).toEqual({ generation: 1, status: 'accepted' });
  const audit = await people.sql`
    select 1 from audit_event where subject = ${accepted.invitationId} and action = 'invitation.resent'`;
  expect(audit.length).toBe(0);
});

test('pressed by eight admins at once, only the newest of the links is alive', async () => {
  const gus = payments.stranger('Gus');
  const { invitationId } = await payments.invite(gus);
  const admins = await Promise.all(
    Array.from({ length: 8 }, (_, index) => payments.add(`Admin ${index}`, 'admin')),
  );
  await Promise.all(
    admins.map(({ context }) => resendInvitations(context, { invitationIds: [invitationId] })),
  );
  for (let generation = 1; generation <= 8; generation += 1) {
    const answer = await answerTo(() => acceptInvitation(gus.context, { invitationId, generation }));
    expect(answer).toBe('invitation-not-valid: replaced');
  }
  const newest = { invitationId, generation: 9 };
  expect(await answerTo(() => acceptInvitation(gus.context, newest))).toBe('done');
});

test('an invitation that does not exist is refused', async () => {
  expect(await answerTo(() => resend(newId('inv')))).toBe('invitation-not-found');
  expect(await answerTo(() => resend())).toBe('invitation-not-found');
});
