import { readDraft } from '../membership/drafts.ts';
import { archiveGroup, renameGroup } from '../membership/groups/change-group.ts';
import { createGroup } from '../membership/groups/create-group.ts';
import type { GroupId, GroupKind } from '../membership/groups/group.ts';
import { listGroups } from '../membership/groups/list-groups.ts';
import { findGroup } from '../membership/groups/name-group.ts';
import type { Group } from '../membership/groups/read-group.ts';
import { splitPeople } from '../membership/people-list.ts';
import { may } from '../membership/policy.ts';
import { Refusal } from '../membership/refusal.ts';
import { groupNotices } from '../messages/group-changes.ts';
import { groupList } from '../messages/groups.ts';
import type { ActionHandlers, Command, CommandContext, Reply, Said } from './command.ts';
import { openAdding, openCreating, openRenaming } from './group-forms.ts';
import { groupWithPeople, reviewArchiving } from './group-members.ts';
import { readingsOf, splitGroupRole } from './group-words.ts';
import { named } from './in-organization.ts';
import { pageSize } from './list.ts';
import { reach } from './people.ts';

/** What can be done with teams and projects, by the word after `team` or `project`. */
type Verb = (context: CommandContext, kind: GroupKind, words: string) => Promise<Reply>;

const verbs: Record<string, Verb> = {
  list: (context, kind, words) => list(context, { kind, search: words }),
  show: (context, kind, words) => show(context, kind, words),
  create,
  rename,
  archive,
  add,
  role: changeRole,
  remove: takeOut,
};

function groupCommand(kind: GroupKind, about: Pick<Command, 'does' | 'example'>): Command {
  const does = `See your ${kind}s and who is in them; change those that you manage`;
  return {
    word: kind,
    ...about,
    without: { right: 'manage-groups', does },
    organization: 'quiet',
    // A Billing Manager is in none, and manages none by that role.
    offeredTo: (standing) =>
      standing.role !== 'billing-manager' || may(standing, 'manage-groups', standing.organizationId),
    async run(context, words) {
      if (words === '') return list(context, { kind });
      const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(words) ?? [];
      const verb = verbs[first.toLowerCase()];
      return verb ? verb(context, kind, rest) : show(context, kind, words);
    },
  };
}

/** `/usher team`: the teams, and everything that is done with them. */
export const team = groupCommand('team', {
  does: 'See your teams; create, rename and archive them, add people and set their roles',
  example: '/usher team add ana@acme.com, ben to QA as admin',
});

/** `/usher project`: the projects likewise. */
export const project = groupCommand('project', {
  does: 'See your projects; create, rename and archive them, add people and set their roles',
  example: '/usher project add ana@acme.com, ben to Payments app as tester',
});

interface Asked {
  kind: GroupKind;
  search?: string | undefined;
  after?: string | undefined;
}

async function list(context: CommandContext, { kind, search, after }: Asked, notice?: string): Promise<Said> {
  const asked = { kind, ...(search ? { search } : {}), ...(after ? { after } : {}) };
  const page = await listGroups(context, { ...asked, size: pageSize });
  return { message: groupList(page, { ...asked, ...named(context) }, notice) };
}

async function show(context: CommandContext, kind: GroupKind, name: string): Promise<Said> {
  if (name === '') return list(context, { kind });
  const { group } = await findGroup(context, { kind, texts: [name] });
  return groupWithPeople(context, { groupId: group.id });
}

async function create(context: CommandContext, kind: GroupKind, words: string): Promise<Reply> {
  if (words === '') return openCreating(context, kind);
  const ofTeam = kind === 'project' ? /^(.+?)\s+(?:of|in|for)\s+team\s+(.+)$/is.exec(words) : null;
  const found = ofTeam?.[2] ? await findGroup(context, { kind: 'team', texts: [ofTeam[2]] }) : undefined;
  const of = found ? { teamId: found.group.id as `tea_${string}` } : {};
  const { groupId, name } = await createGroup(context, { kind, name: ofTeam?.[1] ?? words, ...of });
  return groupWithPeople(context, { groupId }, groupNotices.created(kind, name));
}

async function rename(context: CommandContext, kind: GroupKind, words: string): Promise<Reply> {
  const readings = readingsOf(words, ['to']).reverse();
  if (readings.length === 0)
    return openRenaming(context, (await groupNamed(context, kind, words))?.id ?? kind);
  const found = await findGroup(context, { kind, texts: readings.map(({ before }) => before) });
  const name = readings[found.place]?.after ?? '';
  const { groupId, from, to } = await renameGroup(context, { groupId: found.group.id, name });
  return groupWithPeople(context, { groupId }, groupNotices.renamed(from, to));
}

async function archive(context: CommandContext, kind: GroupKind, words: string): Promise<Reply> {
  const group = await groupNamed(context, kind, words);
  return group ? reviewArchiving(context, group.id) : list(context, { kind });
}

async function groupNamed(
  context: CommandContext,
  kind: GroupKind,
  name: string,
): Promise<Group | undefined> {
  return name === '' ? undefined : (await findGroup(context, { kind, texts: [name] })).group;
}

async function add(context: CommandContext, kind: GroupKind, words: string): Promise<Reply> {
  const readings = readingsOf(words, ['to', 'into', 'in']);
  if (readings.length === 0) return openAdding(context, kind, { people: words });
  const options = readings.flatMap(({ before, after }) => [
    { before, text: after },
    { before, ...splitGroupRole(kind, after) },
  ]);
  const found = await findGroup(context, { kind, texts: options.map(({ text }) => text) });
  const chosen = options[found.place];
  const role = chosen && 'role' in chosen && chosen.role ? { role: chosen.role } : {};
  const purpose = { for: 'add-to-group', groupId: found.group.id, ...role } as const;
  return reach(context, purpose, splitPeople(chosen?.before ?? ''));
}

async function changeRole(context: CommandContext, kind: GroupKind, words: string): Promise<Reply> {
  const { text, role } = splitGroupRole(kind, words, { bare: true });
  const readings = readingsOf(text, ['in', 'of']);
  if (words === '') return list(context, { kind });
  const example = `/usher ${kind} role ana@acme.com in ${kind === 'team' ? 'QA admin' : 'Payments app test lead'}`;
  if (!role || readings.length === 0)
    throw new Refusal('not-all-said', { lacks: role ? kind : 'role', example });
  const found = await findGroup(context, { kind, texts: readings.map(({ after }) => after) });
  const people = readings[found.place]?.before ?? '';
  return reach(context, { for: 'group-role', groupId: found.group.id, role }, splitPeople(people));
}

async function takeOut(context: CommandContext, kind: GroupKind, words: string): Promise<Reply> {
  if (words === '') return list(context, { kind });
  const readings = readingsOf(words, ['from', 'of']);
  const example = `/usher ${kind} remove ana@acme.com from ${kind === 'team' ? 'QA' : 'Payments app'}`;
  if (readings.length === 0) throw new Refusal('not-all-said', { lacks: kind, example });
  const found = await findGroup(context, { kind, texts: readings.map(({ after }) => after) });
  const people = readings[found.place]?.before ?? '';
  return reach(context, { for: 'leave-group', groupId: found.group.id }, splitPeople(people));
}

export const groupActions: Pick<
  ActionHandlers,
  'groups' | 'group.create' | 'group.rename' | 'group.add' | 'group.archive.confirm' | 'card.group'
> = {
  groups: async (context, asked) => ({
    ...(await list(context, asked)),
    ...(asked.turn ? { replace: true } : {}),
  }),
  'group.create': (context, { kind }) => openCreating(context, kind),
  'group.rename': (context, { groupId }) => openRenaming(context, groupId),
  'group.add': (context, { groupId }) => openAdding(context, groupId),
  'card.group': (context, { kind, memberId }) => openAdding(context, kind, { memberId }),
  'group.archive.confirm': async (context, { draftId }) => {
    const draft = await readDraft<{ archive?: GroupId }>(context, draftId);
    if (!draft.archive) throw new Refusal('draft-is-gone', {});
    const { kind, name } = await archiveGroup({ ...context, replayKey: draftId }, { groupId: draft.archive });
    return { ...(await list(context, { kind }, groupNotices.archived(kind, name))), replace: true };
  },
};
