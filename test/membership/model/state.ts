import type { ActorKind, RoleName } from '../matrix/product.ts';

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
  /** The number of its link, and how many hours that is valid for. */
  link: number;
  hoursLeft: number;
  /** The clock has seen that the link ran out, and its seats are free. */
  isNoticed: boolean;
  /** The link in place of which a new one was asked for. */
  asked: number;
  offers: ModelSeat[];
}

export interface ModelAccount {
  name: string;
  organizations: string[];
  members: Map<string, ModelMember>;
  products: Map<string, { isPerSeat: boolean; isRetired: boolean }>;
  /** The seats of every pool there is, by product and source. */
  totals: Map<string, number>;
}

/** What somebody has prepared, as the button that confirms it finds it. */
export type Prepared =
  | { button: 'invite.send'; organization: string; names: string[]; role: RoleName; seats: ModelSeat[] }
  | { button: 'revoke.confirm'; invitations: number[] }
  | { button: 'role.confirm'; names: string[]; role: RoleName }
  | { button: 'account.confirm'; names: string[]; isAdmin: boolean }
  | { button: 'remove.confirm'; names: string[] }
  | { button: 'leave.confirm' }
  | { button: 'move.confirm'; names: string[]; to: string; role: RoleName }
  | { button: 'organization.create.confirm'; organization: string; name: string };

interface ModelDraft {
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
  invitations: ModelInvitation[];
  drafts: ModelDraft[];
}

export const emptyModel = (): Model => ({
  accounts: new Map(),
  workspaces: new Map(),
  invitations: [],
  drafts: [],
});

/** Who may set usher up: an admin of the workspace, in Slack, or a founder. */
export const founders = ['Fred'];
export const workspaceAdmins = ['Olivia', 'Olga', 'Nina'];
export const isTeams = (workspace: string) => workspace.startsWith('tenant');

/** The place a pick means among so many, counted from the end when it is negative; none means where nothing is. */
export const placeOf = (pick: number, count: number) => (count === 0 ? -1 : ((pick % count) + count) % count);

export const poolKey = (product: string, source: string) => `${product} of ${source}`;

/** What is known of somebody who asks for something: in which account, as whom. */
export interface Asking {
  account: ModelAccount;
  member: ModelMember | undefined;
  kind: ActorKind;
  /** The organization the request is about: their home, or the one they named. */
  about: string;
}

/** The one who speaks, as usher knows them; undefined where nobody has set usher up. */
export function askingOf(model: Model, { name, workspace }: Speaker, named?: string): Asking | undefined {
  const account = model.accounts.get(model.workspaces.get(workspace) ?? '');
  if (!account) return undefined;
  const member = account.members.get(name);
  const role = !member ? 'stranger' : member.status === 'active' ? member.role : 'removed';
  const accountAdmin = member?.status === 'active' && member.accountAdmin;
  return { account, member, kind: { accountAdmin, role }, about: named ?? member?.organization ?? '' };
}

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
