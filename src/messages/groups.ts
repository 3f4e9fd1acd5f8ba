import type { OrganizationId } from '../../db/id.ts';
import { type GroupKind, groupKinds } from '../membership/groups/group.ts';
import type { LeftGroup } from '../membership/groups/leave-groups.ts';
import type { GroupList, ListedGroup } from '../membership/groups/list-groups.ts';
import type { Group } from '../membership/groups/read-group.ts';
import type { Membership, PersonInGroup, ShownGroup } from '../membership/groups/show-group.ts';
import { groupRoleNames } from '../membership/refusal.ts';
import type { Button, Message, Row } from './message.ts';
import { count, list, oneLine, quoted, upTo } from './words.ts';

const plural = { team: 'Teams', project: 'Projects' } as const satisfies Record<GroupKind, string>;

/** "team QA". */
export function groupName({ kind, name }: Pick<Group, 'kind' | 'name'>): string {
  return `${kind} ${oneLine(name, 60)}`;
}

/** The teams or projects somebody may see. */
export function groupList(
  page: GroupList,
  asked: { kind: GroupKind; search?: string; after?: string; in?: OrganizationId },
  notice?: string,
): Message {
  const { kind } = asked;
  const search = asked.search ? { search: asked.search } : {};
  const about = asked.search ? ` matching ${quoted(asked.search, 60)}` : '';
  const where = asked.in ? { in: asked.in } : {};
  const open = { do: 'groups', kind, ...where } as const;
  const buttons: Button[] = [
    ...(page.next
      ? [{ label: 'Next page', action: { ...open, ...search, after: page.next, turn: true } } as const]
      : []),
    ...(asked.after ? [{ label: 'First page', action: { ...open, ...search, turn: true } } as const] : []),
    ...(asked.search ? [{ label: 'Show all', action: { ...open, turn: true } } as const] : []),
    ...(page.mayCreate
      ? [{ label: `New ${kind}…`, action: { do: 'group.create', kind, ...where } } as const]
      : []),
  ];
  const whose = page.mayCreate ? ` of ${page.organization}` : '';
  return {
    summary: page.rows.length > 0 ? `${plural[kind]}${whose}${about}` : nothingThere(page, kind, about),
    ...(notice ? { body: [notice] } : {}),
    rows: page.rows.map((row) => groupRow(row, page.organization)),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

function nothingThere(page: GroupList, kind: GroupKind, about: string): string {
  const { mayCreate, mayBeIn, organization } = page;
  if (about) return `There is no ${kind}${about} that you can see.`;
  if (mayCreate) return `${organization} has no ${kind} yet.`;
  return mayBeIn
    ? `You are in no ${kind} yet. An admin of ${organization} can add you to one.`
    : 'You are Billing Manager, and a Billing Manager is in no team or project.';
}

function groupRow(group: ListedGroup, home: string): Row {
  const { id: groupId, name, organization, team, ownRole, managed } = group;
  return {
    title: oneLine(name, 60),
    detail: [
      ...(organization === home ? [] : [oneLine(organization, 60)]),
      ...(team === null ? [] : [`of team ${oneLine(team, 60)}`]),
      count(group.people, 'person', 'people'),
      ...(ownRole ? [`you are ${groupRoleNames[ownRole]}`] : []),
    ].join(' · '),
    buttons: [
      { label: 'Who is in it', action: { do: 'group', groupId } },
      ...(managed ? [{ label: 'Add people…', action: { do: 'group.add', groupId } } as const] : []),
    ],
  };
}

/** A team or project and who is in it, with what the viewer may do. */
export function groupCard(shown: ShownGroup, asked: { after?: string }, notice?: string): Message {
  const { group, rows, next, grantable } = shown;
  const { id: groupId, kind, name, organization, team } = group;
  const isTheirs = grantable.length > 0;
  const buttons: Button[] = [
    ...(next
      ? [{ label: 'Next page', action: { do: 'group', groupId, after: next, turn: true } } as const]
      : []),
    ...(asked.after ? [{ label: 'First page', action: { do: 'group', groupId, turn: true } } as const] : []),
    ...(isTheirs
      ? ([
          { label: 'Add people…', action: { do: 'group.add', groupId }, style: 'primary' },
          { label: 'Rename…', action: { do: 'group.rename', groupId } },
          { label: 'Archive…', action: { do: 'group.archive', groupId }, style: 'danger' },
        ] as const)
      : []),
    { label: `All ${kind}s`, action: { do: 'groups', kind } },
  ];
  return {
    summary: `${kind === 'team' ? 'Team' : 'Project'} ${oneLine(name, 60)}`,
    ...(notice ? { body: [notice] } : {}),
    facts: [
      { label: 'Organization', value: oneLine(organization, 100) },
      ...(team === null ? [] : [{ label: 'Of team', value: oneLine(team, 60) }]),
    ],
    rows: rows.map((row) => personRow(row, shown)),
    buttons,
  };
}

function personRow(person: PersonInGroup, { group, grantable }: ShownGroup): Row {
  const { memberId, fullName, email, organization, role, isLast } = person;
  const groupId = group.id;
  return {
    title: oneLine(fullName, 100),
    detail: [
      groupRoleNames[role],
      ...(email ? [email] : []),
      ...(organization === group.organization ? [] : [oneLine(organization, 60)]),
    ].join(' · '),
    ...(grantable.includes(role) && !isLast
      ? {
          buttons: [
            { label: 'Change role…', action: { do: 'group.role', groupId, memberId } },
            { label: 'Take out', action: { do: 'group.remove', groupId, memberId } },
          ],
        }
      : {}),
  };
}

/** The teams and projects somebody is in, on their card: "QA (Admin)". */
export function membershipFacts(
  memberships: readonly Pick<Membership, 'kind' | 'name' | 'role'>[],
  whose = '',
): { label: string; value: string }[] {
  return groupKinds.flatMap((kind) => {
    const { shown, more } = upTo(
      memberships.filter((membership) => membership.kind === kind),
      20,
    );
    const names = shown.map(({ name, role }) => `${oneLine(name, 60)} (${groupRoleNames[role]})`);
    if (names.length === 0) return [];
    const label = whose ? `${whose} ${plural[kind].toLowerCase()}` : plural[kind];
    return [{ label, value: list([...names, ...(more > 0 ? [count(more, 'other')] : [])]) }];
  });
}

/** What somebody leaves, and to whom it passes: "leaves team QA and project App", "team QA passes to Olivia". */
export function leftLines(groups: readonly LeftGroup[], verb: string): string[] {
  if (groups.length === 0) return [];
  const { shown, more } = upTo(groups, 5);
  const names = [...shown.map(groupName), ...(more > 0 ? [count(more, 'other')] : [])];
  const passing = upTo(
    groups.filter(({ heir }) => heir),
    5,
  );
  const passes = passing.shown.map(
    (group) => `the ${groupName(group)} passes to ${oneLine(group.heir?.fullName ?? '', 60)}`,
  );
  return [
    `${verb} ${list(names)}`,
    ...passes,
    ...(passing.more > 0 ? [`${passing.more} more pass likewise`] : []),
  ];
}
