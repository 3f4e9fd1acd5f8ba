import { outsider } from '../matrix/product.ts';
import { type Asking, answerIn } from './asking.ts';
import {
  type GroupKind,
  groupRoles,
  type InGroup,
  type Leaving,
  type Model,
  type ModelAccount,
  type ModelGroup,
  type ModelMember,
} from './state.ts';

const row = 'create, rename, archive teams and projects; people there';
const everyKind: readonly GroupKind[] = ['team', 'project'];
const managing = ['Owner', 'Admin', 'Project Admin'];

export const topRole = ({ kind }: Pick<ModelGroup, 'kind'>) => groupRoles[kind][0] ?? '';

/** The roles somebody may give and take there: all by their role in the organization, none above their own by the one in it. */
export function grantable(asking: Asking, { kind, organization, people }: ModelGroup): readonly string[] {
  const roles = groupRoles[kind];
  if (answerIn(asking, organization, row) === 'done') return roles;
  const own = people.get(asking.member?.name ?? '') ?? '';
  return managing.includes(own) ? roles.slice(roles.indexOf(own)) : [];
}

/** A team or project somebody may see: they manage it, or are in it. */
function seen(model: Model, asking: Asking, place: number): ModelGroup | string {
  const group = model.groups[place];
  const isSeen =
    group?.account === asking.account.name &&
    (grantable(asking, group).length > 0 || group.people.has(asking.member?.name ?? ''));
  if (!group || !isSeen) return 'group-not-found';
  return group.isArchived ? 'group-is-archived' : group;
}

/** A team or project for somebody who manages it, or why they do not. */
export function managedGroup(model: Model, asking: Asking, place: number): ModelGroup | string {
  const outside = outsider(asking.kind);
  if (outside) return outside;
  const group = seen(model, asking, place);
  return typeof group === 'string' || grantable(asking, group).length > 0 ? group : 'not-allowed';
}

/** Whether another one of that name is in use there. */
function isTaken(model: Model, { account, kind, organization }: ModelGroup, name: string): boolean {
  return model.groups.some(
    (other) =>
      !other.isArchived &&
      other.account === account &&
      other.organization === organization &&
      other.kind === kind &&
      other.name.toLowerCase() === name.toLowerCase(),
  );
}

const ownerOf = ({ members }: ModelAccount, organization: string) =>
  [...members.values()].find(
    (member) => member.organization === organization && member.role === 'Owner' && member.status === 'active',
  )?.name ?? '';

/** Whoever makes one is its Owner or Project Admin; where they cannot be in it, the Owner of the organization is. */
export function predictGroup(
  model: Model,
  asking: Asking,
  { kind, name, team }: { kind: GroupKind; name: string; team: number | undefined },
): string {
  const { account, about, member } = asking;
  const may = answerIn(asking, about, row);
  if (may !== 'done') return may;
  if (team !== undefined) {
    const of = seen(model, asking, team);
    if (typeof of === 'string') return of;
    if (of.organization !== about) return 'group-not-found';
  }
  const made: ModelGroup = {
    ...{ account: account.name, kind, organization: about, name },
    ...{ team: team ?? null, isArchived: false, people: new Map() },
  };
  if (isTaken(model, made, name)) return 'group-exists';
  const isHere = kind === 'project' || member?.organization === about;
  const isIn = member && member.role !== 'Billing Manager' && isHere;
  made.people.set(isIn ? member.name : ownerOf(account, about), topRole(made));
  model.groups.push(made);
  return 'done';
}

export function predictRenaming(model: Model, asking: Asking, place: number, name: string): string {
  const group = managedGroup(model, asking, place);
  if (typeof group === 'string') return group;
  const isOwn = group.name.toLowerCase() === name.toLowerCase();
  if (!isOwn && isTaken(model, group, name)) return 'group-exists';
  group.name = name;
  return 'done';
}

/** Nobody sees it any more, its name is free, and who was in it stays on record. */
export function predictArchiving(model: Model, asking: Asking, place: number): string {
  const group = managedGroup(model, asking, place);
  if (typeof group === 'string') return group;
  group.isArchived = true;
  return 'done';
}

/** Why an invitation to the organization cannot bring these. */
export function refusalToBring(model: Model, asking: Asking, brings: readonly InGroup[]): string {
  for (const { group: place, role } of brings) {
    const group = model.groups[place];
    if (group?.account !== asking.account.name || group.isArchived) return 'group-not-found';
    const roles = grantable(asking, group);
    if (roles.length === 0) return 'not-allowed';
    if (group.kind === 'team' && group.organization !== asking.about) return 'team-of-another-organization';
    if (!roles.includes(role)) return 'role-above-own';
  }
  return 'done';
}

/** The teams and projects in use that these people would leave. */
export function wouldLeave(model: Model, account: ModelAccount, members: readonly ModelMember[]): Leaving[] {
  return model.groups.flatMap(({ account: of, isArchived, people }, group) =>
    of === account.name && !isArchived
      ? members.filter(({ name }) => people.has(name)).map(({ name }) => ({ name, group }))
      : [],
  );
}

/** They leave all of these; what nobody else answers for passes to the Owner of its organization. */
export function leaveGroups(
  model: Model,
  account: ModelAccount,
  members: readonly ModelMember[],
  kinds: readonly GroupKind[] = everyKind,
): void {
  for (const group of model.groups) {
    if (group.account !== account.name || !kinds.includes(group.kind)) continue;
    const isAnswered = () => [...group.people.values()].includes(topRole(group));
    const wasAnswered = isAnswered();
    for (const { name } of members) group.people.delete(name);
    if (group.isArchived || !wasAnswered || isAnswered()) continue;
    group.people.set(ownerOf(account, group.organization), topRole(group));
  }
}
