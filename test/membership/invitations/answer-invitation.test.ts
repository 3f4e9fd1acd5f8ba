import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import type { JoinLinkClaim } from '../../../src/membership/invitations/join-link.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../../src/membership/invitations/revoke-invitations.ts';
import { answerTo, refusalOf } from '../answers.ts';
import { createPeople, letTimePass, type People, type TestOrganization } from '../people.ts';
import { stateOf } from './state.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
});

afterAll(() => people.stop());

describe('an invitation is for the person invited:', () => {
  test('somebody else is told so, and nothing happens', async () => {
    const claim = await payments.invite(payments.stranger('Eva'));
    const thief = payments.stranger('Theo');
    const refusal = await refusalOf(() => acceptInvitation(thief.context, claim));
    expect(refusal).toMatchObject({
      code: 'invitation-for-somebody-else',
      data: { organization: 'Payments' },
    });
    expect(await answerTo(() => declineInvitation(thief.context, claim))).toBe(
      'invitation-for-somebody-else',
    );
    const hidden = payments.stranger('Eva', { email: undefined });
    expect(await answerTo(() => acceptInvitation(hidden.context, claim))).toBe(
      'invitation-for-somebody-else',
    );
    expect(await stateOf(people.sql, claim)).toEqual({ status: 'pending', members: 0, answers: 0 });
  });

  test('from a workspace of another account, or of none, it is unknown', async () => {
    const foreign = await people.setUp('Foreign');
    const claim = await payments.invite(payments.stranger('Fay'));
    for (const workspaceId of [foreign.workspaceId, 'T-unconnected']) {
      const fay = people.person('Fay', workspaceId);
      expect(await answerTo(() => acceptInvitation(fay.context, claim))).toBe(
        'invitation-not-valid: unknown',
      );
      expect(await answerTo(() => declineInvitation(fay.context, claim))).toBe(
        'invitation-not-valid: unknown',
      );
    }
    expect(await stateOf(people.sql, claim)).toEqual({ status: 'pending', members: 0, answers: 0 });
  });

  test('one that never was is unknown', async () => {
    const claim = { invitationId: newId('inv'), generation: 1 };
    const answer = await answerTo(() => acceptInvitation(payments.stranger('Gil').context, claim));
    expect(answer).toBe('invitation-not-valid: unknown');
  });
});

describe('an invitation that is', () => {
  const deaths: [
    string,
    string,
    (claim: JoinLinkClaim, person: ReturnType<TestOrganization['stranger']>) => unknown,
  ][] = [
    ['expired', 'expired', ({ invitationId }) => letTimePass(people, '24 hours', [invitationId])],
    ['revoked', 'revoked', ({ invitationId }) => revoke(invitationId)],
    ['declined', 'declined', (claim, person) => declineInvitation(person.context, claim)],
    ['accepted', 'accepted', (claim, person) => acceptInvitation(person.context, claim)],
    ['sent again', 'replaced', ({ invitationId }) => resend(invitationId)],
  ];
  const revoke = (id: JoinLinkClaim['invitationId']) =>
    revokeInvitations(payments.owner.context, { invitationIds: [id] });
  const resend = (id: JoinLinkClaim['invitationId']) =>
    resendInvitations(payments.owner.context, { invitationIds: [id] });

  test.each(deaths)('%s cannot be answered, and says why and whom to ask', async (state, reason, die) => {
    const person = payments.stranger(`Late for ${reason}`);
    const claim = await payments.invite(person);
    await die(claim, person);
    const before = await stateOf(people.sql, claim);
    for (const answer of [acceptInvitation, declineInvitation]) {
      const refusal = await refusalOf(() => answer(person.context, claim));
      expect(refusal, state).toMatchObject({
        code: 'invitation-not-valid',
        data: { reason, organization: 'Payments', contact: 'Olivia', invitationId: claim.invitationId },
      });
    }
    expect(await stateOf(people.sql, claim)).toEqual(before);
  });

  test('alive can be answered until the last second of its life', async () => {
    const person = payments.stranger('Just in time');
    const claim = await payments.invite(person);
    await letTimePass(people, '23 hours 59 minutes', [claim.invitationId]);
    expect(await answerTo(() => acceptInvitation(person.context, claim))).toBe('done');
  });
});

test('declining is final, makes no member, and is on record and told without naming a member as actor', async () => {
  const pia = payments.stranger('Pia');
  const claim = await payments.invite(pia);
  await declineInvitation(pia.context, claim);
  expect(await stateOf(people.sql, claim)).toEqual({ status: 'declined', members: 0, answers: 1 });
  const audit = await people.sql`
    select actor_member_id, action from audit_event where subject = ${claim.invitationId} and action <> 'invitation.sent'`;
  expect([...audit]).toEqual([{ actor_member_id: null, action: 'invitation.declined' }]);
  const outbox = await people.sql`
    select o.kind from invitation i join outbox o on o.topic in (i.id, i.batch_id)
    where i.id = ${claim.invitationId} and o.kind <> 'invite' order by o.kind`;
  expect(outbox.map(({ kind }) => kind)).toEqual(['redraw', 'report']);
  const again = await inviteMembers(payments.owner.context, { emails: [pia.email], role: 'user' });
  expect(again.lines).toMatchObject([{ outcome: 'invited' }]);
});
