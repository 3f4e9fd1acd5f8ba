import type { MemberId, OrganizationId, PoolId, ProductId } from '../../db/id.ts';
import type { AccountRole, StoredRole } from '../../db/schema.ts';
import { findStanding } from '../membership/actor.ts';
import { readDraft } from '../membership/drafts.ts';
import type { GroupId, GroupRole } from '../membership/groups/group.ts';
import { chosen, findPeople } from '../membership/members/find-people.ts';
import type { Destination } from '../membership/members/move-member.ts';
import { type PersonTerm, splitPeople } from '../membership/people-list.ts';
import { may, type Right } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { nothingChanged, personChoice, toTransfer } from '../messages/members.ts';
import { misunderstoodMessage } from '../messages/welcome.ts';
import { accountAdmins, reviewAccountRole } from './account.ts';
import { card, ownCard } from './card.ts';
import type { ActionHandlers, Command, CommandContext, FormDefinition, Reply } from './command.ts';
import { addPeople, changeRolesThere, takePeopleOut } from './group-members.ts';
import { named, within } from './in-organization.ts';
import { reviewRemoval } from './leave.ts';
import { assign, takeBack } from './licenses.ts';
import { reviewMove, reviewOrganization } from './organizations.ts';
import { reviewRole } from './role.ts';
import { openTransfer } from './transfer.ts';

/** What somebody wants with the people they name. */
type Purpose =
  | { for: 'card' }
  | { for: 'role'; role: StoredRole }
  | { for: 'account-role'; accountRole: AccountRole }
  | { for: 'license'; productId: ProductId; poolId?: PoolId }
  | { for: 'take-license'; productId: ProductId }
  | { for: 'transfer' }
  | ({ for: 'move' } & Destination)
  | { for: 'create-organization'; name: string }
  | { for: 'remove' }
  | { for: 'add-to-group'; groupId: GroupId; role?: GroupRole }
  | { for: 'group-role'; groupId: GroupId; role: GroupRole }
  | { for: 'leave-group'; groupId: GroupId };

/** How far somebody looks for people: as far as what they want to do reaches. */
const rights: Record<Purpose['for'], Right> = {
  card: 'see-members',
  role: 'change-role',
  'account-role': 'grant-account-admin',
  license: 'assign-licenses',
  'take-license': 'assign-licenses',
  transfer: 'transfer',
  move: 'move-members',
  'create-organization': 'manage-organizations',
  remove: 'remove',
  'add-to-group': 'manage-groups',
  'group-role': 'manage-groups',
  'leave-group': 'manage-groups',
};

/** Finds who is meant, asks where a name fits several, and goes on with what is wanted. */
export async function reach(
  context: CommandContext,
  purpose: Purpose,
  people: readonly PersonTerm[],
): Promise<Reply> {
  const terms = await Promise.all(people.map((term) => withAddress(context, term)));
  const among = purpose.for === 'card' ? 'everybody' : 'active';
  const found = await findPeople(context, {
    ...{ terms, among, right: rights[purpose.for] },
    ...('groupId' in purpose
      ? { within: { groupId: purpose.groupId, members: purpose.for !== 'add-to-group' } }
      : {}),
    purpose: { purpose, terms, ...named(context) },
  });
  if (terms.length === 0) throw new Refusal('nobody-named', { example: who.example });
  const place = found.findings.findIndex((finding) => finding.people.length > 1);
  const ambiguous = found.findings[place];
  if (ambiguous && found.draftId) {
    const choice = purpose.for === 'transfer' ? toTransfer : { draftId: found.draftId, place };
    return { message: personChoice(ambiguous, choice) };
  }
  const { memberIds, unknown } = chosen(found);
  return act(context, purpose, memberIds, unknown);
}

async function withAddress(context: CommandContext, term: PersonTerm): Promise<PersonTerm> {
  if (term.kind !== 'mention') return term;
  const found = await context.findMentioned(term.user);
  return 'email' in found ? { ...term, email: found.email } : term;
}

function act(
  context: CommandContext,
  purpose: Purpose,
  memberIds: readonly MemberId[],
  unknown: readonly string[],
): Promise<Reply> {
  switch (purpose.for) {
    case 'card':
      return card(context, onlyOne(memberIds, who.example));
    case 'role':
      return reviewRole(context, memberIds, purpose.role, unknown);
    case 'account-role':
      return reviewAccountRole(context, memberIds, purpose.accountRole, unknown);
    case 'license': {
      const { productId, poolId } = purpose;
      return assign(context, { memberIds, productId, ...(poolId ? { poolId } : {}) }, unknown);
    }
    case 'take-license':
      return takeBack(context, { memberIds, productId: purpose.productId }, unknown);
    case 'move': {
      const { organizationId, role } = purpose;
      return reviewMove(context, memberIds, { organizationId, role }, unknown);
    }
    case 'create-organization':
      return reviewOrganization(context, {
        name: purpose.name,
        ownerId: onlyOne(memberIds, '/usher org create Risk owned by ben@acme.com'),
      });
    case 'transfer':
      return openTransfer(context, onlyOne(memberIds, transfer.example));
    case 'remove':
      return reviewRemoval(context, memberIds, unknown);
    case 'add-to-group': {
      const { groupId, role } = purpose;
      return addPeople(context, { groupId, memberIds, ...(role ? { role } : {}) }, unknown);
    }
    case 'group-role':
      return changeRolesThere(context, { groupId: purpose.groupId, memberIds, role: purpose.role }, unknown);
    case 'leave-group':
      return takePeopleOut(context, { groupId: purpose.groupId, memberIds }, unknown);
  }
}

function onlyOne([only, ...others]: readonly MemberId[], example: string): MemberId {
  if (!only || others.length > 0) throw new Refusal('one-at-a-time', { example });
  return only;
}

/** `/usher who`: the card of somebody, or the own. */
export const who: Command = {
  word: 'who',
  does: 'See a card: role, organization, and what you may change; without a name your own',
  example: '/usher who ana@acme.com',
  without: { right: 'see-members', does: 'See your own card' },
  offeredTo: () => true,
  run: (context, words) =>
    words === '' ? ownCard(context) : reach(context, { for: 'card' }, splitPeople(words)),
};

/** The field for people in a form. */
export function peopleField(initial = '') {
  return {
    kind: 'text',
    label: 'People',
    multiline: true,
    maxLength: 3000,
    placeholder: 'ana@acme.com, Ben Ito',
    hint: 'Names or e-mail addresses, separated by commas. You see a preview before anything is changed.',
    ...(initial ? { initial } : {}),
  } as const;
}

/** What is wrong with people who were typed into a form. */
export const nobodyIn = (people: string) =>
  splitPeople(people).length > 0 ? undefined : { people: 'Name at least one person. Example: ana@acme.com' };

/** `/usher remove`: remove one or many. */
export const remove: Command = {
  word: 'remove',
  does: 'Remove one or many people',
  example: '/usher remove ana@acme.com, ben',
  offeredTo: (standing) => may(standing, 'remove', standing.organizationId),
  async run(context, words) {
    if (words !== '') return reach(context, { for: 'remove' }, splitPeople(words));
    const standing = await findStanding(context.db, context.actor, context.organizationId);
    if (!standing || !remove.offeredTo(standing)) return reach(context, { for: 'remove' }, []);
    const fields = { people: peopleField() };
    return { form: { name: 'remove', title: 'Remove people', submit: 'Preview', fields } };
  },
};

/** The form behind `/usher remove` without people. */
export const removeForm: FormDefinition<{ people: ReturnType<typeof peopleField> }> = {
  kinds: { people: 'text' },
  check: ({ people }) => nobodyIn(people),
  submit: (context, { people }) => reach(context, { for: 'remove' }, splitPeople(people)),
};

/** `/usher transfer`: hand over the ownership. */
export const transfer: Command = {
  word: 'transfer',
  does: 'Hand the ownership of the organization over to another member',
  example: '/usher transfer ana@acme.com',
  organization: 'none',
  offeredTo: (standing) => may(standing, 'transfer', standing.organizationId),
  run: (context, words) =>
    words === '' ? openTransfer(context) : reach(context, { for: 'transfer' }, splitPeople(words)),
};

/** `/usher account`: who the Account Admins are; give and take the role. */
export const account: Command = {
  word: 'account',
  does: 'See the Account Admins; give and take that role',
  example: '/usher account give ana@acme.com',
  organization: 'none',
  offeredTo: (standing) => may(standing, 'grant-account-admin', standing.organizationId),
  async run(context, words) {
    const [, verb = '', people = ''] = /^(\S*)\s*(.*)$/s.exec(words) ?? [];
    if (verb === '') return accountAdmins(context);
    const accountRole = { give: 'account-admin', take: 'user' } as const;
    const given = Object.entries(accountRole).find(([known]) => known === verb.toLowerCase());
    if (!given) return { message: misunderstoodMessage(`account ${verb}`, account) };
    if (people === '') throw new Refusal('nobody-named', { example: account.example });
    return reach(context, { for: 'account-role', accountRole: given[1] }, splitPeople(people));
  },
};

export const peopleActions: Pick<ActionHandlers, 'choose-person' | 'keep'> = {
  'choose-person': async (context, { draftId, place, memberId }) => {
    const draft = await readDraft<{ purpose?: Purpose; terms?: PersonTerm[]; in?: OrganizationId }>(
      context,
      draftId,
    );
    if (!draft.purpose || !draft.terms) throw new Refusal('draft-is-gone', {});
    const terms = draft.terms.map(
      (term, at): PersonTerm => (at === place ? { kind: 'member', id: memberId, text: term.text } : term),
    );
    const reply = await reach(within(context, draft.in), draft.purpose, terms);
    // A transfer is chosen by its own button, which opens the form.
    if ('form' in reply) throw new Refusal('draft-is-gone', {});
    return { ...reply, replace: true };
  },
  keep: async () => ({ message: nothingChanged(), replace: true }),
};
