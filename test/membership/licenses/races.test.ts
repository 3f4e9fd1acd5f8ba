import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InvitationId, ProductId } from '../../../db/id.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../../src/membership/invitations/revoke-invitations.ts';
import { expireInvitations } from '../../../src/membership/invitations/watch-clock.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { takeBackLicenses } from '../../../src/membership/licenses/take-back-licenses.ts';
import { removeMembers } from '../../../src/membership/members/remove-members.ts';
import { answerTo, tally } from '../answers.ts';
import { addCrowd } from '../crowd.ts';
import {
  createPeople,
  emailOf,
  letTimePass,
  type People,
  type TestMember,
  type TestOrganization,
} from '../people.ts';
import { inRounds, startBoth } from '../races.ts';
import { brokenLicenseRules, giveSeats, poolOf } from './seats.ts';

let people: People;
let payments: TestOrganization;
let kse: ProductId;

beforeAll(async () => {
  people = await createPeople({ max: 12 });
});

beforeEach(async () => {
  payments = await people.setUp();
});

afterAll(async () => {
  const broken = await brokenLicenseRules(people);
  await people.stop();
  expect(broken).toEqual([]);
});

const ownPool = () => poolOf(people, kse, payments.id);

async function seats(account: number, dedicated?: number): Promise<void> {
  const given = { account, ...(dedicated === undefined ? {} : { dedicated }) };
  kse = (await giveSeats(payments, 'KSE', given)).productId;
}

async function crowd(count: number): Promise<TestMember['id'][]> {
  await addCrowd(people, payments, 'Crowd', count);
  const rows = await people.sql<{ id: TestMember['id'] }[]>`
    select id from member where organization_id = ${payments.id} and full_name like 'Crowd %' order by id`;
  return rows.map(({ id }) => id);
}

const assign = (memberId: TestMember['id']) =>
  answerTo(() => assignLicenses(payments.owner.context, { memberIds: [memberId], productId: kse }));

test('of 50 people who are assigned 5 seats at the same moment five get one, and the others are told', async () => {
  await seats(5, 3);
  const answers = await Promise.all((await crowd(50)).map(assign));
  expect(tally(answers)).toEqual({ done: 5, 'not-enough-seats': 45 });
  expect([await ownPool(), await poolOf(people, kse)]).toMatchObject([
    { used: 3, holders: 3 },
    { used: 2, holders: 2 },
  ]);
});

test('one person who is assigned 20 times at once holds one seat', async () => {
  await seats(30, 10);
  const ana = await payments.add('Ana');
  expect(tally(await Promise.all(Array.from({ length: 20 }, () => assign(ana.id))))).toEqual({ done: 20 });
  expect(await ownPool()).toMatchObject({ used: 1, holders: 1 });
});

test('of 1,000 who are sent a link again and accept it, exactly 900 join, for there are 900 seats', async () => {
  await seats(1_000, 1_000);
  const names = Array.from({ length: 1_000 }, (_, at) => `Racer ${at}`);
  const licenses = [{ productId: kse, poolId: (await ownPool()).id }];
  const input = { emails: names.map(emailOf), role: 'user', licenses } as const;
  const { lines } = await inviteMembers(payments.owner.context, input);
  const invited = lines.flatMap(({ invitationId }, at) =>
    invitationId ? [{ invitationId, name: names[at] ?? '' }] : [],
  );
  await letTimePass(
    people,
    '25 hours',
    invited.map(({ invitationId }) => invitationId),
  );
  while ((await expireInvitations(people.db)) > 0);
  await setSeats(payments.owner.context, { productId: kse, organizationId: payments.id, total: 900 });
  const answers: string[] = [];
  await inRounds(invited.length, 12, async (at) => {
    const { invitationId, name } = invited[at] ?? { invitationId: 'inv_' as InvitationId, name: '' };
    const again = await answerTo(() =>
      resendInvitations(payments.owner.context, { invitationIds: [invitationId] }),
    );
    const { context } = payments.stranger(name);
    const accepted = await answerTo(() => acceptInvitation(context, { invitationId, generation: 2 }));
    answers.push(`${again}, ${accepted}`);
  });
  expect(tally(answers)).toEqual({
    'done, done': 900,
    'not-enough-seats, invitation-not-valid: replaced': 100,
  });
  expect(await ownPool()).toMatchObject({ total: 900, used: 900, holders: 900 });
}, 180_000);

test('inviting for the last seats at the same moment sends as many as there are seats', async () => {
  await seats(7, 7);
  const licenses = [{ productId: kse, poolId: (await ownPool()).id }];
  const invite = (at: number) =>
    answerTo(() =>
      inviteMembers(payments.owner.context, { emails: [emailOf(`Guest ${at}`)], role: 'user', licenses }),
    );
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => invite(at)));
  expect(tally(answers)).toEqual({ done: 7, 'not-enough-seats': 13 });
  expect(await ownPool()).toMatchObject({ used: 7, holders: 7 });
});

test('accepting against revoking ends with the seat assigned or free, never both', async () => {
  await seats(40, 40);
  const licenses = [{ productId: kse, poolId: (await ownPool()).id }];
  const endings: string[] = [];
  await inRounds(36, 4, async (round) => {
    const person = payments.stranger(`Racer ${round}`);
    const input = { emails: [person.email], role: 'user', licenses } as const;
    const { lines } = await inviteMembers(payments.owner.context, input);
    const invitationId = lines[0]?.invitationId ?? 'inv_';
    const answers = await startBoth(
      people.sql,
      round,
      () => answerTo(() => acceptInvitation(person.context, { invitationId, generation: 1 })),
      async () => {
        const [line] = await revokeInvitations(payments.owner.context, { invitationIds: [invitationId] });
        return line?.now ? 'done' : `is ${line?.outcome}`;
      },
    );
    endings.push(answers.join(', '));
  });
  const { 'done, is accepted': joined = 0, 'invitation-not-valid: revoked, done': revoked = 0 } =
    tally(endings);
  expect(joined + revoked).toBe(36);
  expect(await ownPool()).toMatchObject({ used: joined, holders: joined });
});

test('setting fewer seats against assigning never leaves more holders than seats', async () => {
  await seats(100, 20);
  const members = await crowd(20);
  const { id: poolId } = await ownPool();
  const set = (total: number) =>
    answerTo(() => setSeats(payments.owner.context, { productId: kse, organizationId: payments.id, total }));
  const give = (memberId: TestMember['id']) =>
    answerTo(() => assignLicenses(payments.owner.context, { memberIds: [memberId], productId: kse, poolId }));
  const answers = await Promise.all([...members.map(give), ...[12, 9, 6, 15].map(set)]);
  const told = tally(answers);
  const known = ['done', 'not-enough-seats', 'fewer-seats-than-used'];
  expect(Object.keys(told).filter((answer) => !known.includes(answer))).toEqual([]);
  const pool = await ownPool();
  expect(pool.used).toBeLessThanOrEqual(pool.total);
  expect(pool.used).toBe(pool.holders);
  expect(tally(answers.slice(0, 20)).done).toBe(pool.holders);
});

test('taking back, changing the source and removing at once leave every counter right', async () => {
  await seats(60, 30);
  const members = await crowd(24);
  const { context } = payments.owner;
  await assignLicenses(context, { memberIds: members, productId: kse });
  const { id: poolId } = await poolOf(people, kse);
  const answers = await Promise.all(
    members.flatMap((memberId, at) => [
      answerTo(() => assignLicenses(context, { memberIds: [memberId], productId: kse, poolId })),
      at % 2 === 0
        ? answerTo(() => takeBackLicenses(context, { memberIds: [memberId], productId: kse }))
        : answerTo(() => removeMembers(context, { memberIds: [memberId] })),
    ]),
  );
  const known = ['done', 'no-license', 'not-an-active-member', 'busy'];
  expect(answers.filter((answer) => !known.includes(answer))).toEqual([]);
  for (const pool of [await ownPool(), await poolOf(people, kse)]) expect(pool.used).toBe(pool.holders);
  const left = await people.sql`
    select 1 from license_assignment a join member m on m.id = a.member_id where m.status = 'inactive'`;
  expect(left).toHaveLength(0);
});
