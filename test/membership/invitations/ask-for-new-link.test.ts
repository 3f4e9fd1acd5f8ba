import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { askForNewLink } from '../../../src/membership/invitations/ask-for-new-link.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../../src/membership/invitations/revoke-invitations.ts';
import { answerTo, tally } from '../answers.ts';
import { createPeople, letTimePass, type People, type Person, type TestOrganization } from '../people.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

async function expiredInvitation(person: Person) {
  const claim = await payments.invite(person);
  await letTimePass(people, '25 hours', [claim.invitationId]);
  return claim;
}

const ask = (person: Person, { invitationId }: { invitationId: ReturnType<typeof newId<'inv'>> }) =>
  answerTo(() => askForNewLink(person.context, { invitationId }));

test('a new link is asked for once per link, and once more after the next one ran out too', async () => {
  const ana = payments.stranger('Ana');
  const claim = await expiredInvitation(ana);
  expect(await ask(ana, claim)).toBe('done');
  expect(await ask(ana, claim)).toBe('asked-already');
  await resendInvitations(payments.owner.context, { invitationIds: [claim.invitationId] });
  await letTimePass(people, '25 hours', [claim.invitationId]);
  expect(await ask(ana, claim)).toBe('done');
  expect(await ask(ana, claim)).toBe('asked-already');
  const audit = await people.sql`
    select actor_member_id from audit_event where subject = ${claim.invitationId} and action = 'invitation.requested'`;
  expect([...audit]).toEqual([{ actor_member_id: null }, { actor_member_id: null }]);
});

test('pressed eight times at once it asks once', async () => {
  const ben = payments.stranger('Ben');
  const claim = await expiredInvitation(ben);
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(ben, claim)));
  expect(tally(answers)).toEqual({ done: 1, 'asked-already': 7 });
  const outbox =
    await people.sql`select 1 from outbox where topic = ${claim.invitationId} and kind = 'request'`;
  expect(outbox.length).toBe(1);
});

test('a link that works, was answered or revoked is no reason to ask', async () => {
  const cleo = payments.stranger('Cleo');
  const claim = await payments.invite(cleo);
  expect(await ask(cleo, claim)).toBe('invitation-not-valid: replaced');
  await acceptInvitation(cleo.context, claim);
  expect(await ask(cleo, claim)).toBe('invitation-not-valid: accepted');
  const dan = payments.stranger('Dan');
  const dead = await expiredInvitation(dan);
  await revokeInvitations(payments.owner.context, { invitationIds: [dead.invitationId] });
  expect(await ask(dan, dead)).toBe('invitation-not-valid: revoked');
});

test('nobody else can ask, nor learn that there is such an invitation', async () => {
  const eva = payments.stranger('Eva');
  const claim = await expiredInvitation(eva);
  const foreign = await people.setUp('Foreign');
  expect(await ask(payments.stranger('Theo'), claim)).toBe('invitation-not-valid: unknown');
  expect(await ask(payments.stranger('Eva', { email: undefined }), claim)).toBe(
    'invitation-not-valid: unknown',
  );
  expect(await ask(foreign.stranger('Eva'), claim)).toBe('invitation-not-valid: unknown');
  expect(await ask(eva, { invitationId: newId('inv') })).toBe('invitation-not-valid: unknown');
  expect(await ask(eva, claim)).toBe('done');
});
