import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { type MemberId, newId, type TeamId } from '../../../db/id.ts';
import { authorize, lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { type GroupId, type GroupKind, tables, topRole } from './group.ts';
import { usableGroupName } from './name-group.ts';
import { readGroup } from './read-group.ts';

export interface CreateGroupInput {
  kind: GroupKind;
  name: string;
  /** Of a project: the team it is of. */
  teamId?: TeamId;
}

/**
 * Makes a team or project in the organization the request is about. Whoever makes it is its Owner or Project Admin; the Owner of the organization is, where they
 * cannot be in it: a team has members of its organization only, and a Billing Manager is in none.
 */
export function createGroup(
  context: Context,
  input: CreateGroupInput,
): Promise<{ groupId: GroupId; name: string }> {
  const { kind } = input;
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const { organizationId } = standing;
      await authorize(tx, standing, 'manage-groups');
      const name = usableGroupName(kind, input.name);
      const team =
        input.teamId && kind === 'project' ? await readGroup(tx, standing, input.teamId) : undefined;
      if (team && team.organizationId !== organizationId) {
        throw new Refusal('group-not-found', { kind: 'team', text: team.name });
      }
      const made = await insert(tx, standing, { kind, name, team: team?.id ?? null });
      const { accountId, memberId: actorMemberId } = standing;
      const { groupId, memberId } = made;
      const scene = { accountId, organizationId, actorMemberId };
      const role = topRole[kind];
      await record(tx, [
        { ...scene, event: { name: `${kind}.created`, groupId, group: name } },
        { ...scene, event: { name: `${kind}.member-added`, memberId, groupId, role } },
      ]);
      return { groupId, name };
    },
    { action: `${kind}.created` },
  );
}

/** Whoever may make one learns in which organization; everybody else is refused. */
export function prepareCreating(
  context: Context,
  { kind }: { kind: GroupKind },
): Promise<{ organization: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'manage-groups');
      return { organization: standing.organization };
    },
    { action: `${kind}.created` },
  );
}

interface NewGroup {
  kind: GroupKind;
  name: string;
  team: GroupId | null;
}

async function insert(
  tx: Transaction,
  { accountId, memberId, role, homeId, organizationId, organization }: Standing,
  { kind, name, team }: NewGroup,
): Promise<{ groupId: GroupId; memberId: MemberId }> {
  const { group, members, key, scope } = tables[kind];
  const groupId: GroupId = kind === 'team' ? newId('tea') : newId('prj');
  const isIn = role !== 'billing-manager' && (kind === 'project' || homeId === organizationId);
  const [column, value] = kind === 'project' ? [sql`, team_id`, sql`, ${team}::text`] : [sql``, sql``];
  const [made] = await tx.execute<{ memberId: MemberId }>(sql`
    with made as (
      insert into ${group} (id, account_id, organization_id, name ${column})
      select ${groupId}, o.account_id, o.id, ${name} ${value} from organization o
      where o.id = ${organizationId} and o.account_id = ${accountId}
      on conflict do nothing returning *)
    insert into ${members} (${key}, ${scope}, member_id, role)
    select made.id, made.${scope}, case when ${isIn} then ${memberId} else o.owner_member_id end, ${topRole[kind]}
    from made join organization o on o.id = made.organization_id
    returning member_id as "memberId"`);
  if (made) return { groupId, ...made };
  throw new Refusal('group-exists', { kind, group: name, organization });
}
