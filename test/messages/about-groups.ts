import { newId } from '../../db/id.ts';
import type { GroupKind } from '../../src/membership/groups/group.ts';
import type { GroupLine } from '../../src/membership/groups/group-members.ts';
import type { LeftGroup } from '../../src/membership/groups/leave-groups.ts';
import type { ListedGroup } from '../../src/membership/groups/list-groups.ts';
import type { PersonInGroup } from '../../src/membership/groups/show-group.ts';
import type { Obstacle } from '../../src/membership/members/obstacles.ts';
import * as groupChanges from '../../src/messages/group-changes.ts';
import * as groups from '../../src/messages/groups.ts';
import type { Message } from '../../src/messages/message.ts';

type Named = [builder: string, message: Message | undefined];

/** A team or project as the operations know it; the viewer is an Admin of it. */
export function groupOf(text: string, kind: GroupKind = 'team'): ListedGroup {
  return {
    ...{ id: kind === 'team' ? newId('tea') : newId('prj'), kind, name: text, organizationId: newId('org') },
    ...{
      organization: text,
      team: kind === 'team' ? null : text,
      archived: false,
      people: 12,
      managed: true,
    },
    ownRole: kind === 'team' ? 'admin' : 'project-admin',
  };
}

/** What somebody leaves, and what of it passes to the Owner. */
export function leftGroups(text: string, count = 2): LeftGroup[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{
      memberId: newId('mem'),
      groupId: newId('tea'),
      kind: 'team',
      name: text,
      organizationId: newId('org'),
    },
    heir: at % 2 === 0 ? { id: newId('mem'), fullName: text } : null,
  }));
}

export const personInGroup = (text: string): PersonInGroup => ({
  ...{ memberId: newId('mem'), fullName: text, email: text, organization: text, role: 'user', isLast: false },
});

/** Everything usher says about teams and projects. */
export function aboutGroups(text: string): Named[] {
  return [...lists(text), ...cards(text), ...changes(text)];
}

function lists(text: string): Named[] {
  const rows = [groupOf(text), { ...groupOf(text, 'project'), ownRole: null, managed: false }];
  const [next, search] = [text.slice(0, 100), text.slice(0, 200)];
  const asked = { kind: 'team', search, after: next } as const;
  const page = { organization: text, mayCreate: true, mayBeIn: true, rows: [] };
  return [
    ['groupList', groups.groupList({ ...page, rows, next }, asked, text)],
    ['groupList', groups.groupList(page, { kind: 'project' })],
    ['groupList', groups.groupList({ ...page, mayCreate: false }, { kind: 'team' })],
    ['groupList', groups.groupList({ ...page, mayCreate: false, mayBeIn: false }, { kind: 'team' })],
    ['groupList', groups.groupList({ ...page, mayCreate: false }, asked)],
  ];
}

function cards(text: string): Named[] {
  const [team, project] = [groupOf(text), groupOf(text, 'project')];
  const next = text.slice(0, 100);
  const rows = [personInGroup(text), { ...personInGroup('Ana'), email: null, role: 'owner' } as const];
  const grantable = ['admin', 'user'] as const;
  const { archived, renamed, created } = groupChanges.groupNotices;
  const offer = { group: team, memberId: newId('mem'), fullName: text, role: 'admin' } as const;
  return [
    [
      'groupCard',
      groups.groupCard({ group: team, rows, next, grantable: [...grantable] }, { after: next }, text),
    ],
    ['groupCard', groups.groupCard({ group: project, rows: [], grantable: [] }, {})],
    ['groupName', { summary: groups.groupName(team) }],
    ['groupRoleOffer', groupChanges.groupRoleOffer({ ...offer, roles: ['user'] })],
    ['groupRoleOffer', groupChanges.groupRoleOffer({ ...offer, roles: [] })],
    [
      'groupNotices',
      {
        summary: 'Notices',
        body: [created('team', text), renamed(text, 'B'), renamed(text, text), archived('project', text)],
      },
    ],
    [
      'membershipFacts',
      {
        summary: 'In',
        facts: groups.membershipFacts([
          { ...team, role: 'admin' },
          { ...project, role: 'tester' },
        ]),
      },
    ],
    ['leftLines', { summary: 'Left', body: groups.leftLines(leftGroups(text, 14), 'leaves') }],
  ];
}

function obstaclesIn(text: string): Obstacle[] {
  const organizationId = newId('org');
  return [
    { code: 'is-billing-manager' },
    { code: 'not-of-the-organization', group: text, organizationId, organization: text },
    { code: 'higher-in-group', group: text, organizationId },
    { code: 'last-in-group', kind: 'project', group: text },
  ];
}

function changes(text: string): Named[] {
  const who = { memberId: newId('mem'), fullName: text, email: text, organization: text };
  const group = groupOf(text, 'project');
  const lines: GroupLine[] = [
    { ...who, to: 'tester' },
    { ...who, from: 'tester', to: 'test-lead' },
    { ...who, from: 'tester', to: 'tester' },
    { ...who, from: 'member' },
    who,
    ...obstaclesIn(text).map((obstacle): GroupLine => ({ ...who, to: 'member', obstacle })),
  ];
  const review = { draftId: newId('dra'), kind: 'team', name: text, people: 3 } as const;
  return [
    ['groupResult', groupChanges.groupResult({ group, lines }, [text])],
    ...lines.map((line): Named => ['groupResult', groupChanges.groupResult({ group, lines: [line] }, [])]),
    ['archiveReview', groupChanges.archiveReview({ ...review, projects: 1 })],
    ['archiveReview', groupChanges.archiveReview({ ...review, people: 1, projects: 0 })],
  ];
}
