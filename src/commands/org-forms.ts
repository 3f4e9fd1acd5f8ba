import { isId } from '../../db/id.ts';
import { storedRoles } from '../../db/schema.ts';
import { showMember } from '../membership/members/show-member.ts';
import { listChoices, type OrganizationChoice } from '../membership/organizations/list-choices.ts';
import { listOrganizations } from '../membership/organizations/list-organizations.ts';
import {
  longestOrganizationName,
  organizationNameProblem,
} from '../membership/organizations/organization-names.ts';
import { renameOrganization } from '../membership/organizations/rename-organization.ts';
import { splitPeople } from '../membership/people-list.ts';
import { Refusal, roleNames } from '../membership/refusal.ts';
import { renamedNotice } from '../messages/organizations.ts';
import { oneLine } from '../messages/words.ts';
import { besideField } from './beside-field.ts';
import type { ActionHandlers, CommandContext, FormDefinition, Reply } from './command.ts';
import type { Fields } from './form.ts';
import { type OrganizationField, organizationField, within } from './in-organization.ts';
import { organizations } from './organizations.ts';
import { nobodyIn, peopleField, reach } from './people.ts';

const nameField = {
  kind: 'text',
  label: 'Name',
  placeholder: 'Risk',
  maxLength: longestOrganizationName,
} as const;

const nameProblem = (name: string) => {
  const problem = organizationNameProblem(name);
  return problem && { name: besideField(problem) };
};

/** Whoever may not manage organizations is told so at once, instead of after filling in a form. */
async function refuseOthers(context: CommandContext): Promise<void> {
  await listOrganizations(within(context, undefined), { size: 1 });
}

/** The form that makes an organization. */
export async function openCreation(context: CommandContext, name = ''): Promise<Reply> {
  await refuseOthers(context);
  const fields = creationFields(name);
  return {
    form: { name: 'create-organization', title: 'Create an organization', submit: 'Preview', fields },
  };
}

function creationFields(initial: string) {
  return {
    name: { ...nameField, ...(initial ? { initial } : {}) },
    owner: {
      kind: 'text',
      label: 'Owner',
      placeholder: 'ben@acme.com',
      hint: 'An active member of the account, who moves there. Somebody new is invited to another organization first.',
      maxLength: 300,
    },
  } as const satisfies Fields;
}

/** What becomes of that form. */
export const createOrganizationForm: FormDefinition<ReturnType<typeof creationFields>> = {
  kinds: { name: 'text', owner: 'text' },
  check({ name, owner }) {
    if (splitPeople(owner).length !== 1)
      return { ...nameProblem(name), owner: 'Name one person. Example: ana@acme.com' };
    return nameProblem(name);
  },
  submit: (context, { name, owner }) =>
    reach(context, { for: 'create-organization', name }, splitPeople(owner)),
};

/** The form that renames an organization: the one the request is about, or another that is chosen in it. */
export async function openRename(context: CommandContext): Promise<Reply> {
  await refuseOthers(context);
  const fields = { ...(await organizationField(context, 'manage-organizations')), name: nameField };
  return {
    form: {
      name: 'rename-organization',
      title: 'Rename',
      submit: 'Rename',
      fields: { ...fields, name: { ...nameField, label: 'New name' } },
    },
  };
}

/** What becomes of that form. */
export const renameOrganizationForm: FormDefinition<{ name: typeof nameField } & OrganizationField> = {
  kinds: { in: 'choice', name: 'text' },
  check: ({ name }) => nameProblem(name),
  submit: (context, { name }) => rename(context, name),
};

/** Renames the organization the request is about, and shows them all. */
export async function rename(context: CommandContext, name: string): Promise<Reply> {
  const notice = renamedNotice(await renameOrganization(context, { name }));
  return organizations(within(context, undefined), { notice });
}

/** The form that moves people, to the organization the request is about or to another that is chosen in it. */
export async function openMove(context: CommandContext, people = ''): Promise<Reply> {
  await refuseOthers(context);
  const choices = await listChoices(context, 'move-members');
  if (choices.length === 0) throw new Refusal('no-other-organization', {});
  const initial = context.organizationId && choices[0]?.id;
  const fields = moveFields(choices, people, initial);
  return { form: { name: 'move', title: 'Move people', submit: 'Preview', fields } };
}

function moveFields(choices: readonly OrganizationChoice[], people: string, initial: string | undefined) {
  return {
    people: peopleField(people),
    to: {
      kind: 'choice',
      label: 'To',
      options: choices.map(({ id, name }) => ({ value: id, label: oneLine(name, 75) })),
      ...(initial ? { initial } : {}),
    },
    role: {
      kind: 'choice',
      label: 'There they are',
      options: storedRoles.toReversed().map((role) => ({ value: role, label: roleNames[role] })),
      initial: 'user',
    },
  } as const satisfies Fields;
}

/** What becomes of that form. */
export const moveForm: FormDefinition<ReturnType<typeof moveFields>> = {
  kinds: { people: 'text', to: 'choice', role: 'choice' },
  check: ({ people }) => nobodyIn(people),
  submit(context, { people, to, role }) {
    if (!isId('org', to)) throw new Refusal('organization-not-found', {});
    const known = storedRoles.find((one) => one === role) ?? 'user';
    return reach(context, { for: 'move', organizationId: to, role: known }, splitPeople(people));
  },
};

export const orgFormActions: Pick<ActionHandlers, 'organization.create' | 'organization.rename' | 'move'> = {
  'organization.create': (context) => openCreation(context),
  'organization.rename': (context) => openRename(context),
  move: async (context, { memberId }) => {
    if (!memberId) return openMove(context);
    const { member } = await showMember(context, { memberId });
    return openMove(context, member.email);
  },
};
