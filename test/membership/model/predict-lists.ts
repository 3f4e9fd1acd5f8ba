import { type Asking, answerIn, askingOf } from './asking.ts';
import type { Model, ModelInvitation, ModelMember } from './state.ts';
import type { ListStep } from './steps.ts';

const rows = {
  members: 'see and search active and removed members',
  removed: 'see and search active and removed members',
  pending: 'see, search, resend, revoke, copy link of pending',
};
const filtersOf: Record<ListStep['list'], readonly string[]> = {
  members: ['role', 'license', 'team', 'project'],
  removed: ['role'],
  pending: ['role', 'license', 'team', 'project', 'expired'],
};
const roles = new Map(
  Object.entries({ owner: 'Owner', admin: 'Admin', billing: 'Billing Manager', user: 'User' }),
);

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Whether the list is shown; a filter it does not have is refused, and so is a value that there is not. */
export function predictList(model: Model, asking: Asking, { list, filters }: ListStep): string {
  const may = answerIn(asking, asking.about, rows[list]);
  if (may !== 'done') return may;
  if (filters.some(({ key }) => !filtersOf[list].includes(key))) return 'filter-not-known';
  const areThere = filters.every(({ key, value }) => {
    if (key === 'role') return roles.has(value) && (list !== 'pending' || value !== 'owner');
    if (key === 'license') return [...asking.account.products.keys()].some((name) => isSame(name, value));
    if (key === 'expired') return value === 'yes' || value === 'no';
    return groupsNamed(model, asking, { key, value }).length > 0;
  });
  return areThere ? 'done' : 'filter-value-not-known';
}

/** The places of the teams of the organization, or of the projects of the account, that are called so and in use. */
function groupsNamed(
  { groups }: Model,
  { account, about }: Asking,
  { key, value }: ListStep['filters'][number],
): number[] {
  return [...groups.keys()].filter((place) => {
    const group = groups[place];
    if (group?.account !== account.name || group.kind !== key || group.isArchived) return false;
    return isSame(group.name, value) && (group.kind === 'project' || group.organization === about);
  });
}

/** The names on all pages of the list, in its order: by name, who joined last first, or what was sent last first. */
export function listed(model: Model, step: ListStep): string[] {
  const asking = askingOf(model, step.by, step.in);
  if (!asking) return [];
  const { account, about } = asking;
  if (step.list === 'pending') {
    return model.invitations
      .filter((each) => each.account === account.name && each.organization === about)
      .filter((each) => each.status === 'pending' && isFound(step, each.name))
      .filter((each) => step.filters.every((filter) => fitsInvitation(model, asking, each, filter)))
      .map(({ name }) => name)
      .reverse();
  }
  const isActive = step.list === 'members';
  const names = [...account.members.values()]
    .filter(({ organization, status }) => organization === about && (status === 'active') === isActive)
    .filter((member) => isFound(step, member.name))
    .filter((member) => step.filters.every((filter) => fitsMember(model, asking, member, filter)))
    .map(({ name }) => name);
  return isActive ? names.sort() : names.reverse();
}

/** Any part of name or e-mail; of one or two letters the beginning. Pending invitations have no name. */
function isFound({ list, text }: ListStep, name: string): boolean {
  const [wanted, own] = [text.toLowerCase(), name.toLowerCase()];
  if (wanted.length < 3) return own.startsWith(wanted);
  return `${own}@acme.test`.includes(wanted) || (list !== 'pending' && own.includes(wanted));
}

type Filter = ListStep['filters'][number];

function fitsMember(model: Model, asking: Asking, member: ModelMember, { key, value }: Filter): boolean {
  if (key === 'role') return member.role === roles.get(value);
  if (key === 'license') return [...member.seats.keys()].some((product) => isSame(product, value));
  const places = groupsNamed(model, asking, { key, value });
  return places.some((place) => model.groups[place]?.people.has(member.name));
}

function fitsInvitation(
  model: Model,
  asking: Asking,
  { role, offers, brings, minutesLeft }: ModelInvitation,
  { key, value }: Filter,
): boolean {
  if (key === 'role') return role === roles.get(value);
  if (key === 'license') return offers.some(({ product }) => isSame(product, value));
  if (key === 'expired') return minutesLeft <= 0 === (value === 'yes');
  const places = groupsNamed(model, asking, { key, value });
  return brings.some(({ group }) => places.includes(group));
}
