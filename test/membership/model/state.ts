import type { RoleName } from '../matrix/product.ts';

/** A person in chat: their name, and the workspace they speak from. */
export interface Speaker {
  name: string;
  workspace: string;
}

/** A seat: the product, and whose it is, an organization's or `account`. */
export interface ModelSeat {
  product: string;
  source: string;
}

export type GroupKind = 'team' | 'project';

/** The roles in a team and in a project, highest first. */
export const groupRoles: Record<GroupKind, readonly string[]> = {
  team: ['Owner', 'Admin', 'User'],
  project: ['Project Admin', 'Test Lead', 'Tester', 'Member'],
};

export interface ModelGroup {
  account: string;
  kind: GroupKind;
  organization: string;
  name: string;
  /** Of a project: the place of the team it is of. */
  team: number | null;
  isArchived: boolean;
  /** Who is in it, and as what. */
  people: Map<string, string>;
}

/** A team or project, by its place among all of them, and a role in it. */
export interface InGroup {
  group: number;
  role: string;
}

/** Somebody who leaves a team or project. */
export interface Leaving {
  name: string;
  group: number;
}

export interface ModelMember {
  name: string;
  organization: string;
  role: RoleName;
  accountAdmin: boolean;
  status: 'active' | 'removed' | 'left';
  invitedBy: string | null;
  /** The source of each product they hold, and the products they have a machine for. */
  seats: Map<string, string>;
  machines: Set<string>;
}

export interface ModelInvitation {
  account: string;
  organization: string;
  name: string;
  role: RoleName;
  by: string;
  status: 'pending' | 'accepted' | 'declined' | 'revoked';
  /** The number of its link, and how many minutes that is valid for. */
  link: number;
  minutesLeft: number;
  /** For how long the link is valid from its beginning, and how long before its end the invitee is still to be reminded; minutes. */
  lifetime: number;
  reminders: readonly number[];
  /** The clock has seen that the link ran out, and its seats are free. */
  isNoticed: boolean;
  /** The link in place of which a new one was asked for. */
  asked: number;
  offers: ModelSeat[];
  brings: InGroup[];
}

/** Of an organization, in minutes: how long a link is valid, and how long before its end the invitee is reminded. */
export interface ModelSettings {
  lifetime: number;
  reminders: readonly number[];
}

export interface ModelAccount {
  name: string;
  organizations: string[];
  /** Of the organizations that have changed them. */
  settings: Map<string, ModelSettings>;
  /** In the order they joined. */
  members: Map<string, ModelMember>;
  products: Map<string, { isPerSeat: boolean; isRetired: boolean }>;
  /** The seats of every pool there is, by product and source. */
  totals: Map<string, number>;
}

/** What somebody has prepared, as the button that confirms it finds it. */
export type Prepared =
  | {
      button: 'invite.send';
      organization: string;
      names: string[];
      role: RoleName;
      seats: ModelSeat[];
      brings: InGroup[];
    }
  | { button: 'revoke.confirm'; invitations: number[] }
  | { button: 'role.confirm'; names: string[]; role: RoleName; leaves: Leaving[] }
  | { button: 'account.confirm'; names: string[]; isAdmin: boolean }
  | { button: 'remove.confirm'; names: string[] }
  | { button: 'leave.confirm' }
  | { button: 'move.confirm'; names: string[]; to: string; role: RoleName }
  | { button: 'organization.create.confirm'; organization: string; name: string }
  | { button: 'group.archive.confirm'; group: number };

export interface ModelDraft {
  account: string;
  by: string;
  hours: number;
  isGone: boolean;
  isDone: boolean;
  prepared: Prepared;
}

/** Everything PRODUCT.md says there is, in plain maps. */
export interface Model {
  accounts: Map<string, ModelAccount>;
  workspaces: Map<string, string>;
  groups: ModelGroup[];
  invitations: ModelInvitation[];
  drafts: ModelDraft[];
}

export const emptyModel = (): Model => ({
  accounts: new Map(),
  workspaces: new Map(),
  groups: [],
  invitations: [],
  drafts: [],
});

/** Who may set usher up: an admin of the workspace, in Slack, or a founder. */
export const founders = ['Fred'];
export const workspaceAdmins = ['Olivia', 'Olga', 'Nina'];
export const isTeams = (workspace: string) => workspace.startsWith('tenant');

export const poolKey = (product: string, source: string) => `${product} of ${source}`;

/** The seats of a pool that somebody holds or that are reserved. */
export function usedSeats(model: Model, account: ModelAccount, { product, source }: ModelSeat): number {
  const held = [...account.members.values()].filter(({ seats }) => seats.get(product) === source);
  const reserved = model.invitations.filter(
    (each) => each.account === account.name && reservedSeats(each).some(isSeat({ product, source })),
  );
  return held.length + reserved.length;
}

const isSeat =
  ({ product, source }: ModelSeat) =>
  (other: ModelSeat) =>
    other.product === product && other.source === source;

/** What an invitation keeps for its invitee. */
export function reservedSeats({ status, isNoticed, offers }: ModelInvitation): ModelSeat[] {
  return status === 'pending' && !isNoticed ? offers : [];
}

/** The seats of the account that its organizations have. */
export function dedicatedSeats(account: ModelAccount, product: string): number {
  return account.organizations.reduce(
    (sum, organization) => sum + (account.totals.get(poolKey(product, organization)) ?? 0),
    0,
  );
}

/** How many seats a pool has left; without end for concurrent use. */
export function seatsLeft(model: Model, account: ModelAccount, seat: ModelSeat): number {
  if (!account.products.get(seat.product)?.isPerSeat) return Number.POSITIVE_INFINITY;
  const total = account.totals.get(poolKey(seat.product, seat.source)) ?? 0;
  const dedicated = seat.source === 'account' ? dedicatedSeats(account, seat.product) : 0;
  return total - dedicated - usedSeats(model, account, seat);
}
