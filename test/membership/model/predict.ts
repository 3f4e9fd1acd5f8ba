import { answerToLeaving } from '../matrix/product.ts';
import {
  invitable,
  isOnOffer,
  managed,
  mayInvite,
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
  accountRoleLines,
  predictAccountRoles,
  predictLeaving,
  predictRemoval,
  predictRoles,
  predictTransfer,
  refusalOf,
  refusalToLeave,
  removalLines,
  roleLines,
} from './predict-members.ts';
import { predictConnection, predictSetUp } from './predict-organizations.ts';
import { type Asking, askingOf, type Model, type Prepared, type Speaker } from './state.ts';
import type { Step, Wish } from './steps.ts';

/** The place a pick means among so many; none means a place where there is nothing. */
export const placeOf = (pick: number, count: number) => (count === 0 ? -1 : pick % count);

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
      return predictRequest(model, step.by, placeOf(step.pick, model.invitations.length));
    case 'set-up':
      return predictSetUp(model, step.by);
    case 'connect':
      return predictConnection(model, step.by);
    default: {
      const asking = askingOf(model, speakerOf(model, step));
      return asking ? predictAsking(model, asking, step) : 'workspace-not-connected';
    }
  }
}

type Asked = Exclude<
  Step,
  { do: 'pass' | 'clock' } | { do: 'join' | 'decline' } | { do: 'set-up' | 'connect' }
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
    case 'ask':
      return 'done';
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
  }
}

/** Keeps what was prepared, when there is anything to confirm. */
function predictReview(model: Model, asking: Asking, wish: Wish): string {
  const reviewed = review(model, asking, wish);
  if (typeof reviewed === 'string') return reviewed;
  const { account, member } = asking;
  const kept = { account: account.name, by: member?.name ?? '', hours: 0, isGone: false, isDone: false };
  model.drafts.push({ ...kept, prepared: reviewed });
  return 'done';
}

/** What is to be confirmed, or the answer when there is nothing. */
function review(model: Model, asking: Asking, wish: Wish): Prepared | string {
  switch (wish.do) {
    case 'invite': {
      const { role, seats } = wish;
      const answer = mayInvite(asking, role, seats);
      if (answer !== 'done') return answer;
      const far = seats.find((seat) => !isOnOffer(asking, seat));
      if (far) {
        const isKnown = asking.account.products.get(far.product)?.isRetired === false;
        return isKnown ? 'source-not-found' : 'product-not-found';
      }
      return { button: 'invite.send', names: invitable(model, asking, wish.names), role, seats };
    }
    case 'revoke': {
      const found = managed(
        model,
        asking,
        wish.picks.map((pick) => placeOf(pick, model.invitations.length)),
      );
      if (typeof found === 'string') return found;
      const invitations = found
        .filter(({ status }) => status === 'pending')
        .map((each) => model.invitations.indexOf(each));
      return invitations.length > 0
        ? { button: 'revoke.confirm', invitations }
        : 'invitation-already-answered';
    }
    case 'role': {
      const lines = roleLines(asking, wish.names, wish.role);
      const changed = lines.filter(({ member, answer }) => answer === 'done' && member.role !== wish.role);
      return prepared(asking, lines, changed, (names) => ({
        button: 'role.confirm',
        names,
        role: wish.role,
      }));
    }
    case 'account-role': {
      const { isAdmin } = wish;
      const lines = accountRoleLines(asking, wish.names, isAdmin);
      const changed = lines.filter(
        ({ member, answer }) => answer === 'done' && member.accountAdmin !== isAdmin,
      );
      return prepared(asking, lines, changed, (names) => ({ button: 'account.confirm', names, isAdmin }));
    }
    case 'remove': {
      const lines = removalLines(asking, wish.names);
      const going = lines.filter(({ answer }) => answer === 'done');
      return prepared(asking, lines, going, (names) => ({ button: 'remove.confirm', names }));
    }
    case 'leave': {
      const answer = refusalToLeave(asking);
      return answer === 'done' ? { button: 'leave.confirm' } : answer;
    }
  }
}

type Lines = ReturnType<typeof roleLines>;

function prepared(
  asking: Asking,
  lines: Lines,
  good: Lines,
  as: (names: string[]) => Prepared,
): Prepared | string {
  const answer = refusalOf(asking, lines, 'the only one');
  if (answer !== 'done' || good.length === 0) return answer;
  return as(good.map(({ member }) => member.name));
}

/** Confirms what was prepared; pressing again does nothing again and is answered like the first time. */
function predictPress(model: Model, asking: Asking, step: Extract<Step, { do: 'press' }>): string {
  const outside = answerToLeaving(asking.kind);
  if (outside === 'not-a-member' || outside === 'not-active') return outside;
  const draft = model.drafts[placeOf(step.pick, model.drafts.length)];
  const isTheirs = draft?.account === asking.account.name && draft.by === asking.member?.name;
  if (!draft || draft.isGone || !isTheirs) return 'draft-is-gone';
  if (step.button && step.button !== draft.prepared.button) return 'draft-is-gone';
  if (draft.isDone) return 'done';
  const answer = confirm(model, asking, draft.prepared);
  draft.isDone = answer === 'done';
  return answer;
}

function confirm(model: Model, asking: Asking, draft: Prepared): string {
  switch (draft.button) {
    case 'invite.send':
      return predictInvite(model, asking, draft);
    case 'revoke.confirm':
      return predictRevocation(model, asking, draft.invitations);
    case 'role.confirm':
      return predictRoles(asking, draft.names, draft.role);
    case 'account.confirm':
      return predictAccountRoles(asking, draft.names, draft.isAdmin);
    case 'remove.confirm':
      return predictRemoval(model, asking, draft.names);
    case 'leave.confirm':
      return predictLeaving(model, asking);
  }
}
