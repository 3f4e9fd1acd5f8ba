import {
  allGroupRoles,
  type GroupKind,
  type GroupRole,
  groupKinds,
  isGroupId,
  usualRole,
} from '../membership/groups/group.ts';
import { listManaged } from '../membership/groups/list-groups.ts';
import type { GroupTerm } from '../membership/groups/offer-groups.ts';
import type { CommandContext } from './command.ts';
import type { Field, Option } from './form.ts';
import { groupOption, groupRoleField } from './group-forms.ts';

/** The most of each kind that this form offers, which asks for much else. */
const mostOffered = 50;

const labels = {
  team: { field: 'Into teams', role: 'Their role in these teams' },
  project: { field: 'Into projects', role: 'Their role in these projects' },
} as const satisfies Record<GroupKind, object>;

type Several = Extract<Field, { kind: 'choices' }>;
type One = Extract<Field, { kind: 'choice' }>;

/** The fields that ask which teams and projects an invitation brings. */
export type GroupFields = { teams: Several; teamRole: One; projects: Several; projectRole: One };

/** What the form asks of each kind; nothing where there is nothing to choose, or that the actor may give. */
export async function groupFields(
  context: CommandContext,
  typed: readonly GroupTerm[] = [],
): Promise<Partial<GroupFields>> {
  const [teams, projects] = [
    await fieldsOf(context, 'team', typed),
    await fieldsOf(context, 'project', typed),
  ];
  return {
    ...(teams ? { teams: teams.groups, teamRole: teams.role } : {}),
    ...(projects ? { projects: projects.groups, projectRole: projects.role } : {}),
  };
}

async function fieldsOf(
  context: CommandContext,
  kind: GroupKind,
  typed: readonly GroupTerm[],
): Promise<{ groups: Several; role: One } | undefined> {
  const { groups, roles, more } = await listManaged(context, { kind });
  const [first] = groups;
  if (!first || !roles.includes(usualRole[kind])) return undefined;
  const shown = groups.slice(0, mostOffered);
  const named = typed.flatMap((term) => ('kind' in term && term.kind === kind ? term.readings : []));
  const isNamed = (name: string) => named.some(({ text }) => text.toLowerCase() === name.toLowerCase());
  const initial = shown.filter(({ name }) => isNamed(name)).map(({ id }) => id);
  const role = named.find((reading) => reading.role)?.role;
  const hint = `For another one, type: /usher invite ana@acme.com to ${kind} ${kind === 'team' ? 'QA' : 'Payments app'}`;
  return {
    groups: {
      ...{ kind: 'choices', label: labels[kind].field, optional: true },
      options: shown.map((group): Option => groupOption(group)),
      ...(more || groups.length > shown.length ? { hint } : {}),
      ...(initial.length > 0 ? { initial } : {}),
    },
    role: { ...groupRoleField(kind, roles, labels[kind].role), ...(role ? { initial: role } : {}) },
  };
}

/** What was chosen in those fields; a form that did not ask has none of them. */
export function groupsIn(
  answers: {
    [Name in keyof GroupFields]?: GroupFields[Name] extends Several ? string[] : string;
  },
): GroupTerm[] {
  const chosen = { team: answers.teams, project: answers.projects };
  const roles = { team: answers.teamRole, project: answers.projectRole };
  return groupKinds.flatMap((kind) => {
    const role: GroupRole = allGroupRoles.find((known) => known === roles[kind]) ?? usualRole[kind];
    return (chosen[kind] ?? []).flatMap((groupId) => (isGroupId(groupId) ? [{ groupId, role }] : []));
  });
}
