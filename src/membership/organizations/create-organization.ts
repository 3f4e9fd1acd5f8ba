import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { type DraftId, type MemberId, newId, type OrganizationId } from '../../../db/id.ts';
import { authorize, lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { type KnownMember, lockMembers, readMembers } from '../members/known-members.ts';
import {
  findMoveConsequences,
  type MoveConsequences,
  moveMember,
  nothingMoves,
} from '../members/move-member.ts';
import { obstacleToOwning, refusalFor } from '../members/obstacles.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { refuseTakenName, usableOrganizationName } from './organization-names.ts';

export interface CreationInput {
  name: string;
  /** An active member of the account, who moves into the new organization. */
  ownerId: MemberId;
}

/** What confirming would do. */
export interface CreationReview {
  draftId: DraftId;
  name: string;
  owner: KnownMember;
  consequences: MoveConsequences;
}

/** Says what making this organization would mean for its Owner, and keeps it as a draft. Nothing is made. */
export function prepareOrganization(context: Context, input: CreationInput): Promise<CreationReview> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const [owner] = await readMembers(tx, standing, [input.ownerId]);
      const name = await judge(tx, standing, input, owner);
      const { ownerId } = input;
      const createOrganization: CreationInput = { name, ownerId };
      return {
        draftId: await saveDraft(tx, standing, { createOrganization }),
        ...{ name, owner: owner as KnownMember },
        consequences: (await findMoveConsequences(tx, [ownerId])).get(ownerId) ?? nothingMoves,
      };
    },
    { action: 'organization.created' },
  );
}

/** Makes an organization and moves its Owner into it, in one transaction: it never is without one. */
export function createOrganization(
  context: Context,
  input: CreationInput,
): Promise<{ organizationId: OrganizationId; organization: string; owner: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const [owner] = await lockMembers(tx, standing, [input.ownerId]);
      const organization = await judge(tx, standing, input, owner);
      const { id: ownerId, fullName } = owner as KnownMember;
      const organizationId = newId('org');
      const { accountId, memberId: actorMemberId } = standing;
      await tx.execute(sql`
        insert into organization (id, account_id, name, owner_member_id)
        values (${organizationId}, ${accountId}, ${organization}, ${ownerId})`);
      await record(tx, [
        {
          ...{ accountId, organizationId, actorMemberId },
          event: { name: 'organization.created', organizationId, organization, owner: ownerId },
        },
      ]);
      await moveMember(tx, standing, owner as KnownMember, { organizationId, role: 'admin' });
      return { organizationId, organization, owner: fullName };
    },
    { action: 'organization.created' },
  );
}

/** The name as it is to be kept; refuses whatever stands in the way. */
async function judge(
  tx: Transaction,
  standing: Standing,
  input: CreationInput,
  owner: KnownMember | undefined,
): Promise<string> {
  await authorize(tx, standing, 'manage-organizations', standing.homeId);
  if (!owner) throw new Refusal('member-not-found', {});
  const obstacle = obstacleToOwning(standing, owner);
  if (obstacle) throw await refusalFor(tx, standing, owner, obstacle);
  const name = usableOrganizationName(input.name);
  await refuseTakenName(tx, standing.accountId, name);
  return name;
}
