import { type InvitationId, isId, type OrganizationId } from '../../db/id.ts';
import { readDraft } from '../membership/drafts.ts';
import { copyLink } from '../membership/invitations/copy-link.ts';
import { listInvitations } from '../membership/invitations/list-invitations.ts';
import { resendInvitations } from '../membership/invitations/resend-invitations.ts';
import { prepareRevocation, revokeInvitations } from '../membership/invitations/revoke-invitations.ts';
import { may } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import {
  copiedLink,
  pendingList,
  pendingOption,
  resendNotice,
  revokeConfirmation,
  revokeKept,
  revokeResult,
} from '../messages/pending.ts';
import type { ActionHandlers, Command, CommandContext, FormDefinition, Said } from './command.ts';
import type { Fields, Option } from './form.ts';
import { named, within } from './in-organization.ts';
import { askedOf, pageSize, type Wanted } from './list.ts';

/** The most that one form offers for choosing. */
const mostOptions = 100;

/** `/usher pending`: who was invited and has not answered. */
export const pending: Command = {
  word: 'pending',
  does: 'See who was invited and has not answered; resend, copy the link, revoke',
  example: '/usher pending acme.com expired:yes',
  offeredTo: (standing) => may(standing, 'manage-invitations', standing.organizationId),
  run: (context, words) => list(context, { search: words }),
};

/** A page of the pending invitations, with a line above about what was just done to one of them. */
export async function list(
  context: CommandContext,
  { notice, ...wanted }: Wanted & { notice?: string },
): Promise<Said> {
  const asked = askedOf(wanted);
  const page = await listInvitations(context, { ...asked, size: pageSize });
  return { message: pendingList(page, { ...asked, ...named(context), ...(notice ? { notice } : {}) }) };
}

async function resend(context: CommandContext, invitationId: InvitationId): Promise<Said> {
  const result = await resendInvitations(context, { invitationIds: [invitationId] });
  return { message: { summary: resendNotice(result) } };
}

/** Asks before anything is revoked, naming exactly whom it is about. */
export async function confirmRevocation(
  context: CommandContext,
  invitationIds: readonly InvitationId[],
): Promise<Said> {
  const { draftId, emails } = await prepareRevocation(context, { invitationIds });
  return { message: revokeConfirmation(draftId, emails) };
}

function revokeFields(options: readonly Option[]) {
  return {
    invitations: { kind: 'choices', label: 'Invitations to revoke', options },
  } as const satisfies Fields;
}

/** Choosing several invitations to revoke; the confirmation comes after it. */
export const revokeSeveralForm: FormDefinition<ReturnType<typeof revokeFields>> = {
  kinds: { invitations: 'choices' },
  check: ({ invitations }) =>
    invitations.length === 0 ? { invitations: 'Choose at least one invitation.' } : undefined,
  submit: (context, { invitations }) =>
    confirmRevocation(
      context,
      invitations.filter((id) => isId('inv', id)),
    ),
};

export const pendingActions: Pick<
  ActionHandlers,
  | 'pending'
  | 'pending.resend'
  | 'pending.copy-link'
  | 'pending.revoke'
  | 'pending.revoke-several'
  | 'revoke.confirm'
  | 'revoke.keep'
  | 'resend'
  | 'request.resend'
> = {
  pending: async (context, asked) => ({
    ...(await list(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
  'pending.resend': async (context, { invitationId, search }) => {
    const result = await resendInvitations(context, { invitationIds: [invitationId] });
    return { ...(await list(context, { search, notice: resendNotice(result) })), replace: true };
  },
  'pending.copy-link': async (context, { invitationId }) => ({
    message: copiedLink(await copyLink(context, { invitationId }), context.actor.timeZone),
  }),
  'pending.revoke': (context, { invitationId }) => confirmRevocation(context, [invitationId]),
  'pending.revoke-several': async (context, { search }) => {
    const page = await listInvitations(context, { ...(search ? { search } : {}), size: mostOptions });
    const options = page.rows.map(pendingOption);
    // No platform draws a choice among nothing; the list says that nobody is left.
    if (options.length === 0) return { ...(await list(context, { search })), replace: true };
    return {
      form: {
        name: 'revoke-several',
        title: 'Revoke invitations',
        submit: 'Continue',
        fields: revokeFields(options),
      },
    };
  },
  'revoke.confirm': async (context, { draftId }) => {
    const draft = await readDraft<{ revoke?: InvitationId[]; in?: OrganizationId }>(context, draftId);
    if (!draft.revoke) throw new Refusal('draft-is-gone', {});
    const about = within(context, draft.in);
    const result = await revokeInvitations({ ...about, replayKey: draftId }, { invitationIds: draft.revoke });
    return { message: revokeResult(result, named(about)), replace: true };
  },
  'revoke.keep': async () => ({ message: revokeKept(), replace: true }),
  resend: (context, { invitationId }) => resend(context, invitationId),
  'request.resend': async (context, { invitationId }) => ({
    ...(await resend(context, invitationId)),
    replace: true,
  }),
};
