import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { connect, type Database } from '../../db/connect.ts';
import type { AccountId, InvitationId, MemberId, OrganizationId } from '../../db/id.ts';
import type { StoredRole } from '../../db/schema.ts';
import type { Actor, Context } from '../../src/membership/context.ts';
import { acceptInvitation } from '../../src/membership/invitations/accept-invitation.ts';
import { inviteMembers } from '../../src/membership/invitations/invite-members.ts';
import { createJoinLinks, type JoinLinkClaim } from '../../src/membership/invitations/join-link.ts';
import { setUpOrganization } from '../../src/membership/organizations/set-up-organization.ts';
import { createTestDatabase } from '../database.ts';
import { address } from './addresses.ts';

/** A person in chat, speaking for themselves. */
export interface Person {
  name: string;
  email: ReturnType<typeof address>;
  context: Context;
}

/** A person usher knows. */
export interface TestMember extends Person {
  id: MemberId;
}

/** An organization with a workspace of its own, and the people to act in it. */
export interface TestOrganization {
  id: OrganizationId;
  accountId: AccountId;
  workspaceId: string;
  /** Its Owner, who is the Account Admin too when the organization was set up in chat. */
  owner: TestMember;
  /** Somebody of the workspace whom usher does not know. */
  stranger(name: string, actor?: Partial<Actor>): Person;
  /** Invites them on the Owner's behalf. */
  invite(person: Person, role?: StoredRole): Promise<JoinLinkClaim>;
  /** Invites somebody, who accepts. */
  add(name: string, role?: StoredRole): Promise<TestMember>;
  /** A further organization of the same account, its Owner a plain user of the account. */
  addSister(name: string): Promise<TestOrganization>;
}

/** The operation layer on a database of its own. */
export interface People {
  url: string;
  db: Database;
  /** Looks and changes behind usher's back, on connections of its own. */
  sql: postgres.Sql;
  /** A new account and workspace with this organization. */
  setUp(organization?: string): Promise<TestOrganization>;
  /** Somebody in any workspace, also one nobody has connected. */
  person(name: string, workspaceId: string, actor?: Partial<Actor>): Person;
  /** The statements that usher sends while this runs; begin, commit and rollback do not count. */
  statementsOf(run: () => Promise<unknown>): Promise<string[]>;
  /** How often usher has said that something may wait to be sent. */
  announcements(): number;
  stop(): Promise<void>;
}

export const founder = address('founder@acme.test');

/**
 * Opens a migrated database with a pool of `max` connections for usher: as many as act at the same moment. Each plans
 * every statement anew, so one that is not needed costs time.
 */
export async function createPeople({ max = 1 }: { max?: number } = {}): Promise<People> {
  const database = await createTestDatabase();
  let statements: string[] = [];
  let announced = 0;
  const connection = connect(database.url, { max, log: (statement) => statements.push(statement) });
  // Connections are opened now: people who act at the same moment are not to wait in turn for theirs.
  await Promise.all(Array.from({ length: max }, () => connection.db.execute('select 1')));
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  const joinLinks = createJoinLinks({ baseUrl: 'https://usher.test', key: 'a key for tests' });
  const people: People = {
    url: database.url,
    db: connection.db,
    sql,
    setUp: (organization = 'Payments') => setUp(people, organization),
    person(name, workspaceId, actor = {}) {
      const context: Context = {
        db: connection.db,
        actor: actorNamed(name, workspaceId, actor),
        founders: [founder],
        joinLinks,
        announce: () => {
          announced += 1;
        },
      };
      return { name, email: emailOf(name), context };
    },
    async statementsOf(run) {
      statements = [];
      await run();
      return statements;
    },
    announcements: () => announced,
    async stop() {
      await Promise.all([connection.close(), sql.end()]);
      await database.drop();
    },
  };
  return people;
}

export function emailOf(name: string) {
  return address(`${name.toLowerCase().replaceAll(' ', '.')}@acme.test`);
}

function actorNamed(name: string, workspaceId: string, given: Partial<Actor>): Actor {
  return {
    platform: 'slack',
    workspaceId,
    userId: `U-${name}`,
    email: emailOf(name),
    fullName: name,
    timeZone: 'Europe/Madrid',
    isWorkspaceAdmin: false,
    ...given,
  };
}

async function setUp(people: People, name: string): Promise<TestOrganization> {
  const workspaceId = `T${randomBytes(6).toString('hex')}`;
  const person = people.person('Olivia', workspaceId, { isWorkspaceAdmin: true });
  const { organizationId } = await setUpOrganization(person.context, { organization: name });
  const [row] = await people.sql<{ account_id: AccountId; owner_member_id: MemberId }[]>`
    select account_id, owner_member_id from organization where id = ${organizationId}`;
  if (!row) throw new Error('Set-up left no organization.');
  const owner = { ...person, id: row.owner_member_id };
  return organizationOf(people, { id: organizationId, accountId: row.account_id, workspaceId, owner });
}

function organizationOf(
  people: People,
  known: Pick<TestOrganization, 'id' | 'accountId' | 'workspaceId' | 'owner'>,
): TestOrganization {
  const organization: TestOrganization = {
    ...known,
    stranger: (name, actor) => people.person(name, known.workspaceId, actor),
    async invite(person, role = 'user') {
      const result = await inviteMembers(known.owner.context, { emails: [person.email], role });
      const invitationId = result.lines[0]?.invitationId;
      if (!invitationId) throw new Error(`${person.name} was not invited: ${result.lines[0]?.outcome}.`);
      return { invitationId, generation: 1 };
    },
    async add(name, role) {
      const person = organization.stranger(name);
      const { memberId } = await acceptInvitation(person.context, await organization.invite(person, role));
      return { ...person, id: memberId };
    },
    addSister: (name) => addSister(people, organization, name),
  };
  return organization;
}

/** In one transaction, because an organization and its Owner point at each other. */
async function addSister(people: People, sister: TestOrganization, name: string): Promise<TestOrganization> {
  const id: OrganizationId = `org_${randomBytes(16).toString('hex')}`;
  const owner = {
    ...sister.stranger(`Owner of ${name}`),
    id: `mem_${randomBytes(16).toString('hex')}` as const,
  };
  await people.sql.begin(async (tx) => {
    await tx`insert into organization (id, account_id, name, owner_member_id)
      values (${id}, ${sister.accountId}, ${name}, ${owner.id})`;
    await tx`insert into member (id, account_id, organization_id, email, full_name, role)
      values (${owner.id}, ${sister.accountId}, ${id}, ${owner.email}, ${owner.name}, 'admin')`;
  });
  return organizationOf(people, { ...sister, id, owner });
}

/** What somebody is after a removal, by the Owner of their organization, of whom nothing else is known. */
export async function removeMember(people: People, member: TestMember): Promise<void> {
  await deactivate(people.sql, member.id);
}

/** The same in a transaction that is under way. */
export async function deactivate(sql: postgres.ISql, id: MemberId): Promise<void> {
  await sql`
    update member m set status = 'inactive', removed_at = now(), removed_by = coalesce(nullif(o.owner_member_id, m.id),
      m.id), removal_reason = case o.owner_member_id when m.id then 'left' else 'removed' end
    from organization o where o.id = m.organization_id and m.id = ${id}`;
}

/** Makes somebody Account Admin, or a plain user of the account. */
export async function setAccountRole(
  people: People,
  member: TestMember,
  role: 'account-admin' | 'user',
): Promise<void> {
  await people.sql`update member set account_role = ${role} where id = ${member.id}`;
}

/** Lets the clock of some invitations run on, by moving all their moments back. */
export async function letTimePass(people: People, span: string, ids: InvitationId[]): Promise<void> {
  await people.sql`
    update invitation set sent_at = sent_at - ${span}::interval, expires_at = expires_at - ${span}::interval,
      reminders = array(select r - ${span}::interval from unnest(reminders) as r order by r)
    where id = any(${ids})`;
}
