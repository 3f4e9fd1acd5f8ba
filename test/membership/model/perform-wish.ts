import type { DraftId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import type { CommandContext } from '../../../src/commands/command.ts';
import { actions } from '../../../src/commands/index.ts';
import { archiveGroup, prepareArchiving } from '../../../src/membership/groups/change-group.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { reviewInvitations } from '../../../src/membership/invitations/review-invitations.ts';
import {
  prepareRevocation,
  revokeInvitations,
} from '../../../src/membership/invitations/revoke-invitations.ts';
import {
  changeAccountRoles,
  prepareAccountRoleChange,
} from '../../../src/membership/members/change-account-roles.ts';
import { changeRoles, prepareRoleChange } from '../../../src/membership/members/change-roles.ts';
import { leaveOrganization, prepareLeaving } from '../../../src/membership/members/leave-organization.ts';
import { moveMembers, prepareMove } from '../../../src/membership/members/move-members.ts';
import { prepareRemoval, removeMembers } from '../../../src/membership/members/remove-members.ts';
import {
  createOrganization,
  prepareOrganization,
} from '../../../src/membership/organizations/create-organization.ts';
import type { RoleName } from '../matrix/product.ts';
import { emailOf } from '../people.ts';
import type { Find } from './real.ts';
import type { Model } from './state.ts';
import type { Wish } from './steps.ts';

const storedRoles: Record<RoleName, StoredRole> = {
  ...{ Owner: 'admin', Admin: 'admin', 'Billing Manager': 'billing-manager', User: 'user' },
};
/** Reviews what somebody wishes for; a draft, when there is anything to confirm. */
export async function review(
  context: CommandContext,
  find: Find,
  wish: Wish,
): Promise<{ draftId?: DraftId }> {
  switch (wish.do) {
    case 'invite': {
      const entries = wish.names.map(
        (name) => ({ kind: 'address', email: emailOf(name), text: name }) as const,
      );
      const licenses = wish.seats.map(find.seat);
      return reviewInvitations(within(context, find, wish), {
        ...{ entries, role: storedRoles[wish.role], licenses },
        groups: wish.groups.map(find.inGroup),
      });
    }
    case 'revoke':
      return prepareRevocation(context, { invitationIds: find.invitations(wish.picks) });
    case 'role':
      return prepareRoleChange(context, {
        ...{ memberIds: wish.names.map(find.member), role: storedRoles[wish.role] },
      });
    case 'account-role':
      return prepareAccountRoleChange(context, {
        ...{ memberIds: wish.names.map(find.member), accountRole: wish.isAdmin ? 'account-admin' : 'user' },
      });
    case 'remove':
      return prepareRemoval(context, { memberIds: wish.names.map(find.member) });
    case 'leave':
      return prepareLeaving(context);
    case 'move':
      return prepareMove(context, moveOf(find, wish));
    case 'create':
      return prepareOrganization(context, { name: wish.organization, ownerId: find.member(wish.name) });
    case 'archive':
      return prepareArchiving(context, { groupId: find.group(wish.pick) });
  }
}

/** The request about the organization that was named. */
export function within(context: CommandContext, find: Find, wish: { in?: string }): CommandContext {
  return wish.in ? { ...context, organizationId: find.organization(wish.in) } : context;
}

function moveOf(find: Find, { names, to, role }: Extract<Wish, { do: 'move' }>) {
  const organizationId = find.organization(to);
  return { memberIds: names.map(find.member), organizationId, role: storedRoles[role] };
}

/** Does it without a review, as a form does that was open for long. */
export async function atOnce(context: CommandContext, find: Find, wish: Wish): Promise<unknown> {
  switch (wish.do) {
    case 'invite':
      return inviteMembers(within(context, find, wish), {
        ...{ emails: wish.names.map(emailOf), role: storedRoles[wish.role] },
        ...{ licenses: wish.seats.map(find.seat), groups: wish.groups.map(find.inGroup) },
      });
    case 'revoke':
      return revokeInvitations(context, { invitationIds: find.invitations(wish.picks) });
    case 'role':
      return changeRoles(context, { memberIds: wish.names.map(find.member), role: storedRoles[wish.role] });
    case 'account-role':
      return changeAccountRoles(context, {
        ...{ memberIds: wish.names.map(find.member), accountRole: wish.isAdmin ? 'account-admin' : 'user' },
      });
    case 'remove':
      return removeMembers(context, { memberIds: wish.names.map(find.member) });
    case 'leave':
      return leaveOrganization(context);
    case 'move':
      return moveMembers(context, moveOf(find, wish));
    case 'create':
      return createOrganization(context, { name: wish.organization, ownerId: find.member(wish.name) });
    case 'archive':
      return archiveGroup(context, { groupId: find.group(wish.pick) });
  }
}

/** Presses the button that confirms a draft. */
export function press(
  context: CommandContext,
  button: Model['drafts'][number]['prepared']['button'],
  draftId: DraftId,
) {
  switch (button) {
    case 'invite.send':
      return actions[button](context, { do: button, draftId });
    case 'revoke.confirm':
      return actions[button](context, { do: button, draftId });
    case 'role.confirm':
      return actions[button](context, { do: button, draftId });
    case 'account.confirm':
      return actions[button](context, { do: button, draftId });
    case 'remove.confirm':
      return actions[button](context, { do: button, draftId });
    case 'leave.confirm':
      return actions[button](context, { do: button, draftId });
    case 'move.confirm':
      return actions[button](context, { do: button, draftId });
    case 'organization.create.confirm':
      return actions[button](context, { do: button, draftId });
    case 'group.archive.confirm':
      return actions[button](context, { do: button, draftId });
  }
}
