import type { AccountId, BatchId, InvitationId, MemberId, OrganizationId } from '../../db/id.ts';
import type { AccountRole, Platform, RemovalReason, StoredRole } from '../../db/schema.ts';

interface AboutInvitation {
  invitationId: InvitationId;
  batchId: BatchId;
  email: string;
}

/** What can happen, as data. An event becomes one audit row and, through `reactions.ts`, what is to be said. */
export type Event =
  | { name: 'organization.set-up'; organizationId: OrganizationId; organization: string }
  | { name: 'organization.transferred'; organizationId: OrganizationId; from: MemberId; to: MemberId }
  | { name: 'member.role-changed'; memberId: MemberId; from: StoredRole; to: StoredRole }
  | { name: 'member.account-role-changed'; memberId: MemberId; from: AccountRole; to: AccountRole }
  | { name: 'member.removed'; memberId: MemberId; reason: RemovalReason }
  | { name: 'workspace.connected'; platform: Platform; workspaceId: string }
  | ({ name: 'invitation.sent'; role: StoredRole } & AboutInvitation)
  | ({ name: 'invitation.resent' } & AboutInvitation)
  | ({ name: 'invitation.link-copied' } & AboutInvitation)
  | ({ name: 'invitation.revoked' } & AboutInvitation)
  | ({ name: 'invitation.accepted'; memberId: MemberId; role: StoredRole } & AboutInvitation)
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
    case 'organization.transferred':
      return event.organizationId;
    case 'member.role-changed':
    case 'member.account-role-changed':
    case 'member.removed':
      return event.memberId;
    case 'workspace.connected':
      return `${event.platform}:${event.workspaceId}`;
    default:
      return event.invitationId;
  }
}
