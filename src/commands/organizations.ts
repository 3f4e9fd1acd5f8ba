import type { MemberId } from '../../db/id.ts';
import { readDraft } from '../membership/drafts.ts';
import type { Destination } from '../membership/members/move-member.ts';
import { type MoveInput, moveMembers, prepareMove } from '../membership/members/move-members.ts';
import {
  type CreationInput,
  createOrganization,
  prepareOrganization,
} from '../membership/organizations/create-organization.ts';
import { listOrganizations } from '../membership/organizations/list-organizations.ts';
import { Refusal } from '../membership/refusal.ts';
import { moveResult, moveReview } from '../messages/moves.ts';
import { creationReview, organizationCreated, organizationList } from '../messages/organizations.ts';
import type { ActionHandlers, CommandContext, Said } from './command.ts';
import { pageSize } from './list.ts';
import { watchWork } from './long-work.ts';

interface Asked {
  after?: string | undefined;
  notice?: string;
}

/** The organizations of the account, with a sentence above them when something has just changed. */
export async function organizations(context: CommandContext, { after, notice }: Asked = {}): Promise<Said> {
  const asked = after ? { after } : {};
  const page = await listOrganizations(context, { ...asked, size: pageSize });
  return { message: organizationList(page, { ...asked, ...(notice ? { notice } : {}) }) };
}

/** What a new organization means for its Owner: nothing is made before it is confirmed. */
export async function reviewOrganization(context: CommandContext, input: CreationInput): Promise<Said> {
  return { message: creationReview(await prepareOrganization(context, input)) };
}

/** Who would move and what becomes of what they have: nobody is moved before it is confirmed. */
export async function reviewMove(
  context: CommandContext,
  memberIds: readonly MemberId[],
  destination: Destination,
  unknown: readonly string[],
): Promise<Said> {
  return { message: moveReview(await prepareMove(context, { ...destination, memberIds }), unknown) };
}

export const organizationActions: Pick<
  ActionHandlers,
  'organizations' | 'organization.create.confirm' | 'move.confirm'
> = {
  organizations: async (context, asked) => ({
    ...(await organizations(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
  'organization.create.confirm': async (context, { draftId }) => {
    const draft = await readDraft<{ createOrganization?: CreationInput }>(context, draftId);
    if (!draft.createOrganization) throw new Refusal('draft-is-gone', {});
    const made = await createOrganization({ ...context, replayKey: draftId }, draft.createOrganization);
    return { message: organizationCreated(made), replace: true };
  },
  'move.confirm': async (context, { draftId }) => {
    const { move } = await readDraft<{ move?: MoveInput }>(context, draftId);
    if (!move) throw new Refusal('draft-is-gone', {});
    const work = watchWork(context, draftId, move.memberIds.length, 'Moving');
    const result = await moveMembers({ ...context, replayKey: draftId }, move, work.goOn);
    return { message: moveResult(result, work.left()), replace: true };
  },
};
