import { askingOf, founders, isTeams, type Model, poolKey, type Speaker, workspaceAdmins } from './state.ts';

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
    ...{ name: organization, organizations: [organization] },
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
