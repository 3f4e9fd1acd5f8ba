import { type Asking, knownOf, type Line, refusalOf } from './asking.ts';
import { grantable, managedGroup, topRole } from './predict-groups.ts';
import type { Model, ModelGroup, ModelMember } from './state.ts';

/** Somebody's role in a team or project, before and after; none: not in it. */
interface GroupLine extends Line {
  from: string | undefined;
  to: string | undefined;
}

/** Of people: who, in which team or project. */
interface People {
  group: number;
  names: readonly string[];
}

/** Adds people, with the role they have, or the usual one, when none is named. */
export function predictAdding(
  model: Model,
  asking: Asking,
  { role, ...people }: People & { role: string | undefined },
): string {
  const usual = model.groups[people.group]?.kind === 'team' ? 'User' : 'Tester';
  return change(model, asking, people, (from) => role ?? from ?? usual);
}

export function predictGroupRoles(
  model: Model,
  asking: Asking,
  { role, ...people }: People & { role: string },
): string {
  return change(model, asking, people, (from) => from && role);
}

export function predictTakingOut(model: Model, asking: Asking, people: People): string {
  return change(model, asking, people, () => undefined);
}

type Wanted = (from: string | undefined) => string | undefined;

function change(model: Model, asking: Asking, { group: place, names }: People, wanted: Wanted): string {
  const group = managedGroup(model, asking, place);
  if (typeof group === 'string') return group;
  const lines = judge(asking, group, names, wanted);
  const answer = refusalOf(asking, lines, 'all');
  if (answer !== 'done') return answer;
  const [only] = lines;
  if (only && lines.length === 1 && !only.from && !only.to) return 'not-in-group';
  for (const { member, to, ...line } of lines) {
    if (line.answer !== 'done') continue;
    if (to) group.people.set(member.name, to);
    else group.people.delete(member.name);
  }
  return 'done';
}

/** One after the other, so that the last one with the highest role keeps it. */
function judge(asking: Asking, group: ModelGroup, names: readonly string[], wanted: Wanted): GroupLine[] {
  const top = topRole(group);
  let tops = [...group.people.values()].filter((role) => role === top).length;
  return knownOf(asking, names).map((member) => {
    const from = group.people.get(member.name);
    const to = wanted(from);
    if (from === to) return { member, from, to, answer: 'done' };
    const isLast = from === top && tops === 1;
    const answer = answerInGroup(asking, group, member, { from, to, isLast });
    if (answer === 'done' && from === top) tops -= 1;
    return { member, from, to, answer };
  });
}

function answerInGroup(
  asking: Asking,
  group: ModelGroup,
  member: ModelMember,
  { from, to, isLast }: Omit<GroupLine, 'member' | 'answer'> & { isLast: boolean },
): string {
  if (to && member.status !== 'active') return 'not-an-active-member';
  if (to && group.kind === 'team' && member.organization !== group.organization)
    return 'not-of-the-organization';
  if (to && member.role === 'Billing Manager') return 'is-billing-manager';
  const roles = grantable(asking, group);
  if ([from, to].some((role) => role && !roles.includes(role))) return 'higher-in-group';
  return isLast ? 'last-in-group' : 'done';
}
