import type { StoredRole } from '../../db/schema.ts';
import { findStanding } from '../membership/actor.ts';
import { splitAddresses } from '../membership/address-list.ts';
import type { Seat } from '../membership/events.ts';
import type { GroupTerm } from '../membership/groups/offer-groups.ts';
import { choosePools, type LicenseTerm, listSources } from '../membership/licenses/find-sources.ts';
import type { Pool } from '../membership/licenses/pools.ts';
import { invitableRoles, may } from '../membership/policy.ts';
import { roleNames } from '../membership/refusal.ts';
import type { CommandContext, FormDefinition, Reply } from './command.ts';
import type { Field, Fields } from './form.ts';
import { type GroupFields, groupFields, groupsIn } from './group-offers.ts';
import { type OrganizationField, organizationField } from './in-organization.ts';
import { entriesOf, fileField } from './invite-from-file.ts';
import { review } from './invite-review.ts';
import { storedRoleNamed } from './invite-words.ts';
import { mostSources, readSource, sourceOption } from './license.ts';

/** What stands in the form when it opens. */
interface Prefilled {
  role: StoredRole;
  addresses?: string;
  licenses?: readonly LicenseTerm[];
  groups?: readonly GroupTerm[];
}

/** The form offers only the roles and the seats the actor may give. */
export async function inviteForm(
  context: CommandContext,
  { role: initial, addresses, licenses = [], groups = [] }: Prefilled,
): Promise<Reply> {
  const standing = await findStanding(context.db, context.actor, context.organizationId);
  const roles = standing ? invitableRoles(standing, standing.organizationId) : [];
  // Whoever may not invite is told so at once, by the operation, instead of after filling in a form.
  if (roles.length === 0) return review(context, { entries: [], role: 'user' });
  const sources =
    standing && may(standing, 'assign-licenses', standing.organizationId) ? await listSources(context) : [];
  const theirs = sources.filter(
    ({ organizationId: of }) => (of ?? standing?.organizationId) === standing?.organizationId,
  );
  const typed = choosePools(theirs, licenses, 1);
  const fields = {
    ...(await organizationField(context, 'invite')),
    ...inviteFields(roles, roles.includes(initial) ? initial : 'user', addresses),
    ...licenseField(sources, typed),
    ...(await groupFields(context, groups)),
  };
  return { form: { name: 'invite', title: 'Invite people', submit: 'Review', fields } };
}

function inviteFields(roles: readonly StoredRole[], initial: StoredRole, addresses?: string) {
  return {
    addresses: {
      kind: 'text',
      label: 'E-mail addresses',
      multiline: true,
      optional: 'given-a-file',
      maxLength: 3000,
      placeholder: 'ana@acme.com, Ben Ito <ben@acme.com>',
      hint: 'Separated by commas, spaces or new lines. You see a review before anything is sent.',
      ...(addresses ? { initial: addresses } : {}),
    },
    file: fileField,
    role: {
      kind: 'choice',
      label: 'They join as',
      options: roles.map((role) => ({ value: role, label: roleNames[role] })),
      initial,
    },
    personalLine: {
      kind: 'text',
      label: 'A personal line',
      optional: true,
      maxLength: 300,
      placeholder: 'Glad to have you with us!',
    },
  } as const satisfies Fields;
}

/** No platform draws a choice among nothing: without seats to give, the form does not ask. */
function licenseField(sources: readonly Pool[], typed: readonly Pool[]): Partial<LicenseField> {
  if (sources.length === 0) return {};
  return {
    licenses: {
      ...{ kind: 'choices', label: 'With licences', optional: true },
      options: sources.slice(0, mostSources).map(sourceOption),
      ...(typed.length > 0 ? { initial: typed.map((pool) => sourceOption(pool).value) } : {}),
    },
  };
}

type LicenseField = { licenses: Extract<Field, { kind: 'choices' }> };

/** The form behind `/usher invite` without addresses. */
export const inviteFormDefinition: FormDefinition<
  ReturnType<typeof inviteFields> & LicenseField & GroupFields & OrganizationField
> = {
  kinds: {
    ...{ in: 'choice', addresses: 'text', file: 'file', role: 'choice', personalLine: 'text' },
    ...{
      licenses: 'choices',
      teams: 'choices',
      teamRole: 'choice',
      projects: 'choices',
      projectRole: 'choice',
    },
  },
  check({ addresses, file, role, licenses, ...groups }) {
    const isBlank = addresses.trim() === '' && file !== undefined;
    if (!isBlank && !splitAddresses(addresses).some((entry) => entry.kind !== 'invalid')) {
      return { addresses: 'There is no e-mail address in this. Example: ana@acme.com' };
    }
    if (role === 'billing-manager' && groupsIn(groups).length > 0) {
      return { role: 'A Billing Manager is in no team or project: choose User, or leave them out.' };
    }
    const products = seatsIn(licenses).map(({ productId }) => productId);
    const isTwice = new Set(products).size < products.length;
    return isTwice ? { licenses: 'Choose each licence from one source.' } : undefined;
  },
  submit: async (context, { addresses, file, role, personalLine, licenses, ...groups }) =>
    review(context, {
      ...{ entries: await entriesOf(context, addresses, file), role: storedRoleNamed(role), personalLine },
      licenses: seatsIn(licenses),
      groups: groupsIn(groups),
    }),
};

/** The seats that were chosen; none when the form did not ask. */
function seatsIn(licenses: readonly string[] | undefined): Seat[] {
  return (licenses ?? []).flatMap((value) => readSource(value) ?? []);
}
