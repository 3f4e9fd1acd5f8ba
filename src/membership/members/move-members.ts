import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { DraftId, MemberId } from '../../../db/id.ts';
import { authorize, lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { operation } from '../operation.ts';
import type { OrganizationRole, Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { checkCount, type Line, lineOf, refuseTheOnlyOne } from './change-lines.ts';
import { lockMembers, readMembers } from './known-members.ts';
import {
  type Destination,
  findMoveConsequences,
  type MoveConsequences,
  moveMember,
  nothingMoves,
} from './move-member.ts';
import { obstacleToMove } from './obstacles.ts';
import { type GoOn, oneByOne } from './one-by-one.ts';

export interface MoveInput extends Destination {
  memberIds: readonly MemberId[];
}

/** Who would move, as what they were, and what becomes of what they have; a line with an obstacle stays. */
interface MoveLine extends Line {
  from: OrganizationRole;
  consequences: MoveConsequences;
}

/** What confirming would do. No draft: nothing. */
export interface MoveReview extends Pick<Destination, 'role'> {
  /** The name of the destination. */
  to: string;
  draftId?: DraftId;
  lines: MoveLine[];
}

/** What became of one person. */
export interface MovedLine extends Line {
  /** How many seats of the organization they left are free again. */
  freed: number;
}

/** Says for each person what moving them would do, and keeps those who can be moved as a draft. Nobody is moved. */
export function prepareMove(context: Context, input: MoveInput): Promise<MoveReview> {
  checkCount(input.memberIds);
  const { organizationId, role } = input;
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const to = await readDestination(tx, standing, input);
      const members = await readMembers(tx, standing, input.memberIds);
      const judged = members.map((member) => lineOf(member, obstacleToMove(standing, member, input)));
      await refuseTheOnlyOne(tx, standing, members, judged);
      const memberIds = judged.filter((line) => !line.obstacle).map((line) => line.memberId);
      const consequences = await findMoveConsequences(tx, memberIds, input);
      const lines = members.map(({ id, role: from }, place) => ({
        ...{ ...(judged[place] as Line), from },
        consequences: consequences.get(id) ?? nothingMoves,
      }));
      if (memberIds.length === 0) return { to, role, lines };
      const move: MoveInput = { memberIds, organizationId, role };
      return { to, role, lines, draftId: await saveDraft(tx, standing, { move }) };
    },
    { action: 'member.moved', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

/**
 * Moves one person after the other. Of several, those who cannot be moved stay and are named; one alone is refused.
 */
export async function moveMembers(
  context: Context,
  input: MoveInput,
  goOn?: GoOn,
): Promise<{ to: string; lines: MovedLine[] }> {
  const moved = await oneByOne(context, input.memberIds, (...one) => move(input, ...one), goOn);
  return { to: moved.at(-1)?.to ?? '', lines: moved.flatMap(({ line }) => line ?? []) };
}

function move(
  input: MoveInput,
  context: Context,
  memberId: MemberId,
  isAlone: boolean,
): Promise<{ to: string; line?: MovedLine }> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const to = await readDestination(tx, standing, input);
      await lockOpenInvitation(tx, standing, memberId, input);
      const [member] = await lockMembers(tx, standing, [memberId]);
      const lines = member ? [lineOf(member, obstacleToMove(standing, member, input))] : [];
      const [line] = lines;
      if (isAlone) await refuseTheOnlyOne(tx, standing, member ? [member] : [], lines);
      if (!member || !line) return { to };
      if (line.obstacle) return { to, line: { ...line, freed: 0 } };
      return { to, line: { ...line, ...(await moveMember(tx, standing, member, input)) } };
    },
    { action: 'member.moved', subject: memberId },
  );
}

/** The name of where they are to go, for somebody who may move people there. */
async function readDestination(
  tx: Transaction,
  standing: Standing,
  { organizationId }: Destination,
): Promise<string> {
  await authorize(tx, standing, 'move-members', organizationId);
  const [organization] = await tx.execute<{ name: string }>(sql`
    select name from organization where id = ${organizationId} and account_id = ${standing.accountId}`);
  if (!organization) throw new Refusal('organization-not-found', {});
  return organization.name;
}

/** Invitations are locked before members, by whoever accepts one too. */
async function lockOpenInvitation(
  tx: Transaction,
  { accountId }: Standing,
  memberId: MemberId,
  { organizationId }: Destination,
): Promise<void> {
  await tx.execute(sql`
    select from invitation i where i.account_id = ${accountId} and i.organization_id = ${organizationId}
      and i.status = 'pending' and i.email = (select m.email from member m where m.id = ${memberId}) for update`);
}
