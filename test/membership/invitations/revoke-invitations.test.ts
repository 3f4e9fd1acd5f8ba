import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { readDraft } from '../../../src/membership/drafts.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import {
  prepareRevocation,
  revokeInvitations,
} from '../../../src/membership/invitations/revoke-invitations.ts';
import { answerTo, tally } from '../answers.ts';
import { createPeople, letTimePass, type People, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

test('many at once end with one outcome each, and answered ones stay as they are', async () => {
  const names = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva'];
  const invitees = names.map((name) => payments.stranger(name));
  const claims = [];
  for (const invitee of invitees) claims.push(await payments.invite(invitee));
  const [ana, ben] = invitees;
  const [anas, bens, cleos, dans] = claims;
  if (!ana || !ben || !anas || !bens || !cleos || !dans) throw new Error('five were invited');
  await acceptInvitation(ana.context, anas);
  await declineInvitation(ben.context, bens);
  await revokeInvitations(payments.owner.context, { invitationIds: [cleos.invitationId] });
  await letTimePass(people, '3 days', [dans.invitationId]);
  const invitationIds = claims.map(({ invitationId }) => invitationId);
  const lines = await revokeInvitations(payments.owner.context, { invitationIds });
  expect(lines).toEqual([
    { email: 'ana@acme.test', outcome: 'accepted', now: false },
    { email: 'ben@acme.test', outcome: 'declined', now: false },
    { email: 'cleo@acme.test', outcome: 'revoked', now: false },
    { email: 'dan@acme.test', outcome: 'revoked', now: true },
    { email: 'eva@acme.test', outcome: 'revoked', now: true },
  ]);
  const audit = await people.sql`
    select data ->> 'email' as email from audit_event
    where action = 'invitation.revoked' and subject = any(${invitationIds}) order by 1`;
  expect(audit.map(({ email }) => email)).toEqual(['cleo@acme.test', 'dan@acme.test', 'eva@acme.test']);
  const redrawn = await people.sql`
    select i.email from outbox o join invitation i on i.id = o.topic
    where o.kind = 'redraw' and i.id = any(${invitationIds}) order by 1`;
  expect(redrawn.map(({ email }) => email)).toEqual(invitees.map(({ email }) => email));
});

test('the link is invalid at that commit, and the address can be invited anew', async () => {
  const fay = payments.stranger('Fay');
  const claim = await payments.invite(fay);
  await revokeInvitations(payments.owner.context, { invitationIds: [claim.invitationId] });
  expect(await answerTo(() => acceptInvitation(fay.context, claim))).toBe('invitation-not-valid: revoked');
  const { lines } = await inviteMembers(payments.owner.context, { emails: [fay.email], role: 'user' });
  expect(lines).toMatchObject([{ outcome: 'invited' }]);
  expect(lines[0]?.invitationId).not.toBe(claim.invitationId);
  expect(await answerTo(() => acceptInvitation(fay.context, claim))).toBe('invitation-not-valid: revoked');
});

test('preparing it names exactly whom it is about, and revokes nobody', async () => {
  const gus = payments.stranger('Gus');
  const answered = await payments.invite(gus);
  await acceptInvitation(gus.context, answered);
  const open = await payments.invite(payments.stranger('Hal'));
  const { draftId, emails } = await prepareRevocation(payments.owner.context, {
    invitationIds: [answered.invitationId, open.invitationId],
  });
  expect(emails).toEqual(['hal@acme.test']);
  expect(await readDraft(payments.owner.context, draftId)).toEqual({ revoke: [open.invitationId] });
  const [row] = await people.sql`select status from invitation where id = ${open.invitationId}`;
  expect(row?.status).toBe('pending');
});

test('what is answered or unknown cannot be prepared', async () => {
  const ida = payments.stranger('Ida');
  const { invitationId } = await payments.invite(ida);
  await declineInvitation(ida.context, { invitationId, generation: 1 });
  const prepare = (...ids: (typeof invitationId)[]) =>
    answerTo(() => prepareRevocation(payments.owner.context, { invitationIds: ids }));
  expect(await prepare(invitationId)).toBe('invitation-already-answered');
  expect(await prepare(newId('inv'))).toBe('invitation-not-found');
});

test('what one admin has prepared, another does not find', async () => {
  const adam = await payments.add('Adam', 'admin');
  const { invitationId } = await payments.invite(payments.stranger('Jon'));
  const { draftId } = await prepareRevocation(payments.owner.context, { invitationIds: [invitationId] });
  expect(await answerTo(() => readDraft(adam.context, draftId))).toBe('draft-is-gone');
  expect(await answerTo(() => readDraft(payments.owner.context, draftId))).toBe('done');
});

test('by two admins at once, over the same 30 in any order, each is revoked once', async () => {
  const emails = Array.from({ length: 30 }, (_, index) => payments.stranger(`Kit ${index}`).email);
  const { lines } = await inviteMembers(payments.owner.context, { emails, role: 'user' });
  const ids = lines.flatMap(({ invitationId }) => invitationId ?? []);
  const kim = await payments.add('Kim', 'admin');
  const results = await Promise.all([
    revokeInvitations(payments.owner.context, { invitationIds: ids }),
    revokeInvitations(kim.context, { invitationIds: ids.toReversed() }),
  ]);
  const outcomes = results.flat().map(({ outcome, now }) => (now ? 'now' : `before: ${outcome}`));
  expect(tally(outcomes)).toEqual({ now: 30, 'before: revoked': 30 });
  const audit = await people.sql`
    select subject from audit_event where action = 'invitation.revoked' and subject = any(${ids})`;
  expect(audit.length).toBe(30);
});
