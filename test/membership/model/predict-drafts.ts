import { outsider } from '../matrix/product.ts';
import { type Asking, type Line, refusalOf } from './asking.ts';
import { broughtBy, pickDraft, pickGroup, pickInvitations } from './picks.ts';
import { managedGroup, predictArchiving, refusalToBring, wouldLeave } from './predict-groups.ts';
import {
  invitable,
  isForNobody,
  isOnOffer,
  managed,
  mayInvite,
  predictInvite,
  predictRevocation,
} from './predict-invitations.ts';
import {
  accountRoleLines,
  changedBy,
  predictAccountRoles,
  predictLeaving,
  predictRemoval,
  predictRoles,
  refusalToLeave,
  removalLines,
  roleLines,
} from './predict-members.ts';
import { moveLines, predictCreation, predictMove, refusalToCreate } from './predict-organizations.ts';
import type { Model, ModelMember, Prepared } from './state.ts';
import type { Step, Wish } from './steps.ts';

/** Keeps what was prepared, when there is anything to confirm. */
export function predictReview(model: Model, asking: Asking, wish: Wish): string {
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
      const brings = broughtBy(model, wish.groups);
      if (isForNobody({ role, brings })) return 'billing-manager-in-group';
      const notBrought = refusalToBring(model, asking, brings);
      if (notBrought !== 'done') return notBrought;
      const names = invitable(model, asking, wish.names);
      return { button: 'invite.send', organization: asking.about, names, role, seats, brings };
    }
    case 'revoke': {
      const found = managed(model, asking, pickInvitations(model, wish.picks));
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
      const changed = changedBy(lines, wish.role);
      const leaves = wish.role === 'Billing Manager' ? wouldLeave(model, asking.account, changed) : [];
      return prepared(asking, lines, changed, (names) => ({
        ...{ button: 'role.confirm', names, role: wish.role, leaves },
      }));
    }
    case 'account-role': {
      const { isAdmin } = wish;
      const lines = accountRoleLines(asking, wish.names, isAdmin);
      const changed = lines
        .filter(({ member, answer }) => answer === 'done' && member.accountAdmin !== isAdmin)
        .map(({ member }) => member);
      return prepared(asking, lines, changed, (names) => ({ button: 'account.confirm', names, isAdmin }));
    }
    case 'remove': {
      const lines = removalLines(asking, wish.names);
      const going = unhindered(lines);
      return prepared(asking, lines, going, (names) => ({ button: 'remove.confirm', names }));
    }
    case 'leave': {
      const answer = refusalToLeave(asking);
      return answer === 'done' ? { button: 'leave.confirm' } : answer;
    }
    case 'move': {
      const { to, role } = wish;
      const lines = moveLines(asking, wish.names, { to, role });
      if (typeof lines === 'string') return lines;
      const going = unhindered(lines);
      return prepared(asking, lines, going, (names) => ({ button: 'move.confirm', names, to, role }));
    }
    case 'create': {
      const answer = refusalToCreate(asking, wish);
      const { organization, name } = wish;
      return answer === 'done' ? { button: 'organization.create.confirm', organization, name } : answer;
    }
    case 'archive': {
      const group = pickGroup(model, wish.pick);
      const found = managedGroup(model, asking, group);
      return typeof found === 'string' ? found : { button: 'group.archive.confirm', group };
    }
  }
}

const unhindered = (lines: readonly Line[]) =>
  lines.filter(({ answer }) => answer === 'done').map(({ member }) => member);

function prepared(
  asking: Asking,
  lines: readonly Line[],
  good: readonly ModelMember[],
  as: (names: string[]) => Prepared,
): Prepared | string {
  const answer = refusalOf(asking, lines, 'the only one');
  if (answer !== 'done' || good.length === 0) return answer;
  return as(good.map(({ name }) => name));
}

/** Confirms what was prepared; pressing again does nothing again and is answered like the first time. */
export function predictPress(model: Model, asking: Asking, step: Extract<Step, { do: 'press' }>): string {
  const outside = outsider(asking.kind);
  if (outside) return outside;
  const draft = model.drafts[pickDraft(model, step.pick)];
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
      return predictInvite(model, { ...asking, about: draft.organization }, draft);
    case 'revoke.confirm':
      return predictRevocation(model, asking, draft.invitations);
    case 'role.confirm':
      return predictRoles(model, asking, draft);
    case 'account.confirm':
      return predictAccountRoles(asking, draft.names, draft.isAdmin);
    case 'remove.confirm':
      return predictRemoval(model, asking, draft.names);
    case 'leave.confirm':
      return predictLeaving(model, asking);
    case 'move.confirm':
      return predictMove(model, asking, draft);
    case 'organization.create.confirm':
      return predictCreation(model, asking, draft);
    case 'group.archive.confirm':
      return predictArchiving(model, asking, draft.group);
  }
}
