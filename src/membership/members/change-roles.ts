import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { DraftId, MemberId } from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import { lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import type { Happening } from '../events.ts';
import { findMemberships, type LeftGroup, leaving, whatWasLeft } from '../groups/leave-groups.ts';
import { operation } from '../operation.ts';
import type { OrganizationRole, Standing } from '../policy.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { checkCount, type Line, lineOf, refuseIfNobodyIsLeft, refuseTheOnlyOne } from './change-lines.ts';
import { type KnownMember, lockMembers, readMembers } from './known-members.ts';
import { obstacleToRole } from './obstacles.ts';

type Leaving = Pick<LeftGroup, 'memberId' | 'groupId'>;

export interface RoleInput {
  memberIds: readonly MemberId[];
  role: StoredRole;
  /** Who leaves which team or project, as the preview said, because a Billing Manager is in none. */
  leaves?: readonly Leaving[];
}

/** Who changes from what to what; a line with an obstacle stays as it is, and so does one whose role it is already. */
export interface RoleLine extends Line {
  from: OrganizationRole;
  to: StoredRole;
  /** The teams and projects they leave by it. */
  leaves?: LeftGroup[];
}

/** What confirming would change. No draft: nothing. */
export interface RoleReview {
  role: StoredRole;
  /** The actor's own organization: of others the review says which. */
  home: string;
  draftId?: DraftId;
  lines: RoleLine[];
}

/** Whether a line is about a change at all. */
export function changes({ from, to, obstacle }: { from: string; to: string; obstacle?: unknown }): boolean {
  return from !== to && obstacle === undefined;
}

/** Says for each person what giving them this role would do, and keeps it as a draft. Nothing is changed. */
export function prepareRoleChange(context: Context, input: RoleInput): Promise<RoleReview> {
  checkCount(input.memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const members = await readMembers(tx, standing, input.memberIds);
      const lines = members.map((member) => judge(standing, member, input.role));
      await refuseTheOnlyOne(tx, standing, members, lines);
      const memberIds = lines.filter(changes).map((line) => line.memberId);
      const { role } = input;
      const { home } = standing;
      if (memberIds.length === 0) return { role, home, lines };
      const left = role === 'billing-manager' ? await findMemberships(tx, memberIds) : [];
      const leaves = left.map(({ memberId, groupId }) => ({ memberId, groupId }));
      const changeRoles: RoleInput = { memberIds, role, ...(leaves.length > 0 ? { leaves } : {}) };
      return {
        role,
        home,
        lines: lines.map((line) => withLeft(line, left)),
        draftId: await saveDraft(tx, standing, { changeRoles }),
      };
    },
    { action: 'member.role-changed', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

/** Gives all of them this role who may be given it; the number of statements is the same for one and for a thousand. */
export function changeRoles(context: Context, input: RoleInput): Promise<RoleLine[]> {
  checkCount(input.memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const members = await lockMembers(tx, standing, input.memberIds);
      const lines = members.map((member) => judge(standing, member, input.role));
      await refuseIfNobodyIsLeft(tx, standing, members, lines);
      const left = await write(tx, standing, members, lines, input);
      return lines.map((line) => withLeft(line, left));
    },
    { action: 'member.role-changed', subject: input.memberIds.join(' ').slice(0, 500) },
  );
}

function judge(standing: Standing, member: KnownMember, role: StoredRole): RoleLine {
  return { ...lineOf(member, obstacleToRole(standing, member, role)), from: member.role, to: role };
}

async function write(
  tx: Transaction,
  standing: Standing,
  members: readonly KnownMember[],
  lines: readonly RoleLine[],
  { role, leaves = [] }: RoleInput,
): Promise<LeftGroup[]> {
  const ids = new Set(lines.filter(changes).map((line) => line.memberId));
  const changed = sql`update member set role = ${role} where id = any(${sql.param([...ids])}::text[])`;
  const left = role === 'billing-manager' ? await leaveBy(tx, [...ids], changed) : [];
  if (role !== 'billing-manager') await tx.execute(changed);
  const seen = new Set(leaves.map(keyOf));
  const unseen = left.filter((one) => !seen.has(keyOf(one)));
  const [first] = unseen;
  if (first) {
    const name = members.find(({ id }) => id === first.memberId)?.fullName ?? '';
    const groups = unseen.filter(({ memberId }) => memberId === first.memberId).map((group) => group.name);
    throw new Refusal('would-leave-groups', { name, groups });
  }
  await record(tx, [
    ...members.flatMap(({ id: memberId, organizationId, role: from }): Happening[] =>
      ids.has(memberId) && from !== 'owner'
        ? [
            {
              accountId: standing.accountId,
              organizationId,
              actorMemberId: standing.memberId,
              event: { name: 'member.role-changed', memberId, from, to: role },
            },
          ]
        : [],
    ),
    ...whatWasLeft(standing, left),
  ]);
  return left;
}

function keyOf({ memberId, groupId }: Leaving): string {
  return `${memberId} ${groupId}`;
}

/** Changes the role, and in the same statement everything they are in is left. */
async function leaveBy(tx: Transaction, ids: readonly MemberId[], changed: SQL): Promise<LeftGroup[]> {
  return [
    ...(await tx.execute<LeftGroup & Record<string, unknown>>(sql`
      with changed as (${changed}), ${leaving(ids)}
      select * from left_groups order by kind desc, name, "groupId"`)),
  ];
}

function withLeft(line: RoleLine, left: readonly LeftGroup[]): RoleLine {
  const leaves = left.filter(({ memberId }) => memberId === line.memberId);
  return leaves.length > 0 ? { ...line, leaves } : line;
}
