import type { DraftId } from '../../db/id.ts';
import { findStanding } from '../membership/actor.ts';
import type { AddressEntry } from '../membership/address-list.ts';
import { readDraft } from '../membership/drafts.ts';
import { parseEmailAddress } from '../membership/email-address.ts';
import { type InviteInput, inviteMembers } from '../membership/invitations/invite-members.ts';
import type { InviteDraft } from '../membership/invitations/review-invitations.ts';
import { stopSending } from '../membership/invitations/stop-sending.ts';
import { showMember } from '../membership/members/show-member.ts';
import { invitableRoles, may } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { sendingStopped } from '../messages/batch-report.ts';
import { inviteCancelled, inviteResultMessage } from '../messages/review.ts';
import type { ActionHandlers, Command, CommandContext, Said } from './command.ts';
import { named, within } from './in-organization.ts';
import { inviteForm } from './invite-form.ts';
import { entriesOf } from './invite-from-file.ts';
import { review } from './invite-review.ts';
import { splitInviteWords, unknownRoleIn } from './invite-words.ts';

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
    const unknown = unknownRoleIn(text);
    if (unknown !== undefined) return refuseRole(context, unknown);
    return review(context, { entries: await entriesOf(context, text, context.file), ...brought });
  },
};

/** Nobody is invited as something else than was meant. */
async function refuseRole(context: CommandContext, text: string): Promise<Said> {
  const standing = await findStanding(context.db, context.actor, context.organizationId);
  const roles = standing ? invitableRoles(standing, standing.organizationId) : [];
  if (roles.length === 0) return review(context, { entries: [], role: 'user' });
  throw new Refusal('role-not-known', { text, roles });
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
    const { draft, leftOut, about } = await readInviteDraft(context, draftId);
    const corrected = parseEmailAddress(to);
    const emails = draft.emails.map((email) => (email === from && corrected ? corrected : email));
    const entries = [...new Set(emails)].map((email) => ({ kind: 'address', email, text: email }) as const);
    const others = leftOut.filter((entry) => entry.kind !== 'address' || !emails.includes(entry.email));
    const corrections = { ...draft, entries: [...entries, ...others] };
    return { ...(await review(about, corrections)), replace: true };
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
): Promise<{ draft: InviteInput; leftOut: AddressEntry[]; about: CommandContext }> {
  const { organizationId, leftOut = [], ...draft } = await readDraft<Partial<InviteDraft>>(context, draftId);
  if (!draft.emails || !draft.role) throw new Refusal('draft-is-gone', {});
  return {
    draft: { ...draft, emails: draft.emails, role: draft.role },
    leftOut,
    about: within(context, organizationId),
  };
}
