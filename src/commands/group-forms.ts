import { isId, type MemberId } from '../../db/id.ts';
import { renameGroup } from '../membership/groups/change-group.ts';
import { createGroup, prepareCreating } from '../membership/groups/create-group.ts';
import {
  allGroupRoles,
  type GroupId,
  type GroupKind,
  type GroupRole,
  groupRoles,
  isGroupId,
  kindOf,
  usualRole,
} from '../membership/groups/group.ts';
import { type GroupChoices, listGroups, listManaged, mostChoices } from '../membership/groups/list-groups.ts';
import { isGroupName, longestGroupName } from '../membership/groups/name-group.ts';
import type { Group } from '../membership/groups/read-group.ts';
import { showMember } from '../membership/members/show-member.ts';
import { splitPeople } from '../membership/people-list.ts';
import { groupRoleNames, Refusal } from '../membership/refusal.ts';
import { groupNotices } from '../messages/group-changes.ts';
import { groupList } from '../messages/groups.ts';
import { oneLine } from '../messages/words.ts';
import { besideField } from './beside-field.ts';
import type { CommandContext, FormDefinition, Reply } from './command.ts';
import type { Field, Fields, Option } from './form.ts';
import { groupWithPeople } from './group-members.ts';
import { type OrganizationField, organizationField } from './in-organization.ts';
import { pageSize } from './list.ts';
import { nobodyIn, peopleField, reach } from './people.ts';

const titles = { team: 'Team', project: 'Project' } as const satisfies Record<GroupKind, string>;

/** A team or project as a choice in a form: at most 75 characters. */
export function groupOption({ id, name, organization }: Group): Option {
  return { value: id, label: oneLine(`${oneLine(name, 45)} (${oneLine(organization, 25)})`, 75) };
}

/** What a form says beside choices of which it can show only the first. */
function moreChoices(kind: GroupKind, more: boolean): { hint?: string } {
  const hint = `These are the first ${mostChoices} by name. For another one, type: /usher ${kind} add ana@acme.com to its name`;
  return more ? { hint } : {};
}

/** The roles somebody may give in teams or projects, the usual one chosen. */
export function groupRoleField(kind: GroupKind, roles: readonly GroupRole[], label: string) {
  return {
    kind: 'choice',
    label,
    options: roles.map((role) => ({ value: role, label: groupRoleNames[role] })),
    initial: usualRole[kind],
  } as const satisfies Field;
}

const nameField = (kind: GroupKind) =>
  ({
    kind: 'text',
    label: 'Name',
    placeholder: kind === 'team' ? 'QA' : 'Payments app',
    maxLength: longestGroupName,
  }) as const;

const nameProblem = (kind: GroupKind, name: string) =>
  isGroupName(name) ? undefined : { name: besideField(new Refusal('group-name-not-usable', { kind })) };

/** The form that makes a team or project. */
export async function openCreating(context: CommandContext, kind: GroupKind): Promise<Reply> {
  const { organization } = await prepareCreating(context, { kind });
  const teams = kind === 'project' ? await listManaged(context, { kind: 'team' }) : undefined;
  const where = await organizationField(context, 'manage-groups');
  const role = groupRoleNames[groupRoles[kind][0]];
  const intro = where.in
    ? `It has a name of its own in the organization you choose.`
    : `It belongs to ${oneLine(organization, 100)}, and you are its ${role}.`;
  const fields = { ...where, name: nameField(kind), ...(teams ? teamField(teams) : {}) };
  const title = kind === 'team' ? 'New team' : 'New project';
  return { form: { name: `create-${kind}`, title, submit: 'Create', intro, fields } };
}

const noTeam = 'none';

/** No platform draws a choice among nothing: where there is no team, the form does not ask. */
function teamField({ groups, more }: GroupChoices): Partial<TeamField> {
  if (groups.length === 0) return {};
  const options = [{ value: noTeam, label: 'No team' }, ...groups.slice(0, mostChoices - 1).map(groupOption)];
  const hint = more ? { hint: `For another team, type: /usher project create Payments app of team QA` } : {};
  return { team: { kind: 'choice', label: 'Of team', options, initial: noTeam, ...hint } };
}

type TeamField = { team: Extract<Field, { kind: 'choice' }> };

async function created(context: CommandContext, input: Parameters<typeof createGroup>[1]): Promise<Reply> {
  const { groupId, name } = await createGroup(context, input);
  return groupWithPeople(context, { groupId }, groupNotices.created(input.kind, name));
}

/** What becomes of that form, for a team. */
export const createTeamForm: FormDefinition<{ name: ReturnType<typeof nameField> } & OrganizationField> = {
  kinds: { in: 'choice', name: 'text' },
  check: ({ name }) => nameProblem('team', name),
  submit: (context, { name }) => created(context, { kind: 'team', name }),
};

/** The same for a project. */
export const createProjectForm: FormDefinition<
  { name: ReturnType<typeof nameField> } & TeamField & OrganizationField
> = {
  kinds: { in: 'choice', name: 'text', team: 'choice' },
  check: ({ name }) => nameProblem('project', name),
  submit: (context, { name, team }) =>
    created(context, { kind: 'project', name, ...(isId('tea', team) ? { teamId: team } : {}) }),
};

/** What a form is to begin with: one of the teams or projects there are, or any of a kind. */
type About = GroupKind | GroupId;

interface Choice extends GroupChoices {
  kind: GroupKind;
  initial: GroupId | undefined;
}

/** What can be chosen; the one it is about is among it, if the actor still manages it. The only one there is stands chosen. */
async function choicesFor(context: CommandContext, about: About): Promise<Choice> {
  const groupId = isGroupId(about) ? about : undefined;
  const kind = isGroupId(about) ? kindOf(about) : about;
  const choices = await listManaged(context, { kind, ...(groupId ? { first: groupId } : {}) });
  const [only, ...others] = choices.groups;
  const initial = others.length === 0 ? only : choices.groups.find(({ id }) => id === groupId);
  return { ...choices, kind, initial: initial?.id };
}

/** Whoever manages none sees the ones they are in, if any. */
async function nothingToChoose(context: CommandContext, kind: GroupKind): Promise<Reply> {
  return { message: groupList(await listGroups(context, { kind, size: pageSize }), { kind }) };
}

function groupField({ groups, kind, more, initial }: Choice) {
  return {
    kind: 'choice',
    label: titles[kind],
    options: groups.map(groupOption),
    ...moreChoices(kind, more),
    ...(initial ? { initial } : {}),
  } as const satisfies Field;
}

/** The form that renames a team or project. */
export async function openRenaming(context: CommandContext, about: About): Promise<Reply> {
  const choice = await choicesFor(context, about);
  const { kind, groups } = choice;
  if (groups.length === 0) return nothingToChoose(context, kind);
  const fields = { group: groupField(choice), name: { ...nameField(kind), label: 'New name' } };
  const title = kind === 'team' ? 'Rename a team' : 'Rename a project';
  return { form: { name: 'rename-group', title, submit: 'Rename', fields } };
}

type NamedField = { kind: 'text'; label: string; placeholder: string; maxLength: number };

/** What becomes of that form. */
export const renameGroupForm: FormDefinition<{ group: ReturnType<typeof groupField>; name: NamedField }> = {
  kinds: { group: 'choice', name: 'text' },
  check: ({ group, name }) => nameProblem(isGroupId(group) ? kindOf(group) : 'team', name),
  async submit(context, { group, name }) {
    const { groupId, from, to } = await renameGroup(context, { groupId: groupIn(group), name });
    return groupWithPeople(context, { groupId }, groupNotices.renamed(from, to));
  },
};

function groupIn(value: string): GroupId {
  if (!isGroupId(value)) throw new Refusal('group-not-found', { kind: 'team', text: '' });
  return value;
}

/** The form that adds people to a team or project: these, or the one of a card. */
export async function openAdding(
  context: CommandContext,
  about: About,
  { people, memberId }: { people?: string; memberId?: MemberId } = {},
): Promise<Reply> {
  const choice = await choicesFor(context, about);
  const { kind, groups, roles } = choice;
  if (groups.length === 0) return nothingToChoose(context, kind);
  const member = memberId && (await showMember(context, { memberId })).member;
  const fields: Fields = {
    people: {
      ...peopleField(member?.email ?? people),
      hint: 'Names or e-mail addresses, separated by commas. Whoever is in it already gets the role.',
    },
    group: groupField(choice),
    role: groupRoleField(kind, roles, 'As'),
  };
  return { form: { name: 'add-to-group', title: `Add to a ${kind}`, submit: 'Add', fields } };
}

/** What becomes of that form. */
export const addToGroupForm: FormDefinition<{
  people: ReturnType<typeof peopleField>;
  group: ReturnType<typeof groupField>;
  role: ReturnType<typeof groupRoleField>;
}> = {
  kinds: { people: 'text', group: 'choice', role: 'choice' },
  check: ({ people }) => nobodyIn(people),
  submit(context, { people, group, role }) {
    const given = allGroupRoles.find((known) => known === role);
    const purpose = {
      for: 'add-to-group',
      groupId: groupIn(group),
      ...(given ? { role: given } : {}),
    } as const;
    return reach(context, purpose, splitPeople(people));
  },
};
