import type { ArchiveReview } from '../membership/groups/change-group.ts';
import type { GroupKind } from '../membership/groups/group.ts';
import type { GroupLine, GroupResult } from '../membership/groups/group-members.ts';
import type { showInGroup } from '../membership/groups/show-group.ts';
import { groupRoleNames } from '../membership/refusal.ts';
import { groupName } from './groups.ts';
import type { Button, Message } from './message.ts';
import { unknownLine, whyNot } from './obstacles.ts';
import { count, oneLine, upTo } from './words.ts';

/** How many lines one message shows. */
const linesShown = 20;

/** Which role somebody is to have in a team or project: the ones the viewer may give. */
export function groupRoleOffer(offer: Awaited<ReturnType<typeof showInGroup>>): Message {
  const { group, memberId, fullName, role, roles } = offer;
  const groupId = group.id;
  return {
    summary: `${oneLine(fullName, 100)} is ${groupRoleNames[role]} of the ${groupName(group)}.`,
    body: [roles.length > 0 ? 'Which role are they to have there?' : 'You cannot give them another role.'],
    buttons: [
      ...roles.map(
        (to): Button => ({
          label: `Make ${groupRoleNames[to]}`,
          action: { do: 'group.role.set', groupId, memberId, role: to },
        }),
      ),
      { label: 'Keep it', action: { do: 'keep' } },
    ],
  };
}

/** What became of each; those who stay as they were first. */
export function groupResult({ group, lines }: GroupResult, unknown: readonly string[]): Message {
  const isChanged = ({ obstacle, from, to }: GroupLine) => !obstacle && from !== to;
  const changed = lines.filter(isChanged);
  const { shown, more } = upTo([...lines.filter((line) => !isChanged(line)), ...changed], linesShown);
  const { id: groupId, kind } = group;
  return {
    summary: resultSummary(groupName(group), changed),
    body: unknownLine(unknown),
    rows: shown.map((line) => ({
      title: oneLine(line.fullName, 100),
      detail: `${line.email} · ${line.obstacle ? whyNot(line.obstacle) : lineWords(line)}`,
    })),
    ...(more > 0 ? { footnote: `And ${count(more, 'more person', 'more people')}.` } : {}),
    buttons: [
      { label: 'Who is in it', action: { do: 'group', groupId } },
      { label: `All ${kind}s`, action: { do: 'groups', kind } },
    ],
  };
}

function resultSummary(name: string, changed: readonly GroupLine[]): string {
  if (changed.length === 0) return `Nothing was changed in the ${name}.`;
  const whom = (lines: readonly GroupLine[]) => count(lines.length, 'person', 'people');
  if (changed.every(({ from }) => !from)) return `Added ${whom(changed)} to the ${name}.`;
  if (changed.every(({ to }) => !to)) return `Took ${whom(changed)} out of the ${name}.`;
  return `Changed ${whom(changed)} in the ${name}.`;
}

function lineWords({ from, to }: GroupLine): string {
  if (!to) return from ? 'is not in it any more' : 'was not in it';
  if (!from) return `is ${groupRoleNames[to]} now`;
  return from === to ? `is ${groupRoleNames[to]} already` : `${groupRoleNames[from]} → ${groupRoleNames[to]}`;
}

/** Asked before a team or project is archived. */
export function archiveReview({ draftId, kind, name, people, projects }: ArchiveReview): Message {
  return {
    summary: `Archive the ${groupName({ kind, name })}?`,
    body: [
      `${count(people, 'person is', 'people are')} in it. Nobody will see it any more, and it does not come back; its name is free again.`,
      ...(projects > 0
        ? [`${count(projects, 'project')} of the team stay${projects === 1 ? 's' : ''}.`]
        : []),
    ],
    buttons: [
      { label: 'Archive', action: { do: 'group.archive.confirm', draftId }, style: 'danger' },
      { label: 'Keep it', action: { do: 'keep' } },
    ],
  };
}

/** What was done to a team or project, as a line above what it is shown with. */
export const groupNotices = {
  created: (kind: GroupKind, name: string) =>
    `The ${groupName({ kind, name })} is there now, and you can add people.`,
  renamed: (from: string, to: string) =>
    from === to ? 'It is called as before.' : `${oneLine(from, 60)} is called ${oneLine(to, 60)} now.`,
  archived: (kind: GroupKind, name: string) => `The ${groupName({ kind, name })} is archived.`,
};
