import type { Event } from '../membership/events.ts';
import type { GroupKind } from '../membership/groups/group.ts';
import { groupRoleNames } from '../membership/refusal.ts';
import type { Say, Sentences } from './audit-say.ts';
import { oneLine } from './words.ts';

type OfKind<Kind extends GroupKind> = Extract<Event['name'], `${Kind}.${string}`>;

/** What happens to a team happens to a project in the same words. */
type Happened = {
  [What in OfKind<'team'> extends `team.${infer Rest}` ? Rest : never]: (
    event: Event & { name: `team.${What}` | `project.${What}` },
    say: Say,
    kind: GroupKind,
  ) => string;
};

const happened: Happened = {
  created: ({ group }, { who }, kind) => `${who} created the ${kind} ${oneLine(group, 60)}`,
  renamed: ({ from, to }, { who }, kind) =>
    `${who} renamed the ${kind} ${oneLine(from, 60)} to ${oneLine(to, 60)}`,
  archived: ({ groupId }, { who, name }, kind) => `${who} archived the ${kind} ${name(groupId)}`,
  passed: ({ groupId, from, to }, { name }, kind) =>
    `The ${kind} ${name(groupId)} passed from ${name(from)} to ${name(to)}`,
  'member-added': ({ groupId, memberId, role }, { who, name }, kind) =>
    who === name(memberId)
      ? `${who} came into the ${kind} ${name(groupId)} as ${groupRoleNames[role]}`
      : `${who} added ${name(memberId)} to the ${kind} ${name(groupId)} as ${groupRoleNames[role]}`,
  'member-role-changed': ({ groupId, memberId, from, to }, { who, name }, kind) =>
    `${who} made ${name(memberId)} ${groupRoleNames[to]} of the ${kind} ${name(groupId)} (was ${groupRoleNames[from]})`,
  'member-left': ({ groupId, memberId }, { who, name }, kind) =>
    who === name(memberId)
      ? `${who} left the ${kind} ${name(groupId)}`
      : `${who} took ${name(memberId)} out of the ${kind} ${name(groupId)}`,
};

function sentencesOf<Kind extends GroupKind>(kind: Kind): Sentences<OfKind<Kind>> {
  type Write = (event: never, say: Say, kind: GroupKind) => string;
  const of = (Object.entries(happened) as [string, Write][]).map(([what, write]) => [
    `${kind}.${what}`,
    (event: never, say: Say) => write(event, say, kind),
  ]);
  return Object.fromEntries(of);
}

/** What happened to teams and projects. */
export const aboutGroups: Sentences<OfKind<GroupKind>> = {
  ...sentencesOf('team'),
  ...sentencesOf('project'),
};
