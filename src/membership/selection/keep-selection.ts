import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { DraftId, InvitationId, MemberId, OrganizationId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { readDraft, saveDraft } from '../drafts.ts';
import { pendingOf, readPendingWords } from '../invitations/invitation-conditions.ts';
import { peopleLimit } from '../members/known-members.ts';
import { membersOf, readMemberWords } from '../members/member-conditions.ts';
import { narrow } from '../narrow.ts';
import { operation } from '../operation.ts';
import { may, type Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';

/** The lists from which several can be chosen to act on all of them. */
export type SelectableList = 'members' | 'pending';

/** What somebody has chosen so far, as it is kept. */
export interface SelectionDraft {
  list: SelectableList;
  ids: string[];
  /** The organization it was chosen in, when it was named. */
  in?: OrganizationId;
}

/** What somebody has chosen: how many, the first of them by name, and what may be done with all. */
export interface Selection {
  draftId: DraftId;
  list: SelectableList;
  count: number;
  shown: { name: string; email: string }[];
  acts: SelectionActs;
}

/** What somebody may do with those they have chosen; every operation decides anew, for each of them. */
interface SelectionActs {
  roles: boolean;
  grantAdmin: boolean;
  licenses: boolean;
  remove: boolean;
  invitations: boolean;
}

const rights = { members: 'see-members', pending: 'manage-invitations' } as const;
const actions = { members: 'member.list', pending: 'invitation.list' } as const;

/** How many names a message about a selection shows. */
const namesShown = 20;

/**
 * Keeps everybody a search finds as a draft, up to as many as one act takes. Undefined when there are more, or nothing
 * was searched for: then nobody means all of them.
 */
export function keepMatching(
  context: Context,
  input: { list: SelectableList; search: string },
): Promise<{ draftId: DraftId; count: number } | undefined> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, rights[input.list]);
      const isOfMembers = input.list === 'members';
      const rows = isOfMembers ? membersOf(standing, 'active') : pendingOf(standing);
      const { conditions } = await (isOfMembers ? readMemberWords : readPendingWords)(
        tx,
        standing,
        input.search,
      );
      if (conditions.length === 0) return undefined;
      const { ctes, tooMany } = narrow(rows, conditions, peopleLimit);
      const found = await tx.execute<{ id: string | null; too_many: boolean }>(sql`
        with ${ctes} select m.id, t.too_many from (select ${tooMany} as too_many) t left join matches m on true`);
      const ids = found.flatMap(({ id }) => id ?? []);
      if (found[0]?.too_many || ids.length === 0 || ids.length > peopleLimit) return undefined;
      return { draftId: await saveDraft(tx, standing, draftOf(context, input.list, ids)), count: ids.length };
    },
    { action: actions[input.list] },
  );
}

/** Adds people to what was chosen before (`from`), and keeps it all as a new draft; whoever is gone is left out. */
export async function keepSelection(
  context: Context,
  input: { list: SelectableList; ids: readonly string[]; from: readonly DraftId[] },
): Promise<Selection> {
  const before = await Promise.all(input.from.map((draftId) => readSelection(context, draftId)));
  const ids = [
    ...new Set([
      ...before.filter(({ list }) => list === input.list).flatMap((draft) => draft.ids),
      ...input.ids,
    ]),
  ];
  if (ids.length > peopleLimit)
    throw new Refusal('too-many-people', { count: ids.length, limit: peopleLimit });
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, rights[input.list]);
      const found = await findChosen(tx, standing, input.list, ids);
      if (found.length === 0) throw new Refusal('member-not-found', {});
      const draft = draftOf(
        context,
        input.list,
        found.map(({ id }) => id),
      );
      return {
        draftId: await saveDraft(tx, standing, draft),
        list: input.list,
        count: found.length,
        shown: found.slice(0, namesShown),
        acts: actsOf(standing, input.list),
      };
    },
    { action: actions[input.list] },
  );
}

/** What was chosen under this draft. */
export async function readSelection(context: Context, draftId: DraftId): Promise<SelectionDraft> {
  const { selection } = await readDraft<{ selection?: SelectionDraft }>(context, draftId);
  if (!selection) throw new Refusal('draft-is-gone', {});
  return selection;
}

/** Those chosen from the members, and from the pending invitations. */
export function chosenIds({ ids }: SelectionDraft) {
  return { memberIds: ids as MemberId[], invitationIds: ids as InvitationId[] };
}

function draftOf(
  { organizationId }: Context,
  list: SelectableList,
  ids: string[],
): { selection: SelectionDraft } {
  return { selection: { list, ids, ...(organizationId ? { in: organizationId } : {}) } };
}

function findChosen(tx: Transaction, standing: Standing, list: SelectableList, ids: readonly string[]) {
  return tx.execute<{ id: string; name: string; email: string }>(
    list === 'members'
      ? sql`select m.id, m.full_name as name, m.email from member m
          where m.id = any(${sql.param(ids)}::text[]) and ${membersOf(standing, 'active').scope} order by m.full_name, m.id`
      : sql`select i.id, i.email as name, i.email from invitation i
          where i.id = any(${sql.param(ids)}::text[]) and ${pendingOf(standing).scope} order by i.email`,
  );
}

function actsOf(standing: Standing, list: SelectableList): SelectionActs {
  const mayIn = (right: Parameters<typeof may>[1]) => may(standing, right, standing.organizationId);
  const ofMembers = list === 'members';
  return {
    roles: ofMembers && mayIn('change-role'),
    grantAdmin: ofMembers && mayIn('grant-admin'),
    licenses: ofMembers && mayIn('assign-licenses'),
    remove: ofMembers && mayIn('remove'),
    invitations: list === 'pending' && mayIn('manage-invitations'),
  };
}
