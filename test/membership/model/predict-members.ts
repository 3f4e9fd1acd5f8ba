import {
  answerToAccountRole,
  answerToLeaving,
  answerToRemoval,
  answerToRole,
  answerToTransfer,
  type RoleName,
} from '../matrix/product.ts';
import { type Asking, foreign, knownOf, type Line, refusalOf, targetOf } from './asking.ts';
import { leaveGroups, wouldLeave } from './predict-groups.ts';
import type { Leaving, Model, ModelMember } from './state.ts';

export function roleLines(asking: Asking, names: readonly string[], role: RoleName): Line[] {
  return knownOf(asking, names).map((member) => ({
    member,
    answer: answerToRole(role)(asking.kind, targetOf(asking, member)),
  }));
}

/** Whose role would change. */
export function changedBy(lines: readonly Line[], role: RoleName): ModelMember[] {
  return lines
    .filter(({ member, answer }) => answer === 'done' && member.role !== role)
    .map(({ member }) => member);
}

/** A Billing Manager is in no team or project: who becomes one leaves those they were shown, and is refused while there are others. */
export function predictRoles(
  model: Model,
  asking: Asking,
  { names, role, leaves }: { names: readonly string[]; role: RoleName; leaves: readonly Leaving[] },
): string {
  const lines = roleLines(asking, names, role);
  const answer = refusalOf(asking, lines, 'all');
  if (answer !== 'done') return answer;
  const changed = changedBy(lines, role);
  if (role === 'Billing Manager') {
    const left = wouldLeave(model, asking.account, changed);
    const isShown = (one: Leaving) =>
      leaves.some(({ name, group }) => name === one.name && group === one.group);
    if (!left.every(isShown)) return 'would-leave-groups';
    leaveGroups(model, asking.account, changed);
  }
  for (const member of changed) member.role = role;
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
  const isAlone = new Set(names).size === 1;
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

/** No access from that moment on; seats, machines, teams, projects, drafts and the invitations they sent go with them. */
function close(model: Model, { account }: Asking, member: ModelMember, how: 'removed' | 'left'): void {
  member.status = how;
  leaveGroups(model, account, [member]);
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
