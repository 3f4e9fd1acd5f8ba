import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../db/check-invariants.ts';
import type { MemberId, OrganizationId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { registerMachine } from '../../../src/membership/licenses/register-machine.ts';
import { moveMembers, prepareMove } from '../../../src/membership/members/move-members.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import { createOrganization } from '../../../src/membership/organizations/create-organization.ts';
import { answerTo, tally } from '../answers.ts';
import { giveSeats, poolOf } from '../licenses/seats.ts';
import { createPeople, emailOf, type People, type TestMember, type TestOrganization } from '../people.ts';
import { inRounds, startBoth } from '../races.ts';

let people: People;
let payments: TestOrganization;
let admin: TestMember;
let risk: OrganizationId;

beforeAll(async () => {
  people = await createPeople({ max: 12 });
});

beforeEach(async () => {
  payments = await people.setUp();
  admin = payments.owner;
  const rita = await payments.add('Rita');
  ({ organizationId: risk } = await create('Risk', rita.id));
});

afterAll(async () => {
  const broken = (await checkInvariants(people.db, { running: false })).filter(({ total }) => total > 0);
  await people.stop();
  expect(broken).toEqual([]);
});

const create = (name: string, ownerId: MemberId) => createOrganization(admin.context, { name, ownerId });

const move = (members: TestMember[], to = risk, role: 'user' | 'admin' = 'user') =>
  moveMembers(admin.context, { memberIds: members.map(({ id }) => id), organizationId: to, role });

async function homeOf({ id }: TestMember) {
  const [row] = await people.sql`
    select o.name, m.role, m.status, m.joined_at < now() as joined from member m
    join organization o on o.id = m.organization_id where m.id = ${id}`;
  return { ...row };
}

describe('a move', () => {
  test('frees the seats of the old organization with their machines, and takes those of the account along', async () => {
    const { productId: kse } = await giveSeats(payments, 'KSE', { account: 5, dedicated: 2 });
    const { productId: testOps } = await giveSeats(payments, 'TestOps', { account: 5 });
    const ada = await payments.add('Ada', 'admin');
    for (const productId of [kse, testOps]) {
      await assignLicenses(admin.context, { memberIds: [ada.id], productId });
      await registerMachine(ada.context, { productId, machineId: 'laptop' });
    }
    await inviteMembers(ada.context, { emails: [emailOf('Ivo')], role: 'user' });
    const input = { memberIds: [ada.id], organizationId: risk, role: 'user' } as const;
    const review = await prepareMove(admin.context, input);
    expect(review).toMatchObject({
      to: 'Risk',
      lines: [
        {
          ...{ fullName: 'Ada', organization: 'Payments', from: 'admin' },
          consequences: { freed: ['KSE'], machines: 1, kept: ['TestOps'], invitations: 1 },
        },
      ],
    });
    expect(await homeOf(ada)).toMatchObject({ name: 'Payments', role: 'admin' });
    expect(await move([ada])).toMatchObject({ to: 'Risk', lines: [{ memberId: ada.id, freed: 1 }] });
    expect(await homeOf(ada)).toEqual({ name: 'Risk', role: 'user', status: 'active', joined: true });
    expect(await poolOf(people, kse, payments.id)).toMatchObject({ used: 0, holders: 0 });
    expect(await poolOf(people, testOps)).toMatchObject({ used: 1, holders: 1 });
    const machines = await people.sql`select product_id from registered_machine where member_id = ${ada.id}`;
    expect(machines.map(({ product_id }) => product_id)).toEqual([testOps]);
    const open = await people.sql`select status from invitation where invited_by = ${ada.id}`;
    expect(open.map(({ status }) => status)).toEqual(['pending']);
  });

  test('leaves an audit row where they were, and one where they are now', async () => {
    const ada = await payments.add('Ada', 'admin');
    await move([ada], risk, 'admin');
    const rows = await people.sql`
      select organization_id, actor_member_id, data from audit_event
      where subject = ${ada.id} and action in ('member.moved', 'member.arrived') order by action desc`;
    expect([...rows]).toMatchObject([
      {
        ...{ organization_id: payments.id, actor_member_id: admin.id },
        data: { from: payments.id, to: risk, role: 'admin' },
      },
      {
        ...{ organization_id: risk, actor_member_id: admin.id },
        data: { from: payments.id, role: 'admin' },
      },
    ]);
    expect(await homeOf(ada)).toMatchObject({ name: 'Risk', role: 'admin' });
  });

  test('makes an open invitation to the new organization pointless, and frees what was reserved for it', async () => {
    const { productId } = await giveSeats(payments, 'KSE', { account: 5 });
    const zoe = payments.stranger('Zoe');
    const pool = await poolOf(people, productId);
    const { lines } = await inviteMembers(
      { ...admin.context, organizationId: risk },
      { emails: [zoe.email], role: 'user', licenses: [{ productId, poolId: pool.id }] },
    );
    const member = await payments.add('Zoe');
    const claim = { invitationId: lines[0]?.invitationId ?? 'inv_', generation: 1 } as const;
    // Joining moves nobody, whatever they were sent.
    expect(await answerTo(() => acceptInvitation(member.context, claim))).toBe(
      'member-of-another-organization',
    );
    expect(await homeOf(member)).toMatchObject({ name: 'Payments' });
    await move([member]);
    const [row] = await people.sql`select status from invitation where id = ${claim.invitationId}`;
    expect(row).toEqual({ status: 'revoked' });
    expect(await poolOf(people, productId)).toMatchObject({ used: 0, holders: 0 });
  });

  test('of several, those who cannot be moved stay and are named; one alone is refused', async () => {
    const [ada, ben] = [await payments.add('Ada'), await payments.add('Ben')];
    await removeMembers(admin.context, { memberIds: [ben.id] });
    const { lines } = await move([ada, admin, ben]);
    expect(lines.map(({ obstacle }) => obstacle?.code)).toEqual([
      undefined,
      'is-the-owner',
      'not-an-active-member',
    ]);
    expect(await answerTo(() => move([ada]))).toBe('is-there-already');
    expect(await answerTo(() => move([admin]))).toBe('is-the-owner');
    expect(await answerTo(() => move([ada], 'org_00000000000000000000000000000000'))).toBe(
      'organization-not-found',
    );
  });

  test('confirmed twice takes effect once', async () => {
    const ada = await payments.add('Ada');
    const twice = { ...admin.context, replayKey: `dra_${ada.id}` };
    const input = { memberIds: [ada.id], organizationId: risk, role: 'user' } as const;
    const both = [await moveMembers(twice, input), await moveMembers(twice, input)];
    expect(both[1]).toEqual(both[0]);
    const [row] = await people.sql`
      select count(*)::int from audit_event where subject = ${ada.id} and action = 'member.moved'`;
    expect(row?.count).toBe(1);
  });

  test('takes the same number of statements for one who holds much as for one who holds nothing', async () => {
    const [ada, ben] = [await payments.add('Ada'), await payments.add('Ben')];
    for (const name of ['KSE', 'TestOps']) {
      const { productId } = await giveSeats(payments, name, { account: 5, dedicated: 2 });
      await assignLicenses(admin.context, { memberIds: [ada.id], productId });
    }
    const [much, nothing] = [
      await people.statementsOf(() => move([ada])),
      await people.statementsOf(() => move([ben])),
    ];
    expect(much.length).toBe(nothing.length);
    expect(much.length).toBeLessThanOrEqual(9);
  });
});

describe('a move and at the same moment', () => {
  const answers = async (round: number, first: () => Promise<unknown>, second: () => Promise<unknown>) =>
    (
      await startBoth(
        people.sql,
        round,
        () => answerTo(first),
        () => answerTo(second),
      )
    ).join(' and ');

  test('another one: they are at home in one of the two, and one to the same place is refused', async () => {
    const sam = await payments.add('Sam');
    const { organizationId: sales } = await create('Sales', sam.id);
    const told: string[] = [];
    await inRounds(18, 3, async (round) => {
      const ada = await payments.add(`Ada ${round}`);
      const to = round % 2 === 0 ? sales : risk;
      told.push(
        await answers(
          round,
          () => move([ada]),
          () => move([ada], to),
        ),
      );
      expect(['Risk', 'Sales']).toContain((await homeOf(ada)).name);
    });
    const tallied = tally(told);
    expect(tallied['done and done']).toBe(9);
    expect((tallied['done and is-there-already'] ?? 0) + (tallied['is-there-already and done'] ?? 0)).toBe(9);
  });

  test('a removal: they are gone from where they were, or from where they went', async () => {
    const { productId } = await giveSeats(payments, 'KSE', { account: 50, dedicated: 40 });
    const told: string[] = [];
    await inRounds(18, 3, async (round) => {
      const ada = await payments.add(`Ada ${round}`);
      await assignLicenses(admin.context, { memberIds: [ada.id], productId });
      const remove = () => removeMembers(admin.context, { memberIds: [ada.id] });
      told.push(await answers(round, () => move([ada]), remove));
      expect((await homeOf(ada)).status).toBe('inactive');
    });
    expect(told.filter((one) => !['done and done', 'not-an-active-member and done'].includes(one))).toEqual(
      [],
    );
    expect(await poolOf(people, productId, payments.id)).toMatchObject({ used: 0, holders: 0 });
  });

  test('a transfer to them: they are Owner and stay, or they have gone and nobody is', async () => {
    const told: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const ada = await payments.add(`Ada ${round}`);
      const { organizationId, ...made } = await create(
        `Sales ${round}`,
        (await payments.add(`Sam ${round}`)).id,
      );
      const owner = payments.stranger(made.owner);
      await move([ada], organizationId);
      const handOver = () => transferOwnership(owner.context, { memberId: ada.id, email: ada.email });
      told.push(await answers(round, () => move([ada]), handOver));
    }
    expect(
      told.filter((one) => !['done and in-another-organization', 'is-the-owner and done'].includes(one)),
    ).toEqual([]);
  });

  test('their coming back by an invitation: they are active in one organization', async () => {
    const told: string[] = [];
    await inRounds(18, 3, async (round) => {
      const ada = await payments.add(`Ada ${round}`);
      await removeMembers(admin.context, { memberIds: [ada.id] });
      const claim = await payments.invite(ada);
      told.push(
        await answers(
          round,
          () => move([ada]),
          () => acceptInvitation(ada.context, claim),
        ),
      );
      expect((await homeOf(ada)).status).toBe('active');
    });
    expect(told.filter((one) => !['done and done', 'not-an-active-member and done'].includes(one))).toEqual(
      [],
    );
  });

  test('a licence of the old organization for them: nobody holds a seat of where they are not', async () => {
    const { productId } = await giveSeats(payments, 'KSE', { account: 50, dedicated: 40 });
    const { id: poolId } = await poolOf(people, productId, payments.id);
    await inRounds(18, 3, async (round) => {
      const ada = await payments.add(`Ada ${round}`);
      const assign = () => assignLicenses(admin.context, { memberIds: [ada.id], productId, poolId });
      const told = await answers(round, () => move([ada]), assign);
      expect(['done and done', 'done and source-of-another-organization']).toContain(told);
    });
    expect(await poolOf(people, productId, payments.id)).toMatchObject({ used: 0, holders: 0 });
  });
});
