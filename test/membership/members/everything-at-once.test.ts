import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from '../../../db/check-invariants.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { revokeInvitations } from '../../../src/membership/invitations/revoke-invitations.ts';
import { changeAccountRoles } from '../../../src/membership/members/change-account-roles.ts';
import { changeRoles } from '../../../src/membership/members/change-roles.ts';
import { leaveOrganization, prepareLeaving } from '../../../src/membership/members/leave-organization.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import { answerTo, tally } from '../answers.ts';
import { createPeople, emailOf, type People, type TestMember } from '../people.ts';
import { inRounds } from '../races.ts';

let people: People;

beforeAll(async () => {
  people = await createPeople({ max: 16 });
});

afterAll(() => people.stop());

/** Numbers that look random and are the same in every run. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * sides);
  };
}

test('when everybody does everything to everybody at once, all of it is answered and every rule holds', async () => {
  const payments = await people.setUp('Payments');
  const cast: TestMember[] = [payments.owner];
  for (const role of ['admin', 'admin', 'admin', 'billing-manager', 'user', 'user', 'user'] as const) {
    cast.push(await payments.add(`Member ${cast.length}`, role));
  }
  const roll = createDice(20_261_122);
  const anybody = () => cast[roll(cast.length)] ?? payments.owner;
  const roles = ['admin', 'billing-manager', 'user'] as const;
  const some = () => [anybody().id, anybody().id];
  const comeBack = async (by: TestMember, who: TestMember) => {
    const { lines } = await inviteMembers(by.context, {
      emails: [who.email],
      role: roles[roll(3)] ?? 'user',
    });
    const invitationId = lines[0]?.invitationId;
    if (invitationId) await acceptInvitation(who.context, { invitationId, generation: 1 });
  };
  const revokeSome = async (by: TestMember) => {
    const { lines } = await inviteMembers(by.context, { emails: [emailOf(`Ivo ${roll(9)}`)], role: 'user' });
    const invitationIds = lines.flatMap(({ invitationId }) => invitationId ?? []);
    if (roll(2) === 0) await revokeInvitations(by.context, { invitationIds });
  };
  const acts: ((by: TestMember) => Promise<unknown>)[] = [
    (by) => changeRoles(by.context, { memberIds: some(), role: roles[roll(3)] ?? 'user' }),
    (by) =>
      changeAccountRoles(by.context, { memberIds: some(), accountRole: roll(2) ? 'user' : 'account-admin' }),
    (by) => removeMembers(by.context, { memberIds: some() }),
    (by) => leaveOrganization(by.context),
    (by) => prepareLeaving(by.context),
    (by) => revokeSome(by),
    (by) => comeBack(by, anybody()),
    (by) => comeBack(by, anybody()),
    async (by) => {
      const { id: memberId, email } = anybody();
      await transferOwnership(by.context, { memberId, email });
    },
  ];
  const answers: string[] = [];
  await inRounds(600, 10, async () => {
    const act = acts[roll(acts.length)];
    if (act) answers.push(await answerTo(() => act(anybody())));
  });
  // Everything else but a refusal would have failed the test by now; waiting for a lock is never that long.
  const tallied = tally(answers);
  expect(tallied.done).toBeGreaterThan(50);
  expect(tallied).not.toHaveProperty('busy');
  const broken = (await checkInvariants(people.db, { running: false })).filter(({ total }) => total > 0);
  expect(broken).toEqual([]);
});
