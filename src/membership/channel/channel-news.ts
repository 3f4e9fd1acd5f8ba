import type { NewsKind } from '../../../db/channel-schema.ts';
import type { MemberId, OrganizationId } from '../../../db/id.ts';
import type { Happening } from '../events.ts';

/** Something to be told in the channel of an organization, when it has one. */
export interface News {
  organizationId: OrganizationId;
  memberId: MemberId;
  what: NewsKind;
  by: MemberId | null;
}

/** What a channel is to be told because of something that happened. */
export function newsOf({ organizationId, actorMemberId, event }: Happening): News[] {
  if (organizationId === null) return [];
  switch (event.name) {
    case 'invitation.accepted':
      return [{ organizationId, memberId: event.memberId, what: 'joined', by: null }];
    case 'member.removed':
      return [{ organizationId, memberId: event.memberId, what: event.reason, by: actorMemberId }];
    case 'member.moved': {
      const { memberId, from, to } = event;
      return [
        { organizationId: from, memberId, what: 'moved-away', by: actorMemberId },
        { organizationId: to, memberId, what: 'moved-here', by: actorMemberId },
      ];
    }
    default:
      return [];
  }
}
