import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { connectWorkspace } from '../../../src/membership/organizations/connect-workspace.ts';
import { answerTo, refusalOf } from '../answers.ts';
import { createPeople, type People, removeMember, type TestOrganization } from '../people.ts';
import { stateOf } from './state.ts';

let people: People;
let payments: TestOrganization;

beforeAll(async () => {
  people = await createPeople({ max: 10 });
  payments = await people.setUp();
});

afterAll(() => people.stop());

const membersWith = (email: string) =>
  people.sql`select * from member where email = ${email} and account_id = ${payments.accountId}`;

describe('accepting', () => {
  test.each(['user', 'billing-manager', 'admin'] as const)(
    'makes exactly one active member, with exactly the role of the invitation: %s',
    async (role) => {
      const ana = payments.stranger(`Ana the ${role}`);
      const announced = people.announcements();
      const claim = await payments.invite(ana, role);
      const { memberId, invitationId } = await acceptInvitation(ana.context, claim);
      expect(people.announcements()).toBe(announced + 2);
      const members = await membersWith(ana.email);
      expect(members).toMatchObject([
        {
          id: memberId,
          organization_id: payments.id,
          full_name: ana.name,
          role,
          account_role: 'user',
          status: 'active',
          invited_by: payments.owner.id,
          time_zone: ana.context.actor.timeZone,
        },
      ]);
      const identities = await people.sql`select * from chat_identity where member_id = ${memberId}`;
      const { platform, workspaceId, userId } = ana.context.actor;
      expect(identities).toMatchObject([{ platform, workspace_id: workspaceId, user_id: userId }]);
      const [row] = await people.sql`
        select status, member_id, batch_id, decided_at <= clock_timestamp() as decided from invitation
        where id = ${invitationId}`;
      expect(row).toMatchObject({ status: 'accepted', member_id: memberId, decided: true });
      const audit = await people.sql`
        select actor_member_id, organization_id, data from audit_event
        where subject = ${invitationId} and action = 'invitation.accepted'`;
      const { batch_id: batchId } = row ?? {};
      const data = { name: 'invitation.accepted', invitationId, batchId, email: ana.email, memberId, role };
      expect([...audit]).toEqual([{ actor_member_id: memberId, organization_id: payments.id, data }]);
      const outbox = await people.sql`
        select topic, kind from outbox where topic in (${invitationId}, ${batchId}) and kind <> 'invite' order by kind`;
      expect([...outbox]).toEqual([
        { topic: invitationId, kind: 'redraw' },
        { topic: batchId, kind: 'report' },
      ]);
    },
  );

  test('by the link of a copied address works like the button', async () => {
    const lin = payments.stranger('Lin');
    const url = lin.context.joinLinks.url(await payments.invite(lin));
    const claim = lin.context.joinLinks.read(url.slice(url.lastIndexOf('/') + 1));
    expect(claim && (await answerTo(() => acceptInvitation(lin.context, claim)))).toBe('done');
  });

  test('brings a removed person back as the same member, with the new role and in the new organization', async () => {
    const rob = await payments.add('Rob', 'admin');
    await people.sql`update member set account_role = 'account-admin', joined_at = '2001-01-01' where id = ${rob.id}`;
    await removeMember(people, rob);
    const risk = await payments.addSister('Risk');
    const renamed = payments.stranger('Rob', { fullName: 'Robert' });
    const { memberId } = await acceptInvitation(renamed.context, await risk.invite(rob, 'billing-manager'));
    expect(memberId).toBe(rob.id);
    expect(await membersWith(rob.email)).toMatchObject([
      {
        id: rob.id,
        status: 'active',
        role: 'billing-manager',
        account_role: 'user',
        organization_id: risk.id,
        invited_by: risk.owner.id,
        full_name: 'Robert',
      },
    ]);
    const [{ joined_at: joinedAt } = {}] = await membersWith(rob.email);
    expect(joinedAt.getFullYear()).toBeGreaterThan(2001);
    expect(await people.sql`select 1 from chat_identity where member_id = ${rob.id}`).toHaveLength(1);
  });

  test('in a second workspace of the account makes the same kind of member there', async () => {
    const { owner } = payments;
    const second = people.person(owner.name, 'T-second');
    await connectWorkspace(second.context);
    const sam = payments.stranger('Sam');
    const claim = await payments.invite(sam);
    const there = people.person('Sam', 'T-second', { userId: 'U-there' });
    const { memberId } = await acceptInvitation(there.context, claim);
    const identities =
      await people.sql`select workspace_id, user_id from chat_identity where member_id = ${memberId}`;
    expect([...identities]).toEqual([{ workspace_id: 'T-second', user_id: 'U-there' }]);
  });
});

describe('a member', () => {
  test('of another organization of the account is told that joining moves nobody', async () => {
    const kim = payments.stranger('Kim');
    const claim = await payments.invite(kim);
    const treasury = await payments.addSister('Treasury');
    await treasury.add('Kim');
    const refusal = await refusalOf(() => acceptInvitation(kim.context, claim));
    expect(refusal).toMatchObject({
      code: 'member-of-another-organization',
      data: { organization: 'Payments', home: 'Treasury', ask: ['Olivia'] },
    });
    expect(await membersWith(kim.email)).toMatchObject([{ organization_id: treasury.id }]);
    expect((await stateOf(people.sql, claim)).status).toBe('pending');
  });

  test('of another organization is told the same in a workspace where usher never met them', async () => {
    const leo = payments.stranger('Leo');
    const claim = await payments.invite(leo);
    const vault = await payments.addSister('Vault');
    await vault.add('Leo');
    const elsewhere = payments.stranger('Leo', { userId: 'U-new-phone' });
    const refusal = await refusalOf(() => acceptInvitation(elsewhere.context, claim));
    expect(refusal).toMatchObject({
      code: 'member-of-another-organization',
      data: { organization: 'Payments', home: 'Vault' },
    });
    expect((await stateOf(people.sql, claim)).status).toBe('pending');
  });

  test('under a second address does not join a second time', async () => {
    const mia = await payments.add('Mia');
    const alias = payments.stranger('Mia Alias', { userId: mia.context.actor.userId });
    const claim = await payments.invite(alias);
    expect(await answerTo(() => acceptInvitation(alias.context, claim))).toBe('already-a-member');
    expect(await membersWith(alias.email)).toHaveLength(0);
    expect((await stateOf(people.sql, claim)).status).toBe('pending');
  });

  test('by an invitation that two organizations sent at once belongs to the one they chose', async () => {
    const nia = payments.stranger('Nia');
    const bank = await payments.addSister('Bank');
    const claims = [await payments.invite(nia), await bank.invite(nia)];
    const answers = await Promise.all(
      claims.map((claim) => answerTo(() => acceptInvitation(nia.context, claim))),
    );
    expect(answers.sort()).toEqual(['done', 'member-of-another-organization']);
    expect(await membersWith(nia.email)).toHaveLength(1);
  });
});
