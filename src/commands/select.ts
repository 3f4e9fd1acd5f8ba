import { type DraftId, isId } from '../../db/id.ts';
import { storedRoles } from '../../db/schema.ts';
import { listInvitations } from '../membership/invitations/list-invitations.ts';
import { resendInvitations } from '../membership/invitations/resend-invitations.ts';
import { listMembers } from '../membership/members/list-members.ts';
import { Refusal } from '../membership/refusal.ts';
import {
  chosenIds,
  keepMatching,
  keepSelection,
  readSelection,
  type SelectableList,
} from '../membership/selection/keep-selection.ts';
import { chosenWords, resendResult, selectionMessage } from '../messages/selection.ts';
import { oneLine } from '../messages/words.ts';
import type { ActionHandlers, CommandContext, FormDefinition, Reply } from './command.ts';
import type { Field, Fields, Option } from './form.ts';
import { named, within } from './in-organization.ts';
import { reviewRemoval } from './leave.ts';
import { askedOf } from './list.ts';
import { confirmRevocation } from './pending.ts';
import { reviewRole } from './role.ts';
import { openSelectionLicense } from './selection-license.ts';

/** How many of a list one form offers, from the page on that it was opened at. */
const mostOffered = 50;

interface Asked {
  list: SelectableList;
  search?: string | undefined;
  after?: string | undefined;
  draftId?: DraftId | undefined;
}

/** The form in which several are chosen from a page of a list, or everybody a search finds. */
async function openSelect(context: CommandContext, { list, draftId, ...wanted }: Asked): Promise<Reply> {
  const before = draftId && (await readSelection(context, draftId));
  const about = before ? within(context, before.in) : context;
  const asked = askedOf(wanted);
  const { options, organization } = await optionsOf(about, list, { ...asked, size: mostOffered });
  const matching = asked.search ? await keepMatching(about, { list, search: asked.search }) : undefined;
  if (options.length === 0) throw new Refusal('nobody-to-choose', {});
  const fields: Fields = {
    ...placeField(about, organization),
    ...(before && draftId
      ? { to: addTo(draftId, `Add to the ${chosenWords(list, before.ids.length)} chosen`) }
      : {}),
    chosen: {
      kind: 'choices',
      label: list === 'members' ? 'People' : 'Invitations',
      options,
      optional: true,
    },
    ...(matching
      ? { all: everybody(matching.draftId, `All ${chosenWords(list, matching.count)} this search finds`) }
      : {}),
  };
  return {
    form: {
      ...{ name: `select-${list}`, title: 'Choose several', submit: 'Continue', fields },
      intro: 'You can add more from other pages and searches; nothing is done before you choose what.',
    },
  };
}

async function optionsOf(
  context: CommandContext,
  list: SelectableList,
  asked: { search?: string; after?: string; size: number },
): Promise<{ options: Option[]; organization: string }> {
  if (list === 'pending') {
    const { rows, organization } = await listInvitations(context, asked);
    const options = rows.map(({ id, email }) => ({ value: id, label: oneLine(email, 75) }));
    return { options, organization };
  }
  const { rows, organization } = await listMembers(context, asked);
  const options = rows.map(({ id, fullName, email }) => ({
    value: id,
    label: oneLine(`${oneLine(fullName, 40)} (${email})`, 75),
  }));
  return { options, organization };
}

/** A form carries nothing that is not seen: the organization, when one was named, and what was chosen before. */
function placeField({ organizationId }: CommandContext, organization: string): { in?: Field } {
  if (!organizationId) return {};
  const options = [{ value: organizationId, label: oneLine(organization, 75) }];
  return { in: { kind: 'choice', label: 'Organization', options, initial: organizationId } };
}

function addTo(draftId: DraftId, label: string): Field {
  const options = [
    { value: draftId, label },
    { value: 'anew', label: 'Choose anew' },
  ];
  return { kind: 'choice', label: 'So far', options, initial: draftId };
}

function everybody(draftId: DraftId, label: string): Field {
  return { kind: 'choices', label: 'Or', options: [{ value: draftId, label }], optional: true };
}

interface SelectFields extends Fields {
  in: Extract<Field, { kind: 'choice' }>;
  to: Extract<Field, { kind: 'choice' }>;
  chosen: Extract<Field, { kind: 'choices' }>;
  all: Extract<Field, { kind: 'choices' }>;
}

function selectForm(list: SelectableList): FormDefinition<SelectFields> {
  return {
    kinds: { in: 'choice', to: 'choice', chosen: 'choices', all: 'choices' },
    check: ({ chosen, all, to }) =>
      (chosen ?? []).length + (all ?? []).length === 0 && !isId('dra', to)
        ? { chosen: 'Choose at least one.' }
        : undefined,
    async submit(context, { to, chosen, all }) {
      const from = [to, ...(all ?? [])].filter((id) => isId('dra', id));
      const selection = await keepSelection(context, { list, ids: chosen ?? [], from });
      return { message: selectionMessage(selection) };
    },
  };
}

/** The forms behind *Select…*. */
export const selectForms = {
  'select-members': selectForm('members'),
  'select-pending': selectForm('pending'),
};

/** The request about the organization somebody chose in, and whom they chose there. */
async function chosenBy(context: CommandContext, draftId: DraftId) {
  const draft = await readSelection(context, draftId);
  return { about: within(context, draft.in), ...chosenIds(draft) };
}

export const selectActions: Pick<
  ActionHandlers,
  | 'select'
  | 'selection.role'
  | 'selection.license'
  | 'selection.remove'
  | 'selection.resend'
  | 'selection.revoke'
> = {
  select: (context, asked) => openSelect(context, asked),
  'selection.role': async (context, { draftId, role }) => {
    const { about, memberIds } = await chosenBy(context, draftId);
    return reviewRole(about, memberIds, storedRoles.find((known) => known === role) ?? 'user');
  },
  'selection.license': (context, { draftId }) => openSelectionLicense(context, draftId),
  'selection.remove': async (context, { draftId }) => {
    const { about, memberIds } = await chosenBy(context, draftId);
    return reviewRemoval(about, memberIds);
  },
  'selection.resend': async (context, { draftId }) => {
    const { about, invitationIds } = await chosenBy(context, draftId);
    // The draft names the request: a second press sends nothing twice.
    const lines = await resendInvitations({ ...about, replayKey: draftId }, { invitationIds });
    return { message: resendResult(lines, named(about)), replace: true };
  },
  'selection.revoke': async (context, { draftId }) => {
    const { about, invitationIds } = await chosenBy(context, draftId);
    return confirmRevocation(about, invitationIds);
  },
};
