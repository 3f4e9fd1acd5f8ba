import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';
import type { InvitationId, MemberId, OrganizationId, PoolId, ProductId, TeamId } from '../../db/id.ts';
import type { Platform } from '../../db/schema.ts';
import { deliver } from '../../src/jobs/deliver.ts';
import { claimDue } from '../../src/jobs/outbox.ts';
import type { Actor, Context } from '../../src/membership/context.ts';
import type { Seat } from '../../src/membership/events.ts';
import { cancelExport } from '../../src/membership/exports/cancel-export.ts';
import { requestExport } from '../../src/membership/exports/request-export.ts';
import { archiveGroup, renameGroup } from '../../src/membership/groups/change-group.ts';
import {
  addToGroup,
  changeGroupRoles,
  removeFromGroup,
} from '../../src/membership/groups/change-group-members.ts';
import { createGroup } from '../../src/membership/groups/create-group.ts';
import { type GroupId, groupKinds, kindOf, topRole } from '../../src/membership/groups/group.ts';
import { acceptInvitation } from '../../src/membership/invitations/accept-invitation.ts';
import { askForNewLink } from '../../src/membership/invitations/ask-for-new-link.ts';
import { declineInvitation } from '../../src/membership/invitations/decline-invitation.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { createJoinLinks } from '../../src/membership/invitations/join-link.ts';
import { resendInvitations } from '../../src/membership/invitations/resend-invitations.ts';
import { revokeInvitations } from '../../src/membership/invitations/revoke-invitations.ts';
import { expireInvitations, remindInvitees } from '../../src/membership/invitations/watch-clock.ts';
import { assignLicenses } from '../../src/membership/licenses/assign-licenses.ts';
import { addProduct, renameProduct, retireProduct } from '../../src/membership/licenses/edit-catalogue.ts';
import { registerMachine } from '../../src/membership/licenses/register-machine.ts';
import { setSeats } from '../../src/membership/licenses/set-seats.ts';
import { takeBackLicenses } from '../../src/membership/licenses/take-back-licenses.ts';
import { changeAccountRoles } from '../../src/membership/members/change-account-roles.ts';
import { changeRoles } from '../../src/membership/members/change-roles.ts';
import { leaveOrganization } from '../../src/membership/members/leave-organization.ts';
import { moveMembers } from '../../src/membership/members/move-members.ts';
import { removeMembers } from '../../src/membership/members/remove-members.ts';
import { transferOwnership } from '../../src/membership/members/transfer-ownership.ts';
import { connectWorkspace } from '../../src/membership/organizations/connect-workspace.ts';
import { createOrganization } from '../../src/membership/organizations/create-organization.ts';
import { renameOrganization } from '../../src/membership/organizations/rename-organization.ts';
import { setUpOrganization } from '../../src/membership/organizations/set-up-organization.ts';
import type { Messenger } from '../../src/messages/messenger.ts';
import { address } from '../membership/addresses.ts';

/**
 * Fills an empty database through usher's own operations with two accounts, and invitations in every state:
 *
 * - acme, workspace T1 and a Teams tenant: Olivia is the Owner of Payments, Adam its Admin, Ana a User
 * - Ben declined, Cleo was revoked, Dora was sent a second link, Eve's ran out, Hal's too and he asked for a new one
 * - Finn has his message, Gus's still waits; Jan was invited by Adam
 * - Lea, an Admin, was removed with her invitation of Ned; Max, for a while Billing Manager, left and came back
 * - Tom was Account Admin for a while; Olivia handed Payments over to Adam, and got it back
 * - of KSE the account has 10 seats, 5 of them dedicated to Payments; Pia joined with one of those and has a machine, for
 *   Otto one is reserved; Rex had one while he was there; Quin's and Sue's are free again, Tom's was taken back
 * - of TestOps there are 8, and Tom has one, as of KRE, which 5 may use at once; KSY is retired
 * - Uma, an Admin, made the teams QA, once Tests, and Old, which is archived, and the project App of QA; Vic is in QA
 *   and App, Wes had a team and a project of his own until he was removed, Xan was in QA until she became Billing Manager
 * - Olivia has a file of all members, Adam has cancelled his
 * - Risk was made for Rita of Payments; Mona moved there with a seat of the account, and gave back one of Payments
 * - other, workspace T2: Bea is the Owner of Shipping and has invited Iris
 */
export async function fillHealthily(db: Database): Promise<void> {
  const [olivia, bea] = [actorOf('olivia'), actorOf('bea', 'slack', 'T2')];
  await setUpOrganization(contextOf(db, olivia), { organization: 'Payments' });
  await setUpOrganization(contextOf(db, bea), { organization: 'Shipping' });
  await connectWorkspace(contextOf(db, actorOf('olivia', 'teams', 'tenant')));
  await stock(db, olivia);
  await invite(db, olivia, ['quin'], 'user', ['KSE']);
  await invite(db, olivia, ['eve', 'hal']);
  await deliverAll(db);
  await runOut(db);
  await askForNewLink(contextOf(db, actorOf('hal')), { invitationId: await idOf(db, 'hal') });
  await invite(db, olivia, ['ana', 'ben', 'cleo', 'dora']);
  await invite(db, olivia, ['adam'], 'admin');
  await deliverAll(db);
  for (const name of ['ana', 'adam'])
    await acceptInvitation(contextOf(db, actorOf(name)), await claim(db, name));
  await declineInvitation(contextOf(db, actorOf('ben')), await claim(db, 'ben'));
  await revokeInvitations(contextOf(db, olivia), { invitationIds: [await idOf(db, 'cleo')] });
  await resendInvitations(contextOf(db, olivia), { invitationIds: [await idOf(db, 'dora')] });
  await invite(db, actorOf('adam'), ['jan']);
  await invite(db, bea, ['iris']);
  await invite(db, olivia, ['finn']);
  await comeAndGo(db);
  await license(db, olivia);
  await gather(db, olivia);
  await exportFiles(db, olivia);
  await organize(db, olivia);
  await deliverAll(db);
  await invite(db, olivia, ['gus']);
}

/** The seats there are. */
async function stock(db: Database, olivia: Actor): Promise<void> {
  const context = contextOf(db, olivia);
  const [organization] = await db.execute<{ id: OrganizationId }>(
    sql`select id from organization where name = 'Payments'`,
  );
  const { id: organizationId = null } = organization ?? {};
  const [kse, testOps] = [await productOf(db, 'KSE'), await productOf(db, 'TestOps')];
  await setSeats(context, { productId: kse, organizationId: null, total: 10 });
  await setSeats(context, { productId: kse, organizationId, total: 6 });
  await setSeats(context, { productId: kse, organizationId, total: 5 });
  await setSeats(context, { productId: testOps, organizationId: null, total: 8 });
  await setSeats(context, { productId: await productOf(db, 'KRE'), organizationId: null, total: 5 });
  const { productId } = await addProduct(context, { product: 'KSX', kind: 'per-seat' });
  await renameProduct(context, { productId, product: 'KSY' });
  await retireProduct(context, { productId, retired: true });
}

/** Seats that are given, moved, reserved and free again. */
async function license(db: Database, olivia: Actor): Promise<void> {
  const context = contextOf(db, olivia);
  const [kse, testOps] = [await productOf(db, 'KSE'), await productOf(db, 'TestOps')];
  const [tom, max] = [await memberOf(db, 'tom'), await memberOf(db, 'max')];
  await assignLicenses(context, { memberIds: [tom, max], productId: kse });
  await assignLicenses(context, { memberIds: [tom], productId: testOps });
  await takeBackLicenses(context, { memberIds: [tom, max], productId: kse });
  await assignLicenses(context, { memberIds: [tom], productId: await productOf(db, 'KRE') });
  await invite(db, olivia, ['otto', 'pia', 'rex', 'sue'], 'user', ['KSE']);
  for (const name of ['pia', 'rex'])
    await acceptInvitation(contextOf(db, actorOf(name)), await claim(db, name));
  await registerMachine(contextOf(db, actorOf('pia')), { productId: kse, machineId: 'laptop' });
  await removeMembers(context, { memberIds: [await memberOf(db, 'rex')] });
  await declineInvitation(contextOf(db, actorOf('sue')), await claim(db, 'sue'));
}

/** A second organization, which was called Frisk at first, and people who went there. */
async function organize(db: Database, olivia: Actor): Promise<void> {
  const context = contextOf(db, olivia);
  await invite(db, olivia, ['rita', 'mona'], 'user', ['KSE']);
  for (const name of ['rita', 'mona'])
    await acceptInvitation(contextOf(db, actorOf(name)), await claim(db, name));
  const [rita, mona] = [await memberOf(db, 'rita'), await memberOf(db, 'mona')];
  await assignLicenses(context, { memberIds: [mona], productId: await productOf(db, 'TestOps') });
  const { organizationId } = await createOrganization(context, { name: 'Frisk', ownerId: rita });
  await renameOrganization({ ...context, organizationId }, { name: 'Risk' });
  await moveMembers(context, { memberIds: [mona], organizationId, role: 'user' });
}

/** A product of Olivia's account. */
async function productOf(db: Database, name: string): Promise<ProductId> {
  const [row] = await db.execute<{ id: ProductId }>(sql`
    select d.id from license_product d join organization o on o.account_id = d.account_id
    where o.name = 'Payments' and d.name = ${name}`);
  if (!row) throw new Error(`There is no ${name}.`);
  return row.id;
}

async function memberOf(db: Database, name: string): Promise<MemberId> {
  const [row] = await db.execute<{ id: MemberId }>(
    sql`select id from member where email = ${`${name}@acme.test`}`,
  );
  if (!row) throw new Error(`${name} is no member.`);
  return row.id;
}

async function exportFiles(db: Database, olivia: Actor): Promise<void> {
  await requestExport(contextOf(db, olivia), { content: 'members' });
  const adam = contextOf(db, actorOf('adam'));
  await cancelExport(adam, await requestExport(adam, { content: 'members' }));
}

async function comeAndGo(db: Database): Promise<void> {
  const [olivia, adam] = [actorOf('olivia'), actorOf('adam')];
  const join = async (name: string, role?: 'admin') => {
    await invite(db, olivia, [name], role);
    const { memberId } = await acceptInvitation(contextOf(db, actorOf(name)), await claim(db, name));
    return memberId;
  };
  const lea = await join('lea', 'admin');
  await invite(db, actorOf('lea'), ['ned']);
  await removeMembers(contextOf(db, olivia), { memberIds: [lea] });
  const max = await join('max');
  await changeRoles(contextOf(db, adam), { memberIds: [max], role: 'billing-manager' });
  await leaveOrganization(contextOf(db, actorOf('max')));
  await join('max');
  const memberIds = [await join('tom')];
  await changeAccountRoles(contextOf(db, olivia), { memberIds, accountRole: 'account-admin' });
  await changeAccountRoles(contextOf(db, actorOf('tom')), { memberIds, accountRole: 'user' });
  await handOver(db, olivia, adam);
  await handOver(db, adam, olivia);
}

/** Teams and projects, made, left and passed on. */
async function gather(db: Database, olivia: Actor): Promise<void> {
  const join = async (name: string, role?: 'admin') => {
    await invite(db, olivia, [name], role);
    const { memberId } = await acceptInvitation(contextOf(db, actorOf(name)), await claim(db, name));
    return memberId;
  };
  const [uma, vic, wes, xan] = [
    await join('uma', 'admin'),
    await join('vic'),
    await join('wes', 'admin'),
    await join('xan'),
  ];
  const [byUma, byWes] = [contextOf(db, actorOf('uma')), contextOf(db, actorOf('wes'))];
  const qa = await createGroup(byUma, { kind: 'team', name: 'Tests' });
  await renameGroup(byUma, { groupId: qa.groupId, name: 'QA' });
  const app = await createGroup(byUma, { kind: 'project', name: 'App', teamId: qa.groupId as TeamId });
  const old = await createGroup(byUma, { kind: 'team', name: 'Old' });
  await archiveGroup(byUma, old);
  await addToGroup(byUma, { groupId: qa.groupId, memberIds: [vic, wes, xan], role: 'admin' });
  await changeGroupRoles(byUma, { groupId: qa.groupId, memberIds: [vic], role: 'user' });
  await addToGroup(byUma, { groupId: app.groupId, memberIds: [vic] });
  for (const kind of groupKinds) {
    const { groupId } = await createGroup(byWes, { kind, name: 'Left' });
    await addToGroup(byWes, { groupId, memberIds: [uma] });
  }
  await removeMembers(contextOf(db, olivia), { memberIds: [wes] });
  await changeRoles(byUma, {
    memberIds: [xan],
    role: 'billing-manager',
    leaves: [{ memberId: xan, groupId: qa.groupId }],
  });
  for (const { id } of await db.execute<{ id: GroupId }>(sql`
    select id from team where name = 'Left' union all select id from project where name = 'Left'`)) {
    await changeGroupRoles(contextOf(db, olivia), {
      groupId: id,
      memberIds: [uma],
      role: topRole[kindOf(id)],
    });
    const [owner] = await db.execute<{ id: MemberId }>(
      sql`select owner_member_id as id from organization where name = 'Payments'`,
    );
    if (owner) await removeFromGroup(byUma, { groupId: id, memberIds: [owner.id] });
  }
}

async function handOver(db: Database, from: Actor, to: Actor): Promise<void> {
  const email = to.email ?? '';
  const [row] = await db.execute<{ id: MemberId }>(sql`select id from member where email = ${email}`);
  if (!row) throw new Error(`${email} is no member.`);
  await transferOwnership(contextOf(db, from), { memberId: row.id, email });
}

function actorOf(name: string, platform: Platform = 'slack', workspaceId = 'T1'): Actor {
  return {
    platform,
    workspaceId,
    userId: `U-${name}`,
    email: address(`${name}@acme.test`),
    fullName: name,
    timeZone: 'UTC',
    isWorkspaceAdmin: true,
  };
}

function contextOf(db: Database, actor: Actor): Context {
  const joinLinks = createJoinLinks({ baseUrl: 'https://usher.test', key: 'k'.repeat(32) });
  return { db, actor, founders: [], joinLinks, announce: () => {} };
}

async function invite(
  db: Database,
  by: Actor,
  names: readonly string[],
  role: 'user' | 'admin' = 'user',
  products: readonly string[] = [],
): Promise<void> {
  const licenses: Seat[] = [];
  for (const product of products) {
    const productId = await productOf(db, product);
    const [pool] = await db.execute<{ id: PoolId }>(sql`
      select id from license_pool where product_id = ${productId} order by organization_id nulls last limit 1`);
    if (pool) licenses.push({ productId, poolId: pool.id });
  }
  const emails = names.map((name) => address(`${name}@acme.test`));
  await inviteMembers(contextOf(db, by), { emails, role, licenses });
}

async function idOf(db: Database, name: string): Promise<InvitationId> {
  const [row] = await db.execute<{ id: InvitationId }>(
    sql`select id from invitation where email = ${`${name}@acme.test`} order by id desc limit 1`,
  );
  if (!row) throw new Error(`${name} was not invited.`);
  return row.id;
}

const claim = async (db: Database, name: string) => ({ invitationId: await idOf(db, name), generation: 1 });

/** Two days pass for every invitation there is, and the clock looks at them. */
async function runOut(db: Database): Promise<void> {
  const by = sql`interval '25 hours'`;
  await db.execute(sql`
    update invitation set sent_at = sent_at - ${by}, expires_at = expires_at - ${by},
      reminders = array(select r - ${by} from unnest(reminders) as r)`);
  await remindInvitees(db);
  await expireInvitations(db);
}

async function deliverAll(db: Database): Promise<void> {
  const report = (error: unknown) => {
    throw error;
  };
  const context = { db, messengers: [pretendMessenger], announce: () => {}, report };
  for (const { id } of await claimDue(db, 1000)) await deliver(context, id);
}

/** Knows everybody, by the name in front of the @, and loses everything it is told. */
const pretendMessenger: Messenger = {
  platform: 'slack',
  findPerson: async (workspaceId, email) => {
    const name = email.slice(0, email.indexOf('@'));
    return { platform: 'slack', workspaceId, userId: `U-${name}`, fullName: name, timeZone: 'UTC' };
  },
  send: async ({ workspaceId, userId }, _message, deliveryId) => ({
    platform: 'slack',
    workspaceId,
    channel: `D-${userId}`,
    messageId: deliveryId,
  }),
  post: async (room, _message, deliveryId) => ({ ...room, messageId: deliveryId }),
  update: async () => {},
  files: { upload: async () => ({}), show: async () => {} },
};
