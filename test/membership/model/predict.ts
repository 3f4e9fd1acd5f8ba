import { type Asking, askingOf } from './asking.ts';
import {
  broughtBy,
  linkOf,
  pickGroup,
  pickInvitation,
  pickInvitations,
  roleAt,
  speakerOf,
  teamOf,
} from './picks.ts';
import { predictPress, predictReview } from './predict-drafts.ts';
import { predictAdding, predictGroupRoles, predictTakingOut } from './predict-group-people.ts';
import { predictArchiving, predictGroup, predictRenaming } from './predict-groups.ts';
import {
  managed,
  predictAnswer,
  predictCopy,
  predictInvite,
  predictRenewal,
  predictRequest,
  predictRevocation,
} from './predict-invitations.ts';
import {
  predictAssignment,
  predictMachine,
  predictRetirement,
  predictSeats,
  predictTakingBack,
} from './predict-licenses.ts';
import { predictList } from './predict-lists.ts';
import {
  predictAccountRoles,
  predictLeaving,
  predictRemoval,
  predictRoles,
  predictTransfer,
} from './predict-members.ts';
import { predictConnection, predictCreation, predictMove, predictSetUp } from './predict-organizations.ts';
import { arePossible, letPass, predictSettings, watch } from './predict-settings.ts';
import type { Model } from './state.ts';
import type { Step, Wish } from './steps.ts';

/** What PRODUCT.md says the answer is, and, in the model, what follows from it. */
export function predict(model: Model, step: Step): string {
  switch (step.do) {
    case 'pass':
      letPass(model, step.hours);
      return 'done';
    case 'clock':
      watch(model);
      return 'done';
    case 'join':
    case 'decline': {
      const about = { picked: pickInvitation(model, step.pick), link: linkOf(model, step) };
      return predictAnswer(model, speakerOf(model, step), { ...about, answer: step.do });
    }
    case 'ask':
      return predictRequest(model, speakerOf(model, step), pickInvitation(model, step.pick));
    case 'set-up':
      return predictSetUp(model, step.by);
    case 'connect':
      return predictConnection(model, step.by);
    default: {
      if (step.do === 'settings' && !arePossible(step)) return 'settings-not-possible';
      const named = 'wish' in step ? step.wish : step;
      const asking = askingOf(model, speakerOf(model, step), 'in' in named ? named.in : undefined);
      return asking ? predictAsking(model, asking, step) : 'workspace-not-connected';
    }
  }
}

type Asked = Exclude<
  Step,
  { do: 'pass' | 'clock' } | { do: 'join' | 'decline' | 'ask' } | { do: 'set-up' | 'connect' }
>;

function predictAsking(model: Model, asking: Asking, step: Asked): string {
  switch (step.do) {
    case 'review':
      return predictReview(model, asking, step.wish);
    case 'at-once':
      return predictAtOnce(model, asking, step.wish);
    case 'press':
      return predictPress(model, asking, step);
    case 'resend': {
      const found = managed(model, asking, pickInvitations(model, step.picks));
      return typeof found === 'string' ? found : predictRenewal(model, asking, found);
    }
    case 'copy-link':
      return predictCopy(model, asking, pickInvitation(model, step.pick));
    case 'transfer':
      return predictTransfer(asking, step.name, step.typed);
    case 'seats':
      return predictSeats(model, asking, step);
    case 'retire':
      return predictRetirement(asking, step.product, step.isRetired);
    case 'assign':
      return predictAssignment(model, asking, { ...step, source: step.source });
    case 'take-back':
      return predictTakingBack(asking, step.names, step.product);
    case 'machine':
      return predictMachine(asking, step.product);
    case 'list':
      return predictList(model, asking, step);
    case 'settings':
      return predictSettings(asking, { lifetime: step.lifetime, reminders: step.reminders });
    default:
      return predictInGroup(model, asking, step);
  }
}

type AskedOfGroup = Extract<
  Asked,
  { do: 'create-group' | 'rename-group' | 'add' | 'group-role' | 'take-out' }
>;

function predictInGroup(model: Model, asking: Asking, step: AskedOfGroup): string {
  if (step.do === 'create-group') return predictGroup(model, asking, { ...step, team: teamOf(model, step) });
  const group = pickGroup(model, step.pick);
  const kind = model.groups[group]?.kind ?? 'team';
  switch (step.do) {
    case 'rename-group':
      return predictRenaming(model, asking, group, step.name);
    case 'add': {
      const role = step.rank === undefined ? undefined : roleAt(kind, step.rank);
      return predictAdding(model, asking, { group, names: step.names, role });
    }
    case 'group-role':
      return predictGroupRoles(model, asking, { group, names: step.names, role: roleAt(kind, step.rank) });
    case 'take-out':
      return predictTakingOut(model, asking, { group, names: step.names });
  }
}

function predictAtOnce(model: Model, asking: Asking, wish: Wish): string {
  switch (wish.do) {
    case 'invite':
      return predictInvite(model, asking, { ...wish, brings: broughtBy(model, wish.groups) });
    case 'revoke':
      return predictRevocation(model, asking, pickInvitations(model, wish.picks));
    case 'role':
      return predictRoles(model, asking, { ...wish, leaves: [] });
    case 'account-role':
      return predictAccountRoles(asking, wish.names, wish.isAdmin);
    case 'remove':
      return predictRemoval(model, asking, wish.names);
    case 'leave':
      return predictLeaving(model, asking);
    case 'move':
      return predictMove(model, asking, wish);
    case 'create':
      return predictCreation(model, asking, wish);
    case 'archive':
      return predictArchiving(model, asking, pickGroup(model, wish.pick));
  }
}
