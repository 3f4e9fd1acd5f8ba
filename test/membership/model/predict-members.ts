import {
  answerToAccountRole,
  answerToLeaving,
  answerToRemoval,
  answerToRole,
  answerToTransfer,
  type RoleName,
  type TargetKind,
} from '../matrix/product.ts';
import type { Asking, Model, ModelMember } from './state.ts';

/** Those of them whom the account knows, each once. */
export function knownOf({ account }: Asking, names: readonly string[]): ModelMember[] {
  return [...new Set(names)].flatMap((name) => account.members.get(name) ?? []);
}

/** Somebody as the one who acts sees them. */
export function targetOf({ member: actor }: Asking, member: ModelMember): TargetKind {
  const isHere = member.organization === actor?.organization;
  return {
    accountAdmin: member.accountAdmin,
    role: member.status === 'active' ? member.role : 'removed',
    place: member === actor ? 'self' : isHere ? 'own organization' : 'other organization',
  };
}

/** What is said of each of several people, before anything is done. */
export interface Line {
  member: ModelMember;
  answer: string;
}

/** Somebody of another account. */
export const foreign: TargetKind = { accountAdmin: false, role: 'User', place: 'foreign account' };

/** Bad lines never stop good ones: it is refused for one alone, or when nobody is left. */
function refusal(lines: readonly Line[], of: 'the only one' | 'all'): string {
  const [first] = lines;
  if (!first) return 'member-not-found';
  if (of === 'the only one' && lines.length > 1) return 'done';
  return lines.every(({ answer }) => answer !== 'done') ? first.answer : 'done';
}

/** Refused as somebody without a standing, or else for the lines. */
export function refusalOf(asking: Asking, lines: readonly Line[], of: 'the only one' | 'all'): string {
  const outside = answerToRemoval(asking.kind, foreign);
  return outside === 'member-not-found' ? refusal(lines, of) : outside;
}

export function roleLines(asking: Asking, names: readonly string[], role: RoleName): Line[] {
  return knownOf(asking, names).map((member) => ({
    member,
    answer: answerToRole(role)(asking.kind, targetOf(asking, member)),
  }));
}

export function predictRoles(asking: Asking, names: readonly string[], role: RoleName): string {
  const lines = roleLines(asking, names, role);
  const answer = refusalOf(asking, lines, 'all');
  if (answer !== 'done') return answer;
  for (const line of lines) if (line.answer === 'done') line.member.role = role;
  return 'done';
}

/** One after the other, so that the last Account Admin keeps the role. */
export function accountRoleLines(asking: Asking, names: readonly string[], isAdmin: boolean): Line[] {
  const everybody = [...asking.account.members.values()];
  const admins = new Set(everybody.filter(({ status, accountAdmin }) => status === 'active' && accountAdmin));
  return knownOf(asking, names).map((member) => {
    const answer = answerToAccountRole(asking.kind, targetOf(asking, member));
    if (answer !== 'done' || isAdmin || !admins.has(member)) return { member, answer };
    if (admins.size === 1) return { member, answer: 'last-account-admin' };
    admins.delete(member);
    return { member, answer };
  });
}

export function predictAccountRoles(asking: Asking, names: readonly string[], isAdmin: boolean): string {
  const lines = accountRoleLines(asking, names, isAdmin);
  const answer = refusalOf(asking, lines, 'all');
  if (answer !== 'done') return answer;
  for (const line of lines) if (line.answer === 'done') line.member.accountAdmin = isAdmin;
  return 'done';
}

export function removalLines(asking: Asking, names: readonly string[]): Line[] {
  return knownOf(asking, names).map((member) => ({
    member,
    answer: answerToRemoval(asking.kind, targetOf(asking, member)),
  }));
}

/** One transaction a person: of several, those who cannot go stay. */
export function predictRemoval(model: Model, asking: Asking, names: readonly string[]): string {
  const lines = removalLines(asking, names);
  const isAlone = names.length === 1;
  const answer = isAlone ? refusalOf(asking, lines, 'all') : answerToRemoval(asking.kind, foreign);
  if (answer !== 'done' && answer !== 'member-not-found') return answer;
  if (isAlone && answer === 'member-not-found') return answer;
  for (const line of lines) if (line.answer === 'done') close(model, asking, line.member, 'removed');
  return 'done';
}

/** The Owner hands over first, and the last Account Admin stays. */
export function refusalToLeave({ kind, account }: Asking): string {
  const answer = answerToLeaving(kind);
  if (answer !== 'done' || !kind.accountAdmin) return answer;
  const admins = [...account.members.values()].filter(
    ({ status, accountAdmin }) => status === 'active' && accountAdmin,
  );
  return admins.length === 1 ? 'last-account-admin' : 'done';
}

export function predictLeaving(model: Model, asking: Asking): string {
  const answer = refusalToLeave(asking);
  if (answer === 'done' && asking.member) close(model, asking, asking.member, 'left');
  return answer;
}

/** No access from that moment on; seats, machines, drafts and the invitations they sent go with them. */
function close(model: Model, { account }: Asking, member: ModelMember, how: 'removed' | 'left'): void {
  member.status = how;
  member.seats.clear();
  member.machines.clear();
  const isTheirs = (of: { account: string; by: string }) =>
    of.account === account.name && of.by === member.name;
  for (const each of model.invitations) {
    if (isTheirs(each) && each.status === 'pending') each.status = 'revoked';
  }
  for (const draft of model.drafts) if (isTheirs(draft)) draft.isGone = true;
}

export function predictTransfer(asking: Asking, name: string, typed: string): string {
  const [member] = knownOf(asking, [name]);
  const answer = answerToTransfer(asking.kind, member ? targetOf(asking, member) : foreign);
  if (answer !== 'done' || !member || !asking.member) return answer;
  if (typed !== name) return 'address-does-not-match';
  asking.member.role = 'Admin';
  member.role = 'Owner';
  return 'done';
}
