import type {
  BatchId,
  ExportId,
  InvitationId,
  MemberId,
  NoticeId,
  OrganizationId,
  PoolId,
} from '../../db/id.ts';
import type { Event } from './events.ts';

/**
 * What is to be said because of an event. Rows carry no content: the one who delivers looks at the invitation as it is
 * then. Rows of one topic are delivered in order, and a kind that still waits is not queued twice.
 */
export type Delivery =
  /** The direct message (or its reminder) to the invitee. */
  | { topic: InvitationId; kind: 'invite' | 'remind' }
  /** Every copy of that message is drawn anew; copies of a replaced link lose their buttons. */
  | { topic: InvitationId; kind: 'redraw' }
  /** The admins are asked for a new link. */
  | { topic: InvitationId; kind: 'request' }
  /** The inviter's one message about everybody invited together. */
  | { topic: BatchId; kind: 'report' }
  /** Somebody is told what others made of them: another role, or nothing any more. */
  | { topic: MemberId; kind: 'change' | 'goodbye' }
  /** Those who can do something about it are told that the seats of a pool run out, and the channels they work in. */
  | { topic: PoolId; kind: 'seats' | 'channel-seats' }
  /** The channel of an organization is told who joined and went. */
  | { topic: OrganizationId; kind: 'news' }
  /** A message with lines goes to the channel, or is drawn anew there. */
  | { topic: NoticeId; kind: 'notice' | 'renotice' }
  /** An export is taken a step further: offered, made and sent, or its message drawn as it ended. */
  | { topic: ExportId; kind: 'export' };

/** What follows from an event. */
export function reactions(event: Event): Delivery[] {
  switch (event.name) {
    case 'organization.set-up':
    case 'organization.renamed':
    case 'organization.settings-changed':
    case 'organization.channel-changed':
    case 'member.arrived':
    case 'member.details-changed':
    case 'workspace.connected':
    case 'license.assigned':
    case 'license.moved':
    case 'license.taken-back':
    case 'machine.registered':
    case 'pool.seats-set':
    case 'product.added':
    case 'product.renamed':
    case 'product.retired':
    case 'product.restored':
    case 'team.created':
    case 'project.created':
    case 'team.renamed':
    case 'project.renamed':
    case 'team.archived':
    case 'project.archived':
    case 'team.passed':
    case 'project.passed':
    case 'team.member-added':
    case 'project.member-added':
    case 'team.member-role-changed':
    case 'project.member-role-changed':
    case 'team.member-left':
    case 'project.member-left':
    case 'invitation.link-copied':
    case 'export.sent':
    case 'export.failed':
      return [];
    case 'organization.created':
      return [{ topic: event.owner, kind: 'change' }];
    case 'export.requested':
    case 'export.accepted':
    case 'export.declined':
    case 'export.cancelled':
    case 'export.expired':
      return [{ topic: event.exportId, kind: 'export' }];
    case 'organization.transferred':
      return [{ topic: event.to, kind: 'change' }];
    case 'member.role-changed':
    case 'member.account-role-changed':
    case 'member.moved':
      return [{ topic: event.memberId, kind: 'change' }];
    case 'member.removed':
      // Whoever leaves has been told already.
      return event.reason === 'left' ? [] : [{ topic: event.memberId, kind: 'goodbye' }];
    case 'pool.running-out':
      return [
        { topic: event.poolId, kind: 'seats' },
        { topic: event.poolId, kind: 'channel-seats' },
      ];
    case 'invitation.sent':
      return [{ topic: event.invitationId, kind: 'invite' }];
    case 'invitation.resent':
      return [
        { topic: event.invitationId, kind: 'redraw' },
        { topic: event.invitationId, kind: 'invite' },
      ];
    case 'invitation.revoked':
      return [{ topic: event.invitationId, kind: 'redraw' }];
    case 'invitation.reminder-due':
      return [{ topic: event.invitationId, kind: 'remind' }];
    case 'invitation.requested':
      return [{ topic: event.invitationId, kind: 'request' }];
    case 'invitation.accepted':
    case 'invitation.declined':
    case 'invitation.expired':
      return [
        { topic: event.invitationId, kind: 'redraw' },
        { topic: event.batchId, kind: 'report' },
      ];
  }
}
