import { answerToCreation, answerToMove, type RoleName, type TargetKind } from '../matrix/product.ts';
import { type Asking, askingOf, foreign, knownOf, type Line, refusalOf, targetOf } from './asking.ts';
import { leaveGroups } from './predict-groups.ts';
import {
  founders,
  isTeams,
  type Model,
  type ModelMember,
  poolKey,
  type Speaker,
  workspaceAdmins,
} from './state.ts';

export const organizationOf = (workspace: string) => `Org of ${workspace}`;

/** Sets usher up: the account, its organization, its Owner and Account Admin, and the catalogue. */
export function predictSetUp(model: Model, { name, workspace }: Speaker): string {
  if (model.workspaces.has(workspace)) return 'already-connected';
  const isAdmin = workspaceAdmins.includes(name) && !isTeams(workspace);
  if (!isAdmin && !founders.includes(name)) return 'may-not-set-up';
  const organization = organizationOf(workspace);
  const products = ['TestOps', 'KSE', 'TestOps Guest', 'KRE'];
  model.workspaces.set(workspace, organization);
  model.accounts.set(organization, {
    ...{ name: organization, organizations: [organization], settings: new Map() },
    products: new Map(products.map((each) => [each, { isPerSeat: each !== 'KRE', isRetired: false }])),
    totals: new Map(products.map((each) => [poolKey(each, 'account'), 0])),
    members: new Map([
      [
        name,
        {
          ...{ name, organization, role: 'Owner', accountAdmin: true, status: 'active', invitedBy: null },
          ...{ seats: new Map(), machines: new Set() },
        },
      ],
    ]),
  });
  return 'done';
}

/** The accounts somebody is Account Admin of. */
export function accountsAdministered(model: Model, name: string): string[] {
  return [...model.accounts.values()]
    .filter(({ members }) => members.get(name)?.accountAdmin && members.get(name)?.status === 'active')
    .map((account) => account.name);
}

/** A further workspace joins the account by its Account Admin. */
export function predictConnection(model: Model, speaker: Speaker): string {
  if (askingOf(model, speaker)) return 'already-connected';
  const [account] = accountsAdministered(model, speaker.name);
  if (!account) return 'may-not-set-up';
  model.workspaces.set(speaker.workspace, account);
  return 'done';
}

/** Where somebody is to go, and as what. */
interface Destination {
  to: string;
  role: RoleName;
}

/** Who can be moved there, or why nobody can by this actor. */
export function moveLines(
  asking: Asking,
  names: readonly string[],
  { to, role }: Destination,
): Line[] | string {
  const may = answerToMove(role)(asking.kind, foreign);
  if (may !== 'member-not-found') return may;
  if (!asking.account.organizations.includes(to)) return 'organization-not-found';
  return knownOf(asking, names).map((member) => {
    const target = targetOf(asking, member);
    const place: TargetKind['place'] =
      member.organization === to
        ? 'other organization'
        : target.place === 'self'
          ? 'self'
          : 'own organization';
    return { member, answer: answerToMove(role)(asking.kind, { ...target, place }) };
  });
}

/** One transaction a person: of several, those who cannot be moved stay. */
export function predictMove(
  model: Model,
  asking: Asking,
  { names, to, role }: Destination & { names: readonly string[] },
): string {
  const lines = moveLines(asking, names, { to, role });
  if (typeof lines === 'string') return lines;
  const answer = refusalOf(asking, lines, 'all');
  if (new Set(names).size === 1 && answer !== 'done') return answer;
  for (const line of lines) if (line.answer === 'done') move(model, asking, line.member, { to, role });
  return 'done';
}

/** Seats of the old organization become free, its teams are left, as Billing Manager projects too; an invitation of theirs to the new one is pointless. */
function move(model: Model, { account }: Asking, member: ModelMember, { to, role }: Destination): void {
  for (const [product, source] of [...member.seats]) {
    if (source === 'account' || source === to) continue;
    member.seats.delete(product);
    member.machines.delete(product);
  }
  leaveGroups(model, account, [member], role === 'Billing Manager' ? ['team', 'project'] : ['team']);
  Object.assign(member, { organization: to, role });
  for (const each of model.invitations) {
    const isTheirs = each.account === account.name && each.organization === to && each.name === member.name;
    if (isTheirs && each.status === 'pending') each.status = 'revoked';
  }
}

interface Creation {
  organization: string;
  name: string;
}

export function refusalToCreate(asking: Asking, { organization, name }: Creation): string {
  const [owner] = knownOf(asking, [name]);
  const answer = answerToCreation(asking.kind, owner ? targetOf(asking, owner) : foreign);
  if (answer !== 'done') return answer;
  return asking.account.organizations.includes(organization) ? 'organization-exists' : 'done';
}

/** Makes an organization; its Owner moves there. */
export function predictCreation(model: Model, asking: Asking, creation: Creation): string {
  const answer = refusalToCreate(asking, creation);
  const [owner] = knownOf(asking, [creation.name]);
  if (answer !== 'done' || !owner) return answer;
  asking.account.organizations.push(creation.organization);
  move(model, asking, owner, { to: creation.organization, role: 'Owner' });
  return 'done';
}
