import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId, type ProductId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { copyLink } from '../../../src/membership/invitations/copy-link.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import type { JoinLinkClaim } from '../../../src/membership/invitations/join-link.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { reviewInvitations } from '../../../src/membership/invitations/review-invitations.ts';
import { revokeInvitations } from '../../../src/membership/invitations/revoke-invitations.ts';
import { expireInvitations } from '../../../src/membership/invitations/watch-clock.ts';
import { retireProduct } from '../../../src/membership/licenses/edit-catalogue.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { showMember } from '../../../src/membership/members/show-member.ts';
import { answerTo, refusalOf } from '../answers.ts';
import {
  createPeople,
  emailOf,
  letTimePass,
  type People,
  type Person,
  type TestOrganization,
} from '../people.ts';
import { brokenLicenseRules, giveSeats, poolOf } from './seats.ts';

let people: People;
let payments: TestOrganization;
let kse: ProductId;

beforeAll(async () => {
  people = await createPeople();
});

beforeEach(async () => {
  payments = await people.setUp();
  kse = (await giveSeats(payments, 'KSE', { account: 10, dedicated: 3 })).productId;
});

afterAll(async () => {
  const broken = await brokenLicenseRules(people);
  await people.stop();
  expect(broken).toEqual([]);
});

const ownPool = () => poolOf(people, kse, payments.id);

/** Invites with a seat of KSE from what is dedicated to Payments. */
async function invite(...names: string[]): Promise<JoinLinkClaim[]> {
  const licenses = [{ productId: kse, poolId: (await ownPool()).id }];
  const emails = names.map(emailOf);
  const { lines } = await inviteMembers(payments.owner.context, { emails, role: 'user', licenses });
  return lines.flatMap(({ invitationId }) => (invitationId ? [{ invitationId, generation: 1 }] : []));
}

async function inviteOne(name: string): Promise<{ claim: JoinLinkClaim; person: Person }> {
  const [claim] = await invite(name);
  if (!claim) throw new Error(`${name} was not invited.`);
  return { claim, person: payments.stranger(name) };
}

async function expire(claims: readonly JoinLinkClaim[]): Promise<void> {
  await letTimePass(
    people,
    '25 hours',
    claims.map(({ invitationId }) => invitationId),
  );
  await expireInvitations(people.db);
}

describe('a seat', () => {
  test('is reserved while inviting, and assigned by joining', async () => {
    const { claim, person } = await inviteOne('Ana');
    expect(await ownPool()).toMatchObject({ used: 1, holders: 1 });
    const { memberId } = await acceptInvitation(person.context, claim);
    expect(await ownPool()).toMatchObject({ used: 1, holders: 1 });
    const { licenses } = await showMember(person.context, { memberId });
    expect(licenses).toMatchObject([{ product: 'KSE', source: 'Payments', machines: [] }]);
    const [audit] = await people.sql`
      select data from audit_event where subject = ${claim.invitationId} and action = 'invitation.accepted'`;
    expect(audit?.data.licenses).toEqual([kse]);
  });

  test.each<[string, (claim: JoinLinkClaim, person: Person) => Promise<unknown>]>([
    ['declining', (claim, { context }) => declineInvitation(context, claim)],
    [
      'revoking',
      ({ invitationId }) => revokeInvitations(payments.owner.context, { invitationIds: [invitationId] }),
    ],
    ['running out', (claim) => expire([claim])],
    [
      'joining and being removed',
      async (claim, { context }) => {
        const { memberId } = await acceptInvitation(context, claim);
        await removeMembers(payments.owner.context, { memberIds: [memberId] });
      },
    ],
  ])('is free again after %s', async (_, end) => {
    const { claim, person } = await inviteOne('Ana');
    await end(claim, person);
    expect(await ownPool()).toMatchObject({ total: 3, used: 0, holders: 0 });
  });

  test('that is reserved by somebody who is removed is free again', async () => {
    const adam = await payments.add('Adam', 'admin');
    const licenses = [{ productId: kse, poolId: (await ownPool()).id }];
    await inviteMembers(adam.context, { emails: [emailOf('Ivo')], role: 'user', licenses });
    expect((await ownPool()).used).toBe(1);
    await removeMembers(payments.owner.context, { memberIds: [adam.id] });
    expect(await ownPool()).toMatchObject({ used: 0, holders: 0 });
  });
});

describe('sending again', () => {
  test('reserves what expiry had freed, and joining then assigns it', async () => {
    const { claim, person } = await inviteOne('Ana');
    await expire([claim]);
    await resendInvitations(payments.owner.context, { invitationIds: [claim.invitationId] });
    expect(await ownPool()).toMatchObject({ used: 1, holders: 1 });
    await acceptInvitation(person.context, { ...claim, generation: 2 });
    expect(await ownPool()).toMatchObject({ used: 1, holders: 1 });
  });

  test('keeps the seat of a link that is still good, and of one the clock has not noticed yet', async () => {
    const claims = await invite('Ana', 'Ben');
    await letTimePass(
      people,
      '25 hours',
      claims.slice(1).map(({ invitationId }) => invitationId),
    );
    const invitationIds = claims.map(({ invitationId }) => invitationId);
    await resendInvitations(payments.owner.context, { invitationIds });
    expect(await ownPool()).toMatchObject({ used: 2, holders: 2 });
  });

  test.each([
    [
      'resending',
      (claims: JoinLinkClaim[]) => {
        const invitationIds = claims.map(({ invitationId }) => invitationId);
        return resendInvitations(payments.owner.context, { invitationIds });
      },
      2,
    ],
    [
      'copying the link',
      ([claim]: JoinLinkClaim[]) =>
        copyLink(payments.owner.context, { invitationId: claim?.invitationId ?? 'inv_' }),
      1,
    ],
  ])('by %s is refused with how many are missing when the seats are gone', async (_, again, missing) => {
    const claims = await invite('Ana', 'Ben');
    await expire(claims);
    await invite('Cleo', 'Dan', 'Eve');
    const refusal = await refusalOf(() => again(claims));
    expect(refusal).toMatchObject({
      code: 'not-enough-seats',
      data: { product: 'KSE', source: 'Payments', missing, ask: ['Olivia'] },
    });
    const [row] = await people.sql`
      select max(generation) as generation from invitation where id = any(${claims.map((c) => c.invitationId)})`;
    expect(row?.generation).toBe(1);
  });
});

describe('inviting', () => {
  test('more people than there are seats is refused as a whole, before anything is sent', async () => {
    const refusal = await refusalOf(() => invite('Ana', 'Ben', 'Cleo', 'Dan', 'Eve'));
    expect(refusal).toMatchObject({ code: 'not-enough-seats', data: { missing: 2, ask: ['Olivia'] } });
    const rows = await people.sql`select 1 from invitation where organization_id = ${payments.id}`;
    expect(rows).toHaveLength(0);
    expect((await ownPool()).used).toBe(0);
  });

  test('takes no seat for people who are not invited', async () => {
    await invite('Ana');
    await payments.add('Mia');
    expect(await invite('Ana', 'Mia', 'Ben')).toHaveLength(1);
    expect(await ownPool()).toMatchObject({ used: 2, holders: 2 });
  });

  test('with two licences reserves one of each, and for concurrent use any number', async () => {
    const { productId: kre } = await giveSeats(payments, 'KRE', { account: 1 });
    const poolId = (await poolOf(people, kre)).id;
    const licenses = [
      { productId: kse, poolId: (await poolOf(people, kse)).id },
      { productId: kre, poolId },
    ];
    const emails = ['Ana', 'Ben', 'Cleo'].map(emailOf);
    await inviteMembers(payments.owner.context, { emails, role: 'user', licenses });
    expect(await poolOf(people, kse)).toMatchObject({ used: 3, holders: 3 });
    expect(await poolOf(people, kre)).toMatchObject({ total: 1, used: 3, holders: 3 });
  });

  test('a pool of another organization, of another account, or of a retired product is refused', async () => {
    const risk = await payments.addSister('Risk');
    await giveSeats({ ...risk, owner: payments.owner }, 'KSE', { account: 20, dedicated: 2 });
    const foreign = await people.setUp('Foreign');
    const { productId: theirs } = await giveSeats(foreign, 'KSE', { account: 5 });
    const { productId: guest } = await giveSeats(payments, 'TestOps Guest', { account: 5 });
    await retireProduct(payments.owner.context, { productId: guest, retired: true });
    for (const licenses of [
      [{ productId: kse, poolId: (await poolOf(people, kse, risk.id)).id }],
      [{ productId: theirs, poolId: (await poolOf(people, theirs)).id }],
      [{ productId: guest, poolId: (await poolOf(people, guest)).id }],
    ]) {
      const emails = [emailOf('Ana')];
      const act = () => inviteMembers(payments.owner.context, { emails, role: 'user', licenses });
      expect(await answerTo(act)).toBe('source-not-found');
    }
  });

  test('takes as many statements for 1,000 addresses as for one, and at most 6', async () => {
    await giveSeats(payments, 'KSE', { account: 5_000, dedicated: 2_000 });
    const licenses = [{ productId: kse, poolId: (await ownPool()).id }];
    const countFor = async (count: number) => {
      const emails = Array.from({ length: count }, (_, at) => emailOf(`p${count} ${at}`));
      const context = { ...payments.owner.context, replayKey: newId('dra') };
      return (await people.statementsOf(() => inviteMembers(context, { emails, role: 'user', licenses })))
        .length;
    };
    const counts = [await countFor(1), await countFor(1_000)];
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeLessThanOrEqual(6);
    expect(await ownPool()).toMatchObject({ used: 1_001, holders: 1_001 });
  });
});

test('accepting with two seats takes at most 9 statements', async () => {
  const { productId: kre } = await giveSeats(payments, 'KRE', { account: 1 });
  const licenses = [
    { productId: kse, poolId: (await ownPool()).id },
    { productId: kre, poolId: (await poolOf(people, kre)).id },
  ];
  const ana = payments.stranger('Ana');
  const input = { emails: [ana.email], role: 'user', licenses } as const;
  const { lines } = await inviteMembers(payments.owner.context, input);
  const claim = { invitationId: lines[0]?.invitationId ?? 'inv_', generation: 1 } as const;
  const context = { ...ana.context, replayKey: newId('dra') };
  const statements = await people.statementsOf(() => acceptInvitation(context, claim));
  expect(statements.length).toBeLessThanOrEqual(9);
});

describe('the review', () => {
  const entries = (...names: string[]) =>
    names.map((name) => ({ kind: 'address', email: emailOf(name), text: name }) as const);
  const review = (licenses: { product: string; from?: string }[], ...names: string[]) =>
    reviewInvitations(payments.owner.context, { entries: entries(...names), role: 'user', licenses });

  test('says what inviting takes, from the own pool as long as it has seats for all', async () => {
    const { seats } = await review([{ product: 'kse' }], 'Ana', 'Ben');
    expect(seats).toMatchObject([{ pool: { organization: 'Payments', total: 3 }, after: 2, missing: 0 }]);
    const four = await review([{ product: 'kse' }], 'Ana', 'Ben', 'Cleo', 'Dan');
    expect(four.seats).toMatchObject([{ pool: { organization: null }, after: 4, missing: 0 }]);
    expect((await ownPool()).used).toBe(0);
  });

  test('says how many seats are missing, and who can add some', async () => {
    const { seats, ask } = await review([{ product: 'KSE', from: 'payments' }], 'Ana', 'Ben', 'Cleo', 'Dan');
    expect(seats).toMatchObject([{ after: 4, missing: 1 }]);
    expect(ask).toEqual(['Olivia']);
  });

  test.each([
    ['a product there is not', [{ product: 'KSX' }], 'product-not-found'],
    ['a source there is not', [{ product: 'KSE', from: 'Risk' }], 'source-not-found'],
    [
      'one product twice',
      [{ product: 'KSE' }, { product: 'kse', from: 'account' }],
      'one-source-per-license',
    ],
  ])('refuses %s', async (_, licenses, code) => {
    expect(await answerTo(() => review(licenses, 'Ana'))).toBe(code);
  });
});
