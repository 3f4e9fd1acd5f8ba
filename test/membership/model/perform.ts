import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import type { DraftId, InvitationId, MemberId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import type { CommandContext } from '../../../src/commands/command.ts';
import { actions } from '../../../src/commands/index.ts';
import { watchClock } from '../../../src/jobs/watch-clock.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { askForNewLink } from '../../../src/membership/invitations/ask-for-new-link.ts';
import { copyLink } from '../../../src/membership/invitations/copy-link.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import { inviteMembers } from '../../../src/membership/invitations/invite-members.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { reviewInvitations } from '../../../src/membership/invitations/review-invitations.ts';
import {
  prepareRevocation,
  revokeInvitations,
} from '../../../src/membership/invitations/revoke-invitations.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { retireProduct } from '../../../src/membership/licenses/edit-catalogue.ts';
import { registerMachine } from '../../../src/membership/licenses/register-machine.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { takeBackLicenses } from '../../../src/membership/licenses/take-back-licenses.ts';
import {
  changeAccountRoles,
  prepareAccountRoleChange,
} from '../../../src/membership/members/change-account-roles.ts';
import { changeRoles, prepareRoleChange } from '../../../src/membership/members/change-roles.ts';
import { leaveOrganization, prepareLeaving } from '../../../src/membership/members/leave-organization.ts';
import { prepareRemoval, removeMembers } from '../../../src/membership/members/remove-members.ts';
import { transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import { connectWorkspace } from '../../../src/membership/organizations/connect-workspace.ts';
import { setUpOrganization } from '../../../src/membership/organizations/set-up-organization.ts';
import type { RoleName } from '../matrix/product.ts';
import { emailOf, type People } from '../people.ts';
import type { Ids } from './database.ts';
import { linkOf, placeOf, speakerOf } from './predict.ts';
import { organizationOf } from './predict-organizations.ts';
import { founders, isTeams, type Model, type ModelSeat, type Speaker, workspaceAdmins } from './state.ts';
import type { Step, Wish } from './steps.ts';

/** usher, as the steps of the model meet it. */
export interface Real {
  people: People;
  db: Database;
  ids: Ids;
  /** The drafts behind the model's, in their order. */
  drafts: DraftId[];
}

const storedRoles: Record<RoleName, StoredRole> = {
  ...{ Owner: 'admin', Admin: 'admin', 'Billing Manager': 'billing-manager', User: 'user' },
};
const nothing = '0'.repeat(32);

/** Does the step in usher. The model is as it was before it. */
export async function perform(real: Real, model: Model, step: Step): Promise<unknown> {
  switch (step.do) {
    case 'pass':
      return passTime(real.db, step.hours);
    case 'clock':
      return watchClock({ db: real.db, messengers: [], announce: () => {}, report: () => {} });
    case 'join':
    case 'decline': {
      const context = contextOf(real, speakerOf(model, step));
      const answer = step.do === 'join' ? acceptInvitation : declineInvitation;
      return answer(context, {
        invitationId: invitationAt(real, model, step.pick),
        generation: linkOf(model, step),
      });
    }
    default:
      return performBy(real, model, step);
  }
}

type By = Exclude<Step, { do: 'pass' | 'clock' } | { do: 'join' | 'decline' }>;

async function performBy(real: Real, model: Model, step: By): Promise<unknown> {
  const speaker = speakerOf(model, step);
  const context = contextOf(real, speaker);
  const find = finder(real, model, speaker);
  switch (step.do) {
    case 'set-up':
      return setUpOrganization(context, { organization: organizationOf(speaker.workspace) });
    case 'connect':
      return connectWorkspace(context);
    case 'review': {
      const { draftId } = await review(context, find, step.wish);
      if (draftId) real.drafts.push(draftId);
      return draftId;
    }
    case 'at-once':
      return atOnce(context, find, step.wish);
    case 'press': {
      const at = placeOf(step.pick, model.drafts.length);
      const button = step.button ?? model.drafts[at]?.prepared.button ?? 'invite.send';
      return press(context, button, real.drafts[at] ?? `dra_${nothing}`);
    }
    case 'resend':
      return resendInvitations(context, { invitationIds: find.invitations(step.picks) });
    case 'copy-link':
      return copyLink(context, { invitationId: invitationAt(real, model, step.pick) });
    case 'ask':
      return askForNewLink(context, { invitationId: invitationAt(real, model, step.pick) });
    case 'transfer':
      return transferOwnership(context, { memberId: find.member(step.name), email: emailOf(step.typed) });
    case 'seats': {
      const { total, source } = step;
      const organizationId =
        source === 'account' ? null : (real.ids.organizations.get(source) ?? (`org_${nothing}` as const));
      return setSeats(context, { productId: find.product(step.product), organizationId, total });
    }
    case 'retire':
      return retireProduct(context, { productId: find.product(step.product), retired: step.isRetired });
    case 'assign': {
      const { product, source, names } = step;
      const { poolId, productId } = find.seat({ product, source: source ?? 'account' });
      const memberIds = names.map(find.member);
      return assignLicenses(context, { memberIds, productId, ...(source ? { poolId } : {}) });
    }
    case 'take-back':
      return takeBackLicenses(context, {
        ...{ memberIds: step.names.map(find.member), productId: find.product(step.product) },
      });
    case 'machine':
      return registerMachine(context, { productId: find.product(step.product), machineId: 'laptop' });
  }
}

type Find = ReturnType<typeof finder>;

/** Finds the ids of what a speaker means: things of their account, or, when there are none, of any. */
function finder({ ids, ...real }: Real, model: Model, { workspace }: Speaker) {
  const account = model.workspaces.get(workspace) ?? '';
  const anywhere = <Id>(found: Map<string, Id>, name: string) =>
    found.get(`${account} ${name}`) ?? [...found].find(([key]) => key.endsWith(` ${name}`))?.[1];
  const find = {
    member: (name: string): MemberId => anywhere(ids.members, name) ?? `mem_${nothing}`,
    product: (name: string) => ids.products.get(`${account} ${name}`) ?? (`prd_${nothing}` as const),
    seat: ({ product, source }: ModelSeat) => ({
      productId: find.product(product),
      poolId: anywhere(ids.pools, `${product} ${source}`) ?? (`pol_${nothing}` as const),
    }),
    invitations: (picks: readonly number[]): InvitationId[] =>
      picks.map((pick) => invitationAt({ ids, ...real }, model, pick)),
  };
  return find;
}

function invitationAt({ ids }: Real, model: Model, pick: number): InvitationId {
  return ids.invitations[placeOf(pick, model.invitations.length)] ?? `inv_${nothing}`;
}

function contextOf({ people }: Real, { name, workspace }: Speaker): CommandContext {
  const person = people.person(name, workspace, {
    platform: isTeams(workspace) ? 'teams' : 'slack',
    isWorkspaceAdmin: workspaceAdmins.includes(name),
  });
  return { ...person.context, founders: founders.map(emailOf), findAddress: async () => undefined };
}

async function review(context: CommandContext, find: Find, wish: Wish): Promise<{ draftId?: DraftId }> {
  switch (wish.do) {
    case 'invite': {
      const entries = wish.names.map(
        (name) => ({ kind: 'address', email: emailOf(name), text: name }) as const,
      );
      const licenses = wish.seats.map(find.seat);
      return reviewInvitations(context, { entries, role: storedRoles[wish.role], licenses });
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
  }
}

async function atOnce(context: CommandContext, find: Find, wish: Wish): Promise<unknown> {
  switch (wish.do) {
    case 'invite':
      return inviteMembers(context, {
        ...{ emails: wish.names.map(emailOf), role: storedRoles[wish.role] },
        licenses: wish.seats.map(find.seat),
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
  }
}

function press(
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
  }
}

/** Every moment that lies behind moves back, so that so much time has passed. */
async function passTime(db: Database, hours: number): Promise<void> {
  const by = sql`make_interval(hours => ${hours})`;
  await db.execute(sql`
    update invitation set sent_at = sent_at - ${by}, expires_at = expires_at - ${by}, decided_at = decided_at - ${by},
      expiry_noticed_at = expiry_noticed_at - ${by}, reminders = array(select r - ${by} from unnest(reminders) as r)`);
  await db.execute(sql`update draft set created_at = created_at - ${by}`);
  await db.execute(sql`update replay_key set at = at - ${by}`);
}
