import { afterAll, beforeAll, expect, test } from 'vitest';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { listInvitations } from '../../../src/membership/invitations/list-invitations.ts';
import { reviewInvitations } from '../../../src/membership/invitations/review-invitations.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { listMembers } from '../../../src/membership/members/list-members.ts';
import { listRemoved } from '../../../src/membership/members/list-removed.ts';
import { notePresence } from '../../../src/membership/members/note-presence.ts';
import { answerTo } from '../answers.ts';
import { addCrowd, addPendingCrowd } from '../crowd.ts';
import { productNamed } from '../licenses/seats.ts';
import {
  createPeople,
  letTimePass,
  type People,
  removeMember,
  type TestMember,
  type TestOrganization,
} from '../people.ts';

let people: People;
let payments: TestOrganization;
let ana: TestMember;

beforeAll(async () => {
  people = await createPeople();
  payments = await people.setUp();
  const { owner } = payments;
  const adam = await payments.add('Adam', 'admin');
  const bill = await payments.add('Bill', 'billing-manager');
  ana = await payments.add('Ana');
  const zoe = await payments.add('Zoe');
  await removeMember(people, await payments.add('Gone Admin', 'admin'));
  await removeMember(people, await payments.add('Gone User'));
  const products = [
    await productNamed(owner, 'KSE'),
    await productNamed(owner, 'TestOps Guest'),
    await productNamed(owner, 'TestOps'),
  ] as const;
  for (const productId of products)
    await setSeats(owner.context, { productId, organizationId: null, total: 9 });
  await assignLicenses(owner.context, { memberIds: [ana.id, adam.id, bill.id], productId: products[0] });
  await assignLicenses(owner.context, { memberIds: [ana.id], productId: products[1] });
  await people.sql`update member set last_access_at = now() - interval '29 days' where id = ${zoe.id}`;
  await people.sql`update member set last_access_at = now() - interval '31 days' where id in (${ana.id}, ${bill.id})`;
  const neighbour = await payments.addSister('Risk');
  const far = await neighbour.add('Far Ana');
  await assignLicenses(owner.context, { memberIds: [far.id], productId: products[0] });
});

afterAll(() => people.stop());

test('members and invitations are filtered by team and project, whose names may have two words', async () => {
  const { id, accountId, owner } = payments;
  await people.sql`
    insert into team (id, account_id, organization_id, name)
    values ('tea_' || md5('north'), ${accountId}, ${id}, 'QA North'), ('tea_' || md5('south'), ${accountId}, ${id}, 'South')`;
  await people.sql`
    insert into project (id, account_id, organization_id, name) values ('prj_' || md5('apollo'), ${accountId}, ${id}, 'Apollo')`;
  await people.sql`
    insert into team_member (team_id, organization_id, member_id, role)
    values ('tea_' || md5('north'), ${id}, ${ana.id}, 'user'), ('tea_' || md5('north'), ${id}, ${owner.id}, 'owner')`;
  await people.sql`
    insert into project_member (project_id, account_id, member_id, role)
    values ('prj_' || md5('apollo'), ${accountId}, ${ana.id}, 'tester')`;
  expect(await members('team:"qa north"')).toEqual(['Ana', 'Olivia']);
  expect(await members('team:"QA North" role:user')).toEqual(['Ana']);
  expect(await members('team:South')).toEqual([]);
  expect(await members('project:apollo team:“QA North” license:KSE')).toEqual(['Ana']);
  const { invitationId } = await payments.invite(payments.stranger('Teamed'));
  await people.sql`insert into invitation_team (invitation_id, team_id, role)
    values (${invitationId}, 'tea_' || md5('north'), 'user')`;
  const pending = async (search: string) =>
    (await listInvitations(owner.context, { size: 50, search })).rows.map(({ email }) => email);
  expect(await pending('team:"QA North"')).toEqual(['teamed@acme.test']);
  expect(await pending('project:Apollo')).toEqual([]);
  await expect(listMembers(owner.context, { size: 5, search: 'team:"QA Nort"' })).rejects.toMatchObject({
    code: 'filter-value-not-known',
    data: { filter: 'team', nearest: 'QA North', known: ['QA North', 'South'] },
  });
  await people.sql`update invitation set status = 'revoked', decided_at = now() where id = ${invitationId}`;
});

const members = async (search: string) =>
  (await listMembers(payments.owner.context, { size: 50, search })).rows.map(({ fullName }) => fullName);

test.each([
  ['role:admin', ['Adam']],
  ['role:owner', ['Olivia']],
  ['role:billing', ['Bill']],
  ['role:"billing manager"', ['Bill']],
  ['role:user', ['Ana', 'Zoe']],
  ['role:User role:admin', []],
  ['license:KSE', ['Adam', 'Ana', 'Bill']],
  ['license:kse license:"testops guest"', ['Ana']],
  ['license:TestOps', []],
  ['idle:30d', ['Ana', 'Bill']],
  ['idle:4w', ['Ana', 'Bill', 'Zoe']],
  ['idle:720H', ['Ana', 'Bill']],
  ['idle:52w', []],
  ['idle:30d license:KSE role:user', ['Ana']],
  ['an license:KSE', ['Ana']],
  ['acme.test idle:30d', ['Ana', 'Bill']],
  ['"role:admin"', []],
])('members %s are %j', async (search, names) => {
  expect(await members(search)).toEqual(names);
});

test('a row says which licences somebody holds and when they last used usher', async () => {
  const { rows, words } = await listMembers(payments.owner.context, { size: 5, search: 'ana license:kse' });
  expect(rows).toMatchObject([{ fullName: 'Ana', licenses: ['KSE', 'TestOps Guest'] }]);
  expect(Math.round((rows[0]?.lastAccessAgo ?? 0) / 86_400)).toBe(31);
  expect(words).toEqual({ text: 'ana', filters: [{ key: 'license', value: 'KSE' }] });
});

test.each([
  ['role:admni', { filter: 'role', nearest: 'admin', known: ['owner', 'admin', 'billing', 'user'] }],
  ['license:KSX', { filter: 'license', nearest: 'KSE', known: ['KRE', 'KSE', 'TestOps', 'TestOps Guest'] }],
  ['idle:soon', { filter: 'idle', known: ['12h', '30d', '8w'], examples: true }],
  ['idle:-1d', { filter: 'idle' }],
  ['idle:99999w', { filter: 'idle' }],
  ['idle:0d', { filter: 'idle' }],
  ['role:', { filter: 'role', value: '' }],
])('%s is refused, saying what there is', async (search, data) => {
  await expect(listMembers(payments.owner.context, { size: 5, search })).rejects.toMatchObject({
    code: 'filter-value-not-known',
    data,
  });
});

test('a filter of another list is refused, naming what this one has', async () => {
  const { context } = payments.owner;
  expect(await answerTo(() => listMembers(context, { size: 5, search: 'expired:yes' }))).toBe(
    'filter-not-known',
  );
  expect(await answerTo(() => listRemoved(context, { size: 5, search: 'idle:30d' }))).toBe(
    'filter-not-known',
  );
  expect(await answerTo(() => listInvitations(context, { size: 5, search: 'idle:30d' }))).toBe(
    'filter-not-known',
  );
  expect(await answerTo(() => listInvitations(context, { size: 5, search: 'role:owner' }))).toBe(
    'filter-value-not-known',
  );
});

test('somebody without the right is refused that, whatever they filter by', async () => {
  const listing = () => listMembers(ana.context, { size: 5, search: 'license:nonsense' });
  expect(await answerTo(listing)).toBe('not-allowed');
});

test.each([
  ['role:admin', ['Gone Admin']],
  ['role:user gone', ['Gone User']],
  ['role:billing', []],
])('the removed %s are %j', async (search, names) => {
  const { rows } = await listRemoved(payments.owner.context, { size: 50, search });
  expect(rows.map(({ fullName }) => fullName)).toEqual(names);
});

test('pending invitations are filtered by role, licence, end and delivery', async () => {
  const { owner } = payments;
  const invite = async (name: string, role: 'admin' | 'user', licenses: { product: string }[] = []) => {
    const { email } = payments.stranger(name);
    const review = await reviewInvitations(owner.context, {
      ...{ entries: [{ kind: 'address', email, text: email }], role, licenses },
    });
    const { lines } = await inviteMembers(owner.context, {
      ...{
        emails: [email],
        role,
        licenses: review.seats.map(({ pool }) => ({ productId: pool.productId, poolId: pool.id })),
      },
    });
    return lines[0]?.invitationId ?? 'inv_';
  };
  const late = await invite('Late', 'user');
  await invite('Boss', 'admin', [{ product: 'KSE' }]);
  const far = await invite('Far', 'user', [{ product: 'KSE' }]);
  await letTimePass(people, '2 days', [late]);
  await people.sql`update invitation set delivery = 'refused' where id = ${far}`;
  const pending = async (search: string) =>
    (await listInvitations(owner.context, { size: 50, search })).rows.map(({ email }) => email.split('@')[0]);
  expect(await pending('role:user')).toEqual(['far', 'late']);
  expect(await pending('role:admin')).toEqual(['boss']);
  expect(await pending('license:KSE')).toEqual(['far', 'boss']);
  expect(await pending('license:KSE role:user')).toEqual(['far']);
  expect(await pending('expired:yes')).toEqual(['late']);
  expect(await pending('expired:no license:KSE acme')).toEqual(['far', 'boss']);
  expect(await pending('delivery:failed')).toEqual(['far']);
  expect(await pending('delivery:sending expired:no')).toEqual(['boss']);
});

test('what is pending is found by its licence, however many invitations with it were answered since', async () => {
  const { owner } = payments;
  const { email } = payments.stranger('Patient');
  const review = await reviewInvitations(owner.context, {
    ...{ entries: [{ kind: 'address', email, text: email }], role: 'user', licenses: [{ product: 'KSE' }] },
  });
  const licenses = review.seats.map(({ pool }) => ({ productId: pool.productId, poolId: pool.id }));
  await inviteMembers(owner.context, { emails: [email], role: 'user', licenses });
  await addPendingCrowd(people, payments, 'Answered', 2_001);
  const answered = people.sql`select id from invitation where email like 'answered.%'`;
  await people.sql`
    insert into invitation_license (invitation_id, product_id, pool_id)
    select id, ${licenses[0]?.productId ?? ''}, ${licenses[0]?.poolId ?? ''} from (${answered}) a`;
  await people.sql`update invitation set status = 'revoked', decided_at = now() where id in (${answered})`;
  const { rows, tooMany } = await listInvitations(owner.context, { size: 50, search: 'license:KSE patient' });
  expect([rows.map((row) => row.email), tooMany]).toEqual([[email], undefined]);
  const all = await listInvitations(owner.context, { size: 50, search: 'license:KSE' });
  expect([all.rows.map((row) => row.email).includes(email), all.tooMany]).toEqual([true, undefined]);
});

test('a filter that more than 2,000 fit says so, alone and with others; beside one that fits few, it finds all', async () => {
  const crowded = await people.setUp('Crowded');
  await addCrowd(people, crowded, 'Crowd', 2_100);
  await addCrowd(people, crowded, 'Zed', 3);
  const list = (search: string) => listMembers(crowded.owner.context, { size: 5, search });
  expect(await list('role:user')).toMatchObject({ tooMany: true });
  expect((await list('role:user crowd')).tooMany).toBe(true);
  const few = await list('role:user zed');
  expect([few.rows.length, few.tooMany]).toEqual([3, undefined]);
  expect(await list('idle:1h role:user')).toMatchObject({ rows: [] });
});

test('a text that many of the first have is found wherever it is; one that everybody has, from the first on', async () => {
  const crowded = await people.setUp('Alphabet');
  await addCrowd(people, crowded, 'Aaron', 41);
  await addCrowd(people, crowded, 'Member', 10_100);
  await addCrowd(people, crowded, 'Zora Aaron', 2);
  const list = (search: string) => listMembers(crowded.owner.context, { size: 50, search });
  const some = await list('aaron');
  expect([some.rows.length, some.rows.at(-1)?.fullName.slice(0, 4), some.tooMany]).toEqual([
    43,
    'Zora',
    undefined,
  ]);
  const all = await list('acme.test');
  const names = all.rows.map(({ fullName }) => fullName.split(' ')[0]);
  expect([names.filter((name) => name === 'Aaron').length, all.tooMany]).toEqual([41, true]);
});

test('last access is the latest of all identities, and written once an hour at most', async () => {
  const ivo = await payments.add('Ivo');
  const lastAccess = async () => {
    const [row] = await people.sql`
      select last_access_at as at, now() - last_access_at < interval '1 minute' as now from member where id = ${ivo.id}`;
    return row;
  };
  // The profile of whoever has just joined is read at once.
  await notePresence(ivo.context);
  await people.sql`update member set last_access_at = now() - interval '50 minutes' where id = ${ivo.id}`;
  const before = await lastAccess();
  await notePresence(ivo.context);
  expect(await lastAccess()).toEqual(before);
  await people.sql`update member set last_access_at = now() - interval '61 minutes' where id = ${ivo.id}`;
  await notePresence(ivo.context);
  expect(await lastAccess()).toMatchObject({ now: true });
});
