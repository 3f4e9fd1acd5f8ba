import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import type { TeamId } from '../../../db/id.ts';
import { watchClock } from '../../../src/jobs/watch-clock.ts';
import { renameGroup } from '../../../src/membership/groups/change-group.ts';
import {
  addToGroup,
  changeGroupRoles,
  removeFromGroup,
} from '../../../src/membership/groups/change-group-members.ts';
import { createGroup } from '../../../src/membership/groups/create-group.ts';
import { acceptInvitation } from '../../../src/membership/invitations/accept-invitation.ts';
import { askForNewLink } from '../../../src/membership/invitations/ask-for-new-link.ts';
import { copyLink } from '../../../src/membership/invitations/copy-link.ts';
import { declineInvitation } from '../../../src/membership/invitations/decline-invitation.ts';
import { resendInvitations } from '../../../src/membership/invitations/resend-invitations.ts';
import { assignLicenses } from '../../../src/membership/licenses/assign-licenses.ts';
import { retireProduct } from '../../../src/membership/licenses/edit-catalogue.ts';
import { registerMachine } from '../../../src/membership/licenses/register-machine.ts';
import { setSeats } from '../../../src/membership/licenses/set-seats.ts';
import { takeBackLicenses } from '../../../src/membership/licenses/take-back-licenses.ts';
import { transferOwnership } from '../../../src/membership/members/transfer-ownership.ts';
import { connectWorkspace } from '../../../src/membership/organizations/connect-workspace.ts';
import { setUpOrganization } from '../../../src/membership/organizations/set-up-organization.ts';
import { changeSettings } from '../../../src/membership/organizations/settings.ts';
import { emailOf } from '../people.ts';
import { turnPages } from './perform-list.ts';
import { atOnce, press, review, within } from './perform-wish.ts';
import { linkOf, pickDraft, speakerOf, teamOf } from './picks.ts';
import { organizationOf } from './predict-organizations.ts';
import { contextOf, finder, groupAt, invitationAt, nothing, type Real } from './real.ts';
import type { Model } from './state.ts';
import type { Step } from './steps.ts';

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
      const at = pickDraft(model, step.pick);
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
      const organizationId = source === 'account' ? null : find.organization(source);
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
    case 'settings': {
      const { lifetime: linkLifetime, reminders: remindersBeforeEnd } = step;
      const quiet = { quietFrom: 21, quietUntil: 8 };
      return changeSettings(within(context, find, step), { linkLifetime, remindersBeforeEnd, ...quiet });
    }
    case 'list':
      return turnPages(within(context, find, step), step);
    case 'create-group': {
      const { kind, name } = step;
      const team = teamOf(model, step);
      const of = team === undefined ? {} : { teamId: groupAt(real, team) as TeamId };
      return createGroup(within(context, find, step), { kind, name, ...of });
    }
    case 'rename-group':
      return renameGroup(context, { groupId: find.group(step.pick), name: step.name });
    case 'add': {
      const { pick, rank } = step;
      const role = rank === undefined ? {} : { role: find.inGroup({ pick, rank }).role };
      return addToGroup(context, {
        groupId: find.group(pick),
        memberIds: step.names.map(find.member),
        ...role,
      });
    }
    case 'group-role':
      return changeGroupRoles(context, { ...find.inGroup(step), memberIds: step.names.map(find.member) });
    case 'take-out':
      return removeFromGroup(context, {
        ...{ groupId: find.group(step.pick), memberIds: step.names.map(find.member) },
      });
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
