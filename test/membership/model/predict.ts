import { predictPress, predictReview } from './predict-drafts.ts';
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
import {
  predictAccountRoles,
  predictLeaving,
  predictRemoval,
  predictRoles,
  predictTransfer,
} from './predict-members.ts';
import { predictConnection, predictCreation, predictMove, predictSetUp } from './predict-organizations.ts';
import { type Asking, askingOf, type Model, placeOf, type Speaker } from './state.ts';
import type { Step, Wish } from './steps.ts';

/** Who a step is by: the invitee, or the one who prepared what is confirmed, when it says so. */
export function speakerOf(model: Model, step: Extract<Step, { by: unknown }>): Speaker {
  if (typeof step.by === 'object' || !('pick' in step)) return step.by as Speaker;
  const invitation = model.invitations[placeOf(step.pick, model.invitations.length)];
  const draft = model.drafts[placeOf(step.pick, model.drafts.length)];
  const [account, name] =
    step.do === 'press' ? [draft?.account, draft?.by] : [invitation?.account, invitation?.name];
  const workspace = [...model.workspaces].find(([, of]) => of === account)?.[0];
  return { name: name ?? 'Nina', workspace: workspace ?? 'acme' };
}

/** The link a step uses: the newest, or one before or after it. */
export function linkOf(model: Model, { pick, linksBehind }: { pick: number; linksBehind: number }): number {
  return Math.max(1, (model.invitations[placeOf(pick, model.invitations.length)]?.link ?? 1) - linksBehind);
}

/** What PRODUCT.md says the answer is, and, in the model, what follows from it. */
export function predict(model: Model, step: Step): string {
  switch (step.do) {
    case 'pass':
      for (const each of model.invitations) each.hoursLeft -= step.hours;
      for (const draft of model.drafts) draft.hours += step.hours;
      return 'done';
    case 'clock':
      for (const each of model.invitations) {
        if (each.status === 'pending' && each.hoursLeft <= 0) each.isNoticed = true;
      }
      for (const draft of model.drafts) if (draft.hours >= 24) draft.isGone = true;
      return 'done';
    case 'join':
    case 'decline': {
      const about = { picked: placeOf(step.pick, model.invitations.length), link: linkOf(model, step) };
      return predictAnswer(model, speakerOf(model, step), { ...about, answer: step.do });
    }
    case 'ask':
      return predictRequest(model, speakerOf(model, step), placeOf(step.pick, model.invitations.length));
    case 'set-up':
      return predictSetUp(model, step.by);
    case 'connect':
      return predictConnection(model, step.by);
    default: {
      const named = 'wish' in step && step.wish.do === 'invite' ? step.wish.in : undefined;
      const asking = askingOf(model, speakerOf(model, step), named);
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
      const found = managed(
        model,
        asking,
        step.picks.map((pick) => placeOf(pick, model.invitations.length)),
      );
      return typeof found === 'string' ? found : predictRenewal(model, asking, found);
    }
    case 'copy-link':
      return predictCopy(model, asking, placeOf(step.pick, model.invitations.length));
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
  }
}

function predictAtOnce(model: Model, asking: Asking, wish: Wish): string {
  switch (wish.do) {
    case 'invite':
      return predictInvite(model, asking, wish);
    case 'revoke':
      return predictRevocation(
        model,
        asking,
        wish.picks.map((pick) => placeOf(pick, model.invitations.length)),
      );
    case 'role':
      return predictRoles(asking, wish.names, wish.role);
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
  }
}
