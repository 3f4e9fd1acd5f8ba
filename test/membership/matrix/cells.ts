import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../../db/connect.ts';
import type { MemberId, ProductId } from '../../../db/id.ts';
import type { Context } from '../../../src/membership/context.ts';
import { createGroup } from '../../../src/membership/groups/create-group.ts';
import { type GroupId, groupKinds } from '../../../src/membership/groups/group.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { answerTo } from '../answers.ts';
import { productNamed } from '../licenses/seats.ts';
import {
  type People,
  type Person,
  removeMember,
  setAccountRole,
  type TestMember,
  type TestOrganization,
} from '../people.ts';
import type { ActorKind, RoleName, TargetKind } from './product.ts';

/** The people of one organization, one of each role. */
type Cast = Record<RoleName | 'removed', TestMember>;

/** Somebody to act on. */
export interface Target extends TargetKind {
  member: Pick<TestMember, 'id' | 'email'>;
}

/** Somebody who acts. */
export interface Actor extends ActorKind {
  name: string;
  person: Person & { id?: MemberId };
}

/** Everybody of the matrix. */
export interface Everybody {
  actors: Actor[];
  /** The actors' organization, the one next door, and one of another account; a product of which everybody has a seat, and one of which nobody has. */
  home: TestOrganization;
  risk: TestOrganization;
  foreign: TestOrganization;
  held: ProductId;
  free: ProductId;
  /** A team and a project of each of the two organizations, made by their Owners. */
  groups: { home: GroupId[]; risk: GroupId[] };
  /** Somebody of each who can be added to teams. */
  groupable: { home: TestMember; risk: TestMember };
  targetsOf(actor: Actor): Target[];
}

async function castOf(people: People, organization: TestOrganization, name: string): Promise<Cast> {
  const removed = await organization.add(`${name} Removed`);
  await removeMember(people, removed);
  return {
    Owner: organization.owner,
    Admin: await organization.add(`${name} Admin`, 'admin'),
    'Billing Manager': await organization.add(`${name} Billing`, 'billing-manager'),
    User: await organization.add(`${name} User`),
    removed,
  };
}

/** Fills two organizations of one account, and one of another, with one of each kind. */
export async function assemble(people: People): Promise<Everybody> {
  const payments = await people.setUp('Payments');
  const risk = await payments.addSister('Risk');
  const foreign = await people.setUp('Foreign');
  const acting = await castOf(people, payments, 'Acting');
  const own = await castOf(people, payments, 'Own');
  const other = await castOf(people, risk, 'Other');
  const far = await castOf(people, foreign, 'Far');
  // Nobody of the matrix is ever the last one.
  for (const organization of [payments, foreign]) {
    const keeper = await organization.add('Keeper');
    await setAccountRole(people, keeper, 'account-admin');
  }
  const groups = { home: await makeGroups(payments), risk: await makeGroups(risk) };
  const { held, free } = await giveSeats(payments, [acting, own, other]);
  await setAccountRole(people, payments.owner, 'user');
  const roles = ['Owner', 'Admin', 'Billing Manager', 'User'] as const;
  const insiders = [true, false].flatMap((accountAdmin) =>
    roles.map((role): Actor => {
      const name = accountAdmin ? `Account Admin being ${role}` : role;
      return { name, role, accountAdmin, person: acting[role] };
    }),
  );
  const actors: Actor[] = [
    ...insiders,
    { name: 'somebody removed', role: 'removed', accountAdmin: false, person: acting.removed },
    { name: 'a stranger', role: 'stranger', accountAdmin: false, person: payments.stranger('Sly') },
  ];
  return {
    ...{ actors, home: payments, risk, foreign, held, free, groups },
    groupable: { home: own.User, risk: other.User },
    targetsOf: (actor) => [
      ...selfOf(actor),
      ...targetsAt('own organization', own).filter(({ member }) => member.id !== actor.person.id),
      ...targetsAt('other organization', other),
      ...targetsAt('foreign account', far),
    ],
  };
}

async function makeGroups({ owner }: TestOrganization): Promise<GroupId[]> {
  const made: GroupId[] = [];
  for (const kind of groupKinds) {
    const { groupId } = await createGroup(owner.context, { kind, name: `A ${kind}` });
    made.push(groupId);
  }
  return made;
}

/** Everybody active has a seat of one product, and of another there are seats for everybody. */
async function giveSeats({ owner }: TestOrganization, casts: Cast[]) {
  const [held, free] = [await productNamed(owner, 'TestOps'), await productNamed(owner, 'KSE')];
  for (const productId of [held, free]) {
    await setSeats(owner.context, { productId, organizationId: null, total: 100 });
  }
  const memberIds = casts.flatMap(({ removed: _, ...active }) => Object.values(active).map(({ id }) => id));
  await assignLicenses(owner.context, { memberIds, productId: held });
  return { held, free };
}

function selfOf({ person: { id, email }, role, accountAdmin }: Actor): Target[] {
  if (!id || role === 'stranger') return [];
  return [{ place: 'self', role, accountAdmin, member: { id, email } }];
}

function targetsAt(place: TargetKind['place'], cast: Cast): Target[] {
  return Object.entries(cast).flatMap(([role, member]) =>
    (role === 'removed' ? [false] : [false, true]).map((accountAdmin) => ({
      ...{ place, accountAdmin, member },
      role: role as TargetKind['role'],
    })),
  );
}

class Undo extends Error {}

/** Makes the actor and the target what the cell says, and hands over what undoes itself each time. */
export async function inCell(
  { db }: People,
  actor: Actor,
  target: Target | undefined,
  play: (attempt: (act: (context: Context) => Promise<unknown>) => Promise<string>) => Promise<void>,
): Promise<void> {
  await undone(db, async (cell) => {
    for (const one of [
      actor.person.id && { ...actor, id: actor.person.id },
      target && { ...target, id: target.member.id },
    ]) {
      if (!one) continue;
      const accountRole = one.accountAdmin ? 'account-admin' : 'user';
      await cell.execute(sql`update member set account_role = ${accountRole} where id = ${one.id}`);
    }
    await play(async (act) => {
      let answer = '';
      await undone(cell, async (tx) => {
        answer = await answerTo(() => act({ ...actor.person.context, db: tx as unknown as Database }));
        await tx.execute(sql`set constraints all immediate`);
      });
      return answer;
    });
  });
}

async function undone(db: Database | Transaction, run: (tx: Transaction) => Promise<void>): Promise<void> {
  const attempt = db.transaction(async (tx) => {
    await run(tx);
    throw new Undo();
  });
  await attempt.catch((error) => {
    if (!(error instanceof Undo)) throw error;
  });
}
