import type { ExportContent } from '../../db/export-schema.ts';
import type {
  AccountId,
  BatchId,
  ExportId,
  InvitationId,
  MemberId,
  OrganizationId,
  PoolId,
  ProductId,
} from '../../db/id.ts';
import type { ProductKind } from '../../db/license-schema.ts';
import type { AccountRole, Platform, RemovalReason, StoredRole } from '../../db/schema.ts';
import type { GroupId, GroupKind, GroupRole } from './groups/group.ts';

/** What an organization has chosen for its invitations; times in minutes, hours of the day. */
export interface Settings {
  linkLifetime: number;
  /** How long before the end of a link its reminders go out, the first one first. */
  remindersBeforeEnd: number[];
  /** No reminder goes out from this hour until that one, where the invitee is; equal hours are none. */
  quietFrom: number;
  quietUntil: number;
}

/** A place where an organization tells its news, and what people call it. */
export interface ChannelName {
  platform: Platform;
  workspaceId: string;
  channelId: string;
  name: string;
}

/** What admins note about a member; days as `2026-11-21`, what is empty is null. */
export interface Details {
  phone: string | null;
  whereToReach: string | null;
  employedSince: string | null;
}

interface AboutInvitation {
  invitationId: InvitationId;
  batchId: BatchId;
  email: string;
}

/** A seat of a product, and the pool it is from. */
export interface Seat {
  productId: ProductId;
  poolId: PoolId;
}

/** A team or project, and the role somebody has in it. */
export interface InGroup {
  groupId: GroupId;
  role: GroupRole;
}

/** What can happen, as data. An event becomes one audit row and, through `reactions.ts`, what is to be said. */
export type Event =
  | { name: 'organization.set-up'; organizationId: OrganizationId; organization: string }
  | { name: 'organization.created'; organizationId: OrganizationId; organization: string; owner: MemberId }
  | { name: 'organization.renamed'; organizationId: OrganizationId; from: string; to: string }
  | { name: 'organization.transferred'; organizationId: OrganizationId; from: MemberId; to: MemberId }
  | { name: 'organization.settings-changed'; organizationId: OrganizationId; from: Settings; to: Settings }
  | {
      name: 'organization.channel-changed';
      organizationId: OrganizationId;
      from: ChannelName | null;
      to: ChannelName | null;
    }
  | { name: 'member.role-changed'; memberId: MemberId; from: StoredRole; to: StoredRole }
  | { name: 'member.account-role-changed'; memberId: MemberId; from: AccountRole; to: AccountRole }
  | {
      name: 'member.moved';
      memberId: MemberId;
      from: OrganizationId;
      to: OrganizationId;
      role: StoredRole;
      licenses?: ProductId[];
    }
  /** The same move, for those who read the audit log of the organization it leads to. */
  | { name: 'member.arrived'; memberId: MemberId; from: OrganizationId; role: StoredRole }
  | { name: 'member.details-changed'; memberId: MemberId; from: Details; to: Details }
  | { name: 'member.removed'; memberId: MemberId; reason: RemovalReason; licenses?: ProductId[] }
  | ({ name: 'license.assigned'; memberId: MemberId } & Seat)
  | ({ name: 'license.moved'; memberId: MemberId; from: PoolId } & Seat)
  | ({ name: 'license.taken-back'; memberId: MemberId } & Seat)
  | { name: 'machine.registered'; memberId: MemberId; productId: ProductId; machineId: string }
  | { name: 'pool.seats-set'; poolId: PoolId; productId: ProductId; from: number; to: number }
  | { name: 'pool.running-out'; poolId: PoolId; productId: ProductId; percent: 75 | 100 }
  | { name: 'product.added'; productId: ProductId; product: string; kind: ProductKind }
  | { name: 'product.renamed'; productId: ProductId; from: string; to: string }
  | { name: 'product.retired' | 'product.restored'; productId: ProductId }
  | { name: `${GroupKind}.created`; groupId: GroupId; group: string }
  | { name: `${GroupKind}.renamed`; groupId: GroupId; from: string; to: string }
  | { name: `${GroupKind}.archived`; groupId: GroupId }
  /** Whoever alone could answer for it has gone, and the Owner of its organization answers for it now. */
  | { name: `${GroupKind}.passed`; groupId: GroupId; from: MemberId; to: MemberId }
  | ({ name: `${GroupKind}.member-added`; memberId: MemberId } & InGroup)
  | {
      name: `${GroupKind}.member-role-changed`;
      memberId: MemberId;
      groupId: GroupId;
      from: GroupRole;
      to: GroupRole;
    }
  | { name: `${GroupKind}.member-left`; memberId: MemberId; groupId: GroupId }
  | { name: 'workspace.connected'; platform: Platform; workspaceId: string }
  | { name: 'export.requested'; exportId: ExportId; content: ExportContent }
  | {
      name: 'export.accepted' | 'export.declined' | 'export.cancelled' | 'export.expired';
      exportId: ExportId;
    }
  | { name: 'export.failed'; exportId: ExportId; reason: 'not-allowed' | 'failed' }
  | { name: 'export.sent'; exportId: ExportId; content: ExportContent; rows: number }
  | ({ name: 'invitation.sent'; role: StoredRole; licenses?: Seat[]; groups?: InGroup[] } & AboutInvitation)
  | ({ name: 'invitation.resent' } & AboutInvitation)
  | ({ name: 'invitation.link-copied' } & AboutInvitation)
  | ({ name: 'invitation.revoked' } & AboutInvitation)
  | ({
      name: 'invitation.accepted';
      memberId: MemberId;
      role: StoredRole;
      licenses?: ProductId[];
    } & AboutInvitation)
  | ({ name: 'invitation.declined' } & AboutInvitation)
  | ({ name: 'invitation.reminder-due' } & AboutInvitation)
  | ({ name: 'invitation.expired' } & AboutInvitation)
  | ({ name: 'invitation.requested' } & AboutInvitation);

/** An event, where it happened and who did it; no actor when time did, or somebody who is not a member. */
export interface Happening {
  accountId: AccountId;
  organizationId: OrganizationId | null;
  actorMemberId: MemberId | null;
  event: Event;
}

/** The thing an event is about, for the audit log. */
export function subjectOf(event: Event): string {
  switch (event.name) {
    case 'organization.set-up':
    case 'organization.created':
    case 'organization.renamed':
    case 'organization.transferred':
    case 'organization.settings-changed':
    case 'organization.channel-changed':
      return event.organizationId;
    case 'member.role-changed':
    case 'member.account-role-changed':
    case 'member.details-changed':
    case 'member.moved':
    case 'member.arrived':
    case 'member.removed':
    case 'license.assigned':
    case 'license.moved':
    case 'license.taken-back':
    case 'machine.registered':
    case 'team.member-added':
    case 'project.member-added':
    case 'team.member-role-changed':
    case 'project.member-role-changed':
    case 'team.member-left':
    case 'project.member-left':
      return event.memberId;
    case 'team.created':
    case 'project.created':
    case 'team.renamed':
    case 'project.renamed':
    case 'team.archived':
    case 'project.archived':
    case 'team.passed':
    case 'project.passed':
      return event.groupId;
    case 'pool.seats-set':
    case 'pool.running-out':
      return event.poolId;
    case 'product.added':
    case 'product.renamed':
    case 'product.retired':
    case 'product.restored':
      return event.productId;
    case 'export.requested':
    case 'export.accepted':
    case 'export.declined':
    case 'export.cancelled':
    case 'export.expired':
    case 'export.failed':
    case 'export.sent':
      return event.exportId;
    case 'workspace.connected':
      return `${event.platform}:${event.workspaceId}`;
    default:
      return event.invitationId;
  }
}
