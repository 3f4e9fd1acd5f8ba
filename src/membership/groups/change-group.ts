import { sql } from 'drizzle-orm';
import type { DraftId } from '../../../db/id.ts';
import { lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { type GroupId, type GroupKind, kindOf, tables } from './group.ts';
import { usableGroupName } from './name-group.ts';
import { readManaged } from './read-group.ts';

/** Gives a team or project another name; who is in it stays. */
export function renameGroup(
  context: Context,
  input: { groupId: GroupId; name: string },
): Promise<{ groupId: GroupId; kind: GroupKind; from: string; to: string }> {
  const { groupId } = input;
  const kind = kindOf(groupId);
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const { name: from, organizationId, organization } = await readManaged(tx, standing, groupId);
      const to = usableGroupName(kind, input.name);
      const { group } = tables[kind];
      const [taken] = await tx.execute(sql`
        select 1 from ${group} where organization_id = ${organizationId} and archived_at is null and id <> ${groupId}
          and lower(name) = lower(${to} collate "und-x-icu")`);
      if (taken) throw new Refusal('group-exists', { kind, group: to, organization });
      if (from === to) return { groupId, kind, from, to };
      await tx.execute(sql`update ${group} set name = ${to} where id = ${groupId}`);
      const { accountId, memberId: actorMemberId } = standing;
      await record(tx, [
        { accountId, organizationId, actorMemberId, event: { name: `${kind}.renamed`, groupId, from, to } },
      ]);
      return { groupId, kind, from, to };
    },
    { action: `${kind}.renamed`, subject: groupId },
  );
}

/** What archiving would put away. The draft names this one confirmation. */
export interface ArchiveReview {
  draftId: DraftId;
  kind: GroupKind;
  name: string;
  /** How many people are in it. */
  people: number;
  /** Of a team: how many projects are of it; they stay. */
  projects: number;
}

/** Keeps what is about to be archived as a draft, and says what it is. Nothing is archived. */
export function prepareArchiving(
  context: Context,
  { groupId }: { groupId: GroupId },
): Promise<ArchiveReview> {
  const kind = kindOf(groupId);
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const { name } = await readManaged(tx, standing, groupId);
      const { members, key } = tables[kind];
      const [counted] = await tx.execute<{ people: number; projects: number }>(sql`
        select (select count(*)::int from ${members} where ${key} = ${groupId}) as people,
          (select count(*)::int from project where team_id = ${groupId} and archived_at is null) as projects`);
      const { people = 0, projects = 0 } = counted ?? {};
      return { draftId: await saveDraft(tx, standing, { archive: groupId }), kind, name, people, projects };
    },
    { action: `${kind}.archived`, subject: groupId },
  );
}

/** Puts a team or project away for good: nobody sees it any more, its name is free, and what was in it stays on record. */
export function archiveGroup(
  context: Context,
  { groupId }: { groupId: GroupId },
): Promise<{ kind: GroupKind; name: string }> {
  const kind = kindOf(groupId);
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const { name, organizationId } = await readManaged(tx, standing, groupId);
      await tx.execute(sql`update ${tables[kind].group} set archived_at = now() where id = ${groupId}`);
      const { accountId, memberId: actorMemberId } = standing;
      await record(tx, [
        { accountId, organizationId, actorMemberId, event: { name: `${kind}.archived`, groupId } },
      ]);
      return { kind, name };
    },
    { action: `${kind}.archived`, subject: groupId },
  );
}
