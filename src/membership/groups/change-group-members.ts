import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import { lockAccountAndStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { checkCount, refuseIfNobodyIsLeft } from '../members/change-lines.ts';
import { type KnownMember, readMembers } from '../members/known-members.ts';
import { operation } from '../operation.ts';
import type { PrivilegedAction } from '../privileged-actions.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { type GroupId, type GroupRole, kindOf, usualRole } from './group.ts';
import {
  type GroupLine,
  type GroupResult,
  judgeInGroup,
  type ManagedGroup,
  writeGroupLines,
} from './group-members.ts';
import { checkRole, readManaged } from './read-group.ts';

/** Many people, and a team or project. */
interface Many {
  groupId: GroupId;
  memberIds: readonly MemberId[];
}

/** Adds people to a team or project; whoever is in it already gets the role, when one is named. */
export function addToGroup(context: Context, input: Many & { role?: GroupRole }): Promise<GroupResult> {
  const kind = kindOf(input.groupId);
  const { groupId, role } = input;
  if (role) checkRole({ groupId, role });
  return change(context, `${kind}.member-added`, input, (tx, group, members) =>
    judgeInGroup(tx, group, members, (from) => role ?? from ?? usualRole[kind]),
  );
}

/** Gives people who are in a team or project this role there. */
export function changeGroupRoles(context: Context, input: Many & { role: GroupRole }): Promise<GroupResult> {
  const { groupId, role } = input;
  checkRole({ groupId, role });
  return change(context, `${kindOf(groupId)}.member-role-changed`, input, (tx, group, members) =>
    judgeInGroup(tx, group, members, (from) => (from ? role : undefined)),
  );
}

/** Takes people out of a team or project; they stay in the organization. */
export function removeFromGroup(context: Context, input: Many): Promise<GroupResult> {
  return change(context, `${kindOf(input.groupId)}.member-left`, input, (tx, group, members) =>
    judgeInGroup(tx, group, members, () => undefined),
  );
}

/** One change of who is in a group, set-based. Of many people bad lines never stop good ones; one alone is refused. */
function change(
  context: Context,
  action: PrivilegedAction,
  { groupId, memberIds }: Many,
  judge: (tx: Transaction, group: ManagedGroup, members: readonly KnownMember[]) => Promise<GroupLine[]>,
): Promise<GroupResult> {
  checkCount(memberIds);
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const group = await readManaged(tx, standing, groupId);
      const members = await readMembers(tx, standing, memberIds);
      const lines = await judge(tx, group, members);
      await refuseIfNobodyIsLeft(tx, standing, members, lines);
      const [only] = lines;
      const { id, kind, name } = group;
      if (only && lines.length === 1 && !only.from && !only.to) {
        throw new Refusal('not-in-group', { name: only.fullName, kind, group: name });
      }
      await record(tx, await writeGroupLines(tx, standing, group, lines));
      return { group: { id, kind, name }, lines };
    },
    { action, subject: groupId },
  );
}
