import { storedRoles } from '../../db/schema.ts';
import { findStanding } from '../membership/actor.ts';
import { splitPeople } from '../membership/people-list.ts';
import { may, type OrganizationRole, type Right, type Standing } from '../membership/policy.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Command, CommandContext, FormDefinition, Reply } from './command.ts';
import type { Fields } from './form.ts';
import { nobodyIn, peopleField, reach } from './people.ts';

/** `/usher role`: change the role of one or many. */
export const role: Command = {
  word: 'role',
  does: 'Change the role of one or many people',
  example: '/usher role ana@acme.com, ben admin',
  offeredTo: (standing) => may(standing, 'change-role', standing.organizationId),
  async run(context, words) {
    const { people, role: to } = splitRole(words);
    if (people === '' || to === undefined) return openChangeRole(context, people, to);
    return changeTo(context, people, to);
  },
};

/** *Owner* is not given but handed over. */
function changeTo(context: CommandContext, people: string, to: OrganizationRole): Promise<Reply> {
  const purpose = to === 'owner' ? ({ for: 'transfer' } as const) : ({ for: 'role', role: to } as const);
  return reach(context, purpose, splitPeople(people));
}

/** Takes the role off the end of the words: "ana, ben admin", "ana to billing manager". */
function splitRole(words: string): { people: string; role?: OrganizationRole } {
  const match =
    /^(.*?)[\s,;]*\b(?:(?:to|as)\s+)?(?:an?\s+)?(owner|user|admin|billing[\s-]?manager)\s*$/is.exec(words);
  if (!match) return { people: words.trim() };
  const name = (match[2] ?? '').toLowerCase().replace(/^billing.*$/, 'billing-manager');
  return { people: (match[1] ?? '').trim(), ...roleNamed(name) };
}

function roleNamed(name: string): { role?: OrganizationRole } {
  const role = (['owner', ...storedRoles] as const).find((known) => known === name);
  return role ? { role } : {};
}

/** The roles somebody may give to others, the usual one first; the Owner's leads to the transfer. */
function rolesToGive(standing: Standing): OrganizationRole[] {
  const mayIn = (right: Right) => may(standing, right, standing.organizationId);
  return [
    ...(mayIn('change-role') ? (['user', 'billing-manager'] as const) : []),
    ...(mayIn('grant-admin') ? (['admin'] as const) : []),
    ...(mayIn('transfer') ? (['owner'] as const) : []),
  ];
}

async function openChangeRole(
  context: CommandContext,
  people: string,
  initial: OrganizationRole | undefined,
): Promise<Reply> {
  const standing = await findStanding(context.db, context.actor, context.organizationId);
  const roles = standing ? rolesToGive(standing) : [];
  // Whoever may not is told so at once, instead of after filling in a form.
  if (roles.length === 0) return reach(context, { for: 'role', role: 'user' }, []);
  const fields = changeRoleFields(roles, people, initial);
  return { form: { name: 'change-role', title: 'Change role', submit: 'Preview', fields } };
}

function changeRoleFields(roles: readonly OrganizationRole[], people: string, initial?: OrganizationRole) {
  return {
    people: peopleField(people),
    role: {
      kind: 'choice',
      label: 'New role',
      options: roles.map((value) => ({ value, label: roleNames[value] })),
      ...(initial && roles.includes(initial) ? { initial } : {}),
    },
  } as const satisfies Fields;
}

/** The form behind `/usher role` without people or role. */
export const changeRoleForm: FormDefinition<ReturnType<typeof changeRoleFields>> = {
  kinds: { people: 'text', role: 'choice' },
  check: ({ people }) => nobodyIn(people),
  submit: (context, answers) => changeTo(context, answers.people, roleNamed(answers.role).role ?? 'user'),
};
