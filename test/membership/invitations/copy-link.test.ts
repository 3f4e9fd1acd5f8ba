import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { copyLink } from '../../../src/membership/invitations/copy-link.ts';
import { answerTo, refusalOf } from '../answers.ts';
import { createPeople, letTimePass, type People, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
});

afterAll(() => people.stop());

const claimIn = (url: string) => {
  const claim = payments.owner.context.joinLinks.read(url.replace('https://usher.test/join/', ''));
  if (!claim) throw new Error(`${url} is no join link.`);
  return claim;
};

test('a fresh link is copied as it is: it is not renewed, not sent again, and it works', async () => {
  const ana = payments.stranger('Ana');
  const claim = await payments.invite(ana);
  const copied = await copyLink(payments.owner.context, { invitationId: claim.invitationId });
  const [row] = await people.sql`select expires_at from invitation where id = ${claim.invitationId}`;
  expect(copied).toEqual({
    email: ana.email,
    url: expect.stringMatching(/^https:\/\/usher\.test\/join\/[\w-]{70}$/),
    expiresAt: row?.expires_at,
    renewed: false,
  });
  expect(claimIn(copied.url)).toEqual(claim);
  const outbox = await people.sql`select kind from outbox where topic = ${claim.invitationId}`;
  expect(outbox.map(({ kind }) => kind)).toEqual(['invite']);
  const audit =
    await people.sql`select action from audit_event where subject = ${claim.invitationId} order by id`;
  expect(audit.map(({ action }) => action)).toEqual(['invitation.sent', 'invitation.link-copied']);
  expect(await answerTo(() => acceptInvitation(ana.context, claimIn(copied.url)))).toBe('done');
});

test('the link of an expired invitation is renewed by copying it, and the old one stays dead', async () => {
  const ben = payments.stranger('Ben');
  const old = await payments.invite(ben);
  await letTimePass(people, '25 hours', [old.invitationId]);
  const copied = await copyLink(payments.owner.context, { invitationId: old.invitationId });
  expect(copied.renewed).toBe(true);
  expect(claimIn(copied.url)).toEqual({ invitationId: old.invitationId, generation: 2 });
  const [row] = await people.sql`
    select expires_at, expires_at = sent_at + interval '24 hours' and sent_at > now() - interval '1 minute' as fresh
    from invitation where id = ${old.invitationId}`;
  expect(row).toEqual({ expires_at: copied.expiresAt, fresh: true });
  const audit =
    await people.sql`select action from audit_event where subject = ${old.invitationId} order by action`;
  expect(audit.map(({ action }) => action)).toEqual([
    'invitation.link-copied',
    'invitation.resent',
    'invitation.sent',
  ]);
  expect(await answerTo(() => acceptInvitation(ben.context, old))).toBe('invitation-not-valid: replaced');
  expect(await answerTo(() => acceptInvitation(ben.context, claimIn(copied.url)))).toBe('done');
});

test('there is no link to copy of an answered or unknown invitation', async () => {
  const cleo = payments.stranger('Cleo');
  const claim = await payments.invite(cleo);
  await acceptInvitation(cleo.context, claim);
  const { context } = payments.owner;
  expect(await refusalOf(() => copyLink(context, { invitationId: claim.invitationId }))).toMatchObject({
    code: 'invitation-already-answered',
    data: { email: cleo.email, status: 'accepted' },
  });
  expect(await answerTo(() => copyLink(context, { invitationId: newId('inv') }))).toBe(
    'invitation-not-found',
  );
});

test('a repeated request gets the same answer, and the database does not hold the link', async () => {
  const { invitationId } = await payments.invite(payments.stranger('Dan'));
  const context = { ...payments.owner.context, replayKey: 'copied twice' };
  const first = await copyLink(context, { invitationId });
  expect(await copyLink(context, { invitationId })).toEqual(first);
  const secret = first.url.slice(first.url.lastIndexOf('/') + 1);
  const stored = await people.sql`select answer::text from replay_key where key = 'copied twice'`;
  expect(stored.length).toBe(1);
  expect(stored[0]?.answer).not.toContain(secret.slice(0, 20));
});
