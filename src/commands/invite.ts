import type { DraftId } from '../../db/id.ts';
import type { StoredRole } from '../../db/schema.ts';
import { findStanding } from '../membership/actor.ts';
import { type AddressEntry, splitAddresses } from '../membership/address-list.ts';
import { readDraft } from '../membership/drafts.ts';
import { parseEmailAddress } from '../membership/email-address.ts';
import type { Seat } from '../membership/events.ts';
import type { GroupTerm } from '../membership/groups/offer-groups.ts';
import { type InviteInput, inviteMembers } from '../membership/invitations/invite-members.ts';
import {
  type InviteDraft,
  type ReviewInput,
  reviewInvitations,
} from '../membership/invitations/review-invitations.ts';
import { stopSending } from '../membership/invitations/stop-sending.ts';
import { choosePools, type LicenseTerm, listSources } from '../membership/licenses/find-sources.ts';
import type { Pool } from '../membership/licenses/pools.ts';
import { showMember } from '../membership/members/show-member.ts';
import { invitableRoles, may } from '../membership/policy.ts';
import { Refusal, roleNames } from '../membership/refusal.ts';
import { sendingStopped } from '../messages/batch-report.ts';
import { inviteCancelled, inviteResultMessage, reviewMessage } from '../messages/review.ts';
import type { ActionHandlers, Command, CommandContext, FormDefinition, Reply, Said } from './command.ts';
import type { Field, Fields } from './form.ts';
import { type GroupFields, groupFields, groupsIn } from './group-offers.ts';
import { named, type OrganizationField, organizationField, within } from './in-organization.ts';
import { entriesOf, fileField } from './invite-from-file.ts';
import { splitInviteWords, storedRoleNamed } from './invite-words.ts';
import { mostSources, readSource, sourceOption } from './license.ts';

/** `/usher invite`: with addresses straight to the review, without them the form. */
export const invite: Command = {
  word: 'invite',
  does: 'Invite people by e-mail address or @mention',
  example: '/usher invite ana@acme.com, ben@acme.com to team QA with KSE',
  organization: 'known',
  offeredTo: (standing) => may(standing, 'invite', standing.organizationId),
  async run(context, words) {
    const { text, ...brought } = splitInviteWords(words);
    if (text === '' && !context.file) return inviteForm(context, brought);
    return review(context, { entries: await entriesOf(context, text, context.file), ...brought });
  },
};

/** What stands in the form when it opens. */
interface Prefilled {
  role: StoredRole;
  addresses?: string;
  licenses?: readonly LicenseTerm[];
  groups?: readonly GroupTerm[];
}

/** The form offers only the roles and the seats the actor may give. */
async function inviteForm(
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

async function review(context: CommandContext, input: ReviewInput): Promise<Said> {
  const entries = await Promise.all(input.entries.map((entry) => resolveMention(context, entry)));
  return { message: reviewMessage(await reviewInvitations(context, { ...input, entries })) };
}

async function resolveMention(context: CommandContext, entry: AddressEntry): Promise<AddressEntry> {
  if (entry.kind !== 'mention') return entry;
  const found = await context.findMentioned(entry.user);
  if ('why' in found) return { ...entry, why: found.why };
  return { kind: 'address', email: found.email, text: found.email };
}

export const inviteActions: Pick<
  ActionHandlers,
  'invite' | 'invite.back' | 'invite.send' | 'invite.change' | 'invite.cancel' | 'invite.stop'
> = {
  invite: (context) => inviteForm(context, { role: 'user' }),
  'invite.back': async (context, { memberId }) => {
    const { member } = await showMember(context, { memberId });
    const { fullName: name, organization, organizationId, email, status } = member;
    if (status === 'active') throw new Refusal('still-a-member', { name, organization });
    return inviteForm(within(context, organizationId), { role: 'user', addresses: email });
  },
  'invite.send': async (context, { draftId }) => {
    const { draft, about } = await readInviteDraft(context, draftId);
    // The draft names the request: a second press sends nothing twice and shows the first result.
    const result = await inviteMembers({ ...about, replayKey: draftId }, draft);
    return { message: inviteResultMessage(result, named(about)), replace: true };
  },
  'invite.change': async (context, { draftId, from, to }) => {
    const { draft, about } = await readInviteDraft(context, draftId);
    const corrected = parseEmailAddress(to);
    const emails = draft.emails.map((email) => (email === from && corrected ? corrected : email));
    const entries = [...new Set(emails)].map((email) => ({ kind: 'address', email, text: email }) as const);
    return { ...(await review(about, { ...draft, entries })), replace: true };
  },
  'invite.cancel': async () => ({ message: inviteCancelled(), replace: true }),
  'invite.stop': async (context, about) => ({
    message: sendingStopped(await stopSending(context, about)),
    replace: true,
  }),
};

/** What is to be sent, and the request about the organization it was reviewed for. */
async function readInviteDraft(
  context: CommandContext,
  draftId: DraftId,
): Promise<{ draft: InviteInput; about: CommandContext }> {
  const { organizationId, ...draft } = await readDraft<Partial<InviteDraft>>(context, draftId);
  if (!draft.emails || !draft.role) throw new Refusal('draft-is-gone', {});
  return {
    draft: { ...draft, emails: draft.emails, role: draft.role },
    about: within(context, organizationId),
  };
}
