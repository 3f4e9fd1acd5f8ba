import { outsider, type RoleName } from '../matrix/product.ts';
import { type Asking, answerIn, askingOf } from './asking.ts';
import { refusalToBring } from './predict-groups.ts';
import { newLink } from './predict-settings.ts';
import {
  type InGroup,
  type Model,
  type ModelInvitation,
  type ModelSeat,
  poolKey,
  type Speaker,
  seatsLeft,
} from './state.ts';

const rowOfInviting = (role: RoleName) =>
  role === 'Admin' ? 'invite as Admin' : 'invite as User or Billing Manager';

const manage = 'see, search, resend, revoke, copy link of pending';

/** What stands in the way of inviting as this role, with these seats. */
export function mayInvite(asking: Asking, role: RoleName, seats: readonly ModelSeat[]): string {
  const invite = answerIn(asking, asking.about, rowOfInviting(role));
  if (invite !== 'done' || seats.length === 0) return invite;
  return answerIn(asking, asking.about, 'assign, change source of, take back a licence');
}

/** Whether somebody of the organization can be given a seat of this pool: it is there, theirs or the account's, and on offer. */
export function isOnOffer({ account, about }: Asking, { product, source }: ModelSeat): boolean {
  const isTheirs = source === 'account' || source === about;
  const isThere = account.totals.has(poolKey(product, source));
  return isTheirs && isThere && account.products.get(product)?.isRetired === false;
}

const isPending = (model: Model, account: string, organization: string, name: string) =>
  model.invitations.some(
    (each) =>
      each.account === account &&
      each.organization === organization &&
      each.name === name &&
      each.status === 'pending',
  );

/** Those of them who can be invited: nobody who is a member or waits for an answer already. */
export function invitable(model: Model, { account, about }: Asking, names: readonly string[]): string[] {
  return [...new Set(names)].filter(
    (name) => account.members.get(name)?.status !== 'active' && !isPending(model, account.name, about, name),
  );
}

/** What is offered to everybody invited together. */
interface Offer {
  role: RoleName;
  seats: readonly ModelSeat[];
  brings: readonly InGroup[];
}

/** A Billing Manager is in no team or project. */
export const isForNobody = ({ role, brings }: Pick<Offer, 'role' | 'brings'>) =>
  role === 'Billing Manager' && brings.length > 0;

/** Invites at once. */
export function predictInvite(
  model: Model,
  asking: Asking,
  { names, role, seats, brings }: Offer & { names: readonly string[] },
): string {
  if (names.length === 0) return 'nobody-to-invite';
  const may = mayInvite(asking, role, seats);
  if (may !== 'done') return may;
  if (isForNobody({ role, brings })) return 'billing-manager-in-group';
  if (!seats.every((seat) => isOnOffer(asking, seat))) return 'source-not-found';
  const notBrought = refusalToBring(model, asking, brings);
  if (notBrought !== 'done') return notBrought;
  const fresh = invitable(model, asking, names);
  const isShort = seats.some((seat) => seatsLeft(model, asking.account, seat) < fresh.length);
  if (isShort && fresh.length > 0) return 'not-enough-seats';
  for (const name of fresh) {
    model.invitations.push({
      account: asking.account.name,
      organization: asking.about,
      ...{ name, role, by: asking.member?.name ?? '', status: 'pending' },
      ...{ link: 1, ...newLink(asking.account, asking.about), isNoticed: false, asked: 0 },
      offers: [...seats],
      brings: [...brings],
    });
  }
  return 'done';
}

/** The invitations among these that somebody may manage, or why not. */
export function managed(model: Model, asking: Asking, picked: readonly number[]): ModelInvitation[] | string {
  const outside = outsider(asking.kind);
  if (outside) return outside;
  const found = [...new Set(picked)]
    .sort((a, b) => a - b)
    .flatMap((at) => model.invitations[at] ?? [])
    .filter(({ account }) => account === asking.account.name);
  if (found.length === 0) return 'invitation-not-found';
  const answers = found.map(({ organization }) => answerIn(asking, organization, manage));
  return answers.find((answer) => answer !== 'done') ?? found;
}

/** New links for the pending ones: all of them, or, with too few seats, none. */
export function predictRenewal(
  model: Model,
  asking: Asking,
  invitations: readonly ModelInvitation[],
): string {
  const pending = invitations.filter(({ status }) => status === 'pending');
  const before = pending.map(({ isNoticed }) => isNoticed);
  for (const each of pending) each.isNoticed = false;
  const isShort = pending.some(({ offers }, at) =>
    offers.some((seat) => before[at] && seatsLeft(model, asking.account, seat) < 0),
  );
  if (isShort) {
    for (const [at, each] of pending.entries()) each.isNoticed = before[at] ?? false;
    return 'not-enough-seats';
  }
  for (const each of pending) {
    Object.assign(each, { link: each.link + 1, ...newLink(asking.account, each.organization) });
  }
  return 'done';
}

/** Takes pending ones back. */
export function predictRevocation(model: Model, asking: Asking, picked: readonly number[]): string {
  const found = managed(model, asking, picked);
  if (typeof found === 'string') return found;
  for (const each of found) if (each.status === 'pending') each.status = 'revoked';
  return 'done';
}

export function predictCopy(model: Model, asking: Asking, picked: number): string {
  const found = managed(model, asking, [picked]);
  if (typeof found === 'string') return found;
  const [invitation] = found;
  if (invitation?.status !== 'pending') return 'invitation-already-answered';
  return invitation.minutesLeft > 0 ? 'done' : predictRenewal(model, asking, found);
}

/** Why a link cannot be answered; undefined while it can. */
function deadBecause({ status, link, minutesLeft }: ModelInvitation, claimed: number): string | undefined {
  if (status !== 'pending') return status;
  if (link !== claimed) return 'replaced';
  return minutesLeft > 0 ? undefined : 'expired';
}

const notValid = (reason: string) => `invitation-not-valid: ${reason}`;

/** Joins or declines with a link of an invitation. */
export function predictAnswer(
  model: Model,
  speaker: Speaker,
  { picked, link, answer }: { picked: number; link: number; answer: 'join' | 'decline' },
): string {
  const invitation = model.invitations[picked];
  const asking = askingOf(model, speaker);
  if (!invitation || invitation.account !== asking?.account.name) return notValid('unknown');
  if (invitation.name !== speaker.name) return 'invitation-for-somebody-else';
  const dead = deadBecause(invitation, link);
  if (dead) return notValid(dead);
  if (answer === 'decline') {
    invitation.status = 'declined';
    return 'done';
  }
  if (asking.member?.status === 'active') {
    const isHere = asking.member.organization === invitation.organization;
    return isHere ? 'already-a-member' : 'member-of-another-organization';
  }
  const { organization, role, by: invitedBy, offers, brings, name } = invitation;
  invitation.status = 'accepted';
  asking.account.members.delete(name);
  asking.account.members.set(name, {
    ...{ name, organization, role, accountAdmin: false, status: 'active', invitedBy, machines: new Set() },
    seats: new Map(offers.map(({ product, source }) => [product, source])),
  });
  for (const { group: place, role } of brings) {
    const group = model.groups[place];
    if (group && !group.isArchived) group.people.set(name, role);
  }
  return 'done';
}

/** The invitee asks for a new link in place of one that ran out. */
export function predictRequest(model: Model, speaker: Speaker, picked: number): string {
  const invitation = model.invitations[picked];
  const isTheirs = invitation?.account === askingOf(model, speaker)?.account.name;
  if (!invitation || !isTheirs || invitation.name !== speaker.name) return notValid('unknown');
  const dead = deadBecause(invitation, invitation.link);
  if (dead !== 'expired') return notValid(dead ?? 'replaced');
  if (invitation.asked === invitation.link) return 'asked-already';
  invitation.asked = invitation.link;
  return 'done';
}
