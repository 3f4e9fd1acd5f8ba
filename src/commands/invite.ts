import type { DraftId } from '../../db/id.ts';
import { type StoredRole, storedRoles } from '../../db/schema.ts';
import { findStanding } from '../membership/actor.ts';
import { type AddressEntry, splitAddresses } from '../membership/address-list.ts';
import { readDraft } from '../membership/drafts.ts';
import { parseEmailAddress } from '../membership/email-address.ts';
import { type InviteInput, inviteMembers } from '../membership/invitations/invite-members.ts';
import { type ReviewInput, reviewInvitations } from '../membership/invitations/review-invitations.ts';
import { showMember } from '../membership/members/show-member.ts';
import { invitableRoles, may } from '../membership/policy.ts';
import { Refusal, roleNames } from '../membership/refusal.ts';
import { inviteCancelled, inviteResultMessage, reviewMessage } from '../messages/review.ts';
import type { ActionHandlers, Command, CommandContext, FormDefinition, Reply, Said } from './command.ts';
import type { Fields } from './form.ts';

/** `/usher invite`: with addresses straight to the review, without them the form. */
export const invite: Command = {
  word: 'invite',
  does: 'Invite people by e-mail address or @mention',
  example: '/usher invite ana@acme.com, ben@acme.com as admin',
  offeredTo: (standing) => may(standing, 'invite', standing.organizationId),
  async run(context, words) {
    const { text, role } = splitRole(words);
    return text === '' ? inviteForm(context, role) : review(context, { entries: splitAddresses(text), role });
  },
};

/** Takes "as admin" off the end of the words. */
function splitRole(words: string): { text: string; role: StoredRole } {
  const match = /^(.*?)\s*\bas\s+(?:an?\s+)?(user|admin|billing[\s-]?manager)\s*$/is.exec(` ${words}`);
  if (!match) return { text: words.trim(), role: 'user' };
  const role = (match[2] ?? 'user').toLowerCase().replace(/^billing.*$/, 'billing-manager');
  return { text: (match[1] ?? '').trim(), role: toRole(role) };
}

function toRole(text: string): StoredRole {
  return storedRoles.find((role) => role === text) ?? 'user';
}

/** The form offers only the roles the actor may give. */
async function inviteForm(context: CommandContext, initial: StoredRole, addresses?: string): Promise<Reply> {
  const standing = await findStanding(context.db, context.actor);
  const roles = standing ? invitableRoles(standing, standing.organizationId) : [];
  // Whoever may not invite is told so at once, by the operation, instead of after filling in a form.
  if (roles.length === 0) return review(context, { entries: [], role: 'user' });
  const fields = inviteFields(roles, roles.includes(initial) ? initial : 'user', addresses);
  return { form: { name: 'invite', title: 'Invite people', submit: 'Review', fields } };
}

function inviteFields(roles: readonly StoredRole[], initial: StoredRole, addresses?: string) {
  return {
    addresses: {
      kind: 'text',
      label: 'E-mail addresses',
      multiline: true,
      maxLength: 3000,
      placeholder: 'ana@acme.com, Ben Ito <ben@acme.com>',
      hint: 'Separated by commas, spaces or new lines. You see a review before anything is sent.',
      ...(addresses ? { initial: addresses } : {}),
    },
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

/** The form behind `/usher invite` without addresses. */
export const inviteFormDefinition: FormDefinition<ReturnType<typeof inviteFields>> = {
  kinds: { addresses: 'text', role: 'choice', personalLine: 'text' },
  check: ({ addresses }) =>
    splitAddresses(addresses).some((entry) => entry.kind !== 'invalid')
      ? undefined
      : { addresses: 'There is no e-mail address in this. Example: ana@acme.com' },
  submit: (context, { addresses, role, personalLine }) =>
    review(context, { entries: splitAddresses(addresses), role: toRole(role), personalLine }),
};

async function review(context: CommandContext, input: ReviewInput): Promise<Said> {
  const entries = await Promise.all(input.entries.map((entry) => resolveMention(context, entry)));
  return { message: reviewMessage(await reviewInvitations(context, { ...input, entries })) };
}

async function resolveMention(context: CommandContext, entry: AddressEntry): Promise<AddressEntry> {
  if (entry.kind !== 'mention') return entry;
  const email = await context.findAddress(entry.user);
  return email ? { kind: 'address', email, text: email } : entry;
}

export const inviteActions: Pick<
  ActionHandlers,
  'invite' | 'invite.back' | 'invite.send' | 'invite.change' | 'invite.cancel'
> = {
  invite: (context) => inviteForm(context, 'user'),
  'invite.back': async (context, { memberId }) => {
    const { member } = await showMember(context, { memberId });
    const { fullName: name, organization, email, status } = member;
    if (status === 'active') throw new Refusal('still-a-member', { name, organization });
    return inviteForm(context, 'user', email);
  },
  'invite.send': async (context, { draftId }) => {
    const draft = await readInviteDraft(context, draftId);
    // The draft names the request: a second press sends nothing twice and shows the first result.
    const result = await inviteMembers({ ...context, replayKey: draftId }, draft);
    return { message: inviteResultMessage(result), replace: true };
  },
  'invite.change': async (context, { draftId, from, to }) => {
    const draft = await readInviteDraft(context, draftId);
    const corrected = parseEmailAddress(to);
    const emails = draft.emails.map((email) => (email === from && corrected ? corrected : email));
    const entries = [...new Set(emails)].map((email) => ({ kind: 'address', email, text: email }) as const);
    return { ...(await review(context, { ...draft, entries })), replace: true };
  },
  'invite.cancel': async () => ({ message: inviteCancelled(), replace: true }),
};

async function readInviteDraft(context: CommandContext, draftId: DraftId): Promise<InviteInput> {
  const draft = await readDraft<Partial<InviteInput>>(context, draftId);
  if (!draft.emails || !draft.role) throw new Refusal('draft-is-gone', {});
  return { ...draft, emails: draft.emails, role: draft.role };
}
