import { newId } from '../../db/id.ts';
import type { Finding } from '../../src/membership/members/find-people.ts';
import type { RemovedMember } from '../../src/membership/members/list-removed.ts';
import type { Obstacle } from '../../src/membership/members/obstacles.ts';
import type { MemberCard } from '../../src/membership/members/show-member.ts';
import * as longWork from '../../src/messages/long-work.ts';
import * as members from '../../src/messages/members.ts';
import type { Message } from '../../src/messages/message.ts';
import * as obstacles from '../../src/messages/obstacles.ts';
import * as removal from '../../src/messages/removal.ts';
import * as roles from '../../src/messages/roles.ts';
import { leftGroups } from './about-groups.ts';
import { everyFilter } from './every-filter.ts';

type Named = [builder: string, message: Message];

/** One of every kind. */
const everyObstacle: Obstacle[] = [
  ...(['change-role', 'grant-admin', 'remove', 'remove-admin', 'grant-account-admin'] as const).map(
    (right) => ({ code: 'not-allowed', right }) as const,
  ),
  ...(
    [
      'is-the-owner',
      'own-role-upwards',
      'is-account-admin',
      'last-account-admin',
      'not-an-active-member',
      'removing-yourself',
      'in-another-organization',
      'source-of-another-organization',
    ] as const
  ).map((code) => ({ code })),
];

/** Everything usher says about members, their roles and their going. */
export function aboutPeople(text: string): Named[] {
  return [...cards(text), ...changes(text), ...removals(text)];
}

function cardOf(text: string, more: Partial<MemberCard> = {}): MemberCard {
  return {
    member: {
      ...{ id: newId('mem'), organizationId: newId('org'), organization: text, fullName: text, email: text },
      ...{ role: 'billing-manager', accountRole: 'account-admin', status: 'active' },
    },
    ...{
      joinedAt: new Date(),
      invitedBy: text,
      removed: undefined,
      admins: [text, text],
      platforms: ['slack', 'teams'],
    },
    ...{ lastAccessAgo: 9_000, picture: 'https://pictures.example/1.png', timeZone: 'Asia/Kolkata' },
    details: { phone: text.slice(0, 40), whereToReach: text.slice(0, 200), employedSince: '2026-11-21' },
    licenses: [
      {
        ...{ productId: newId('prd'), product: text.slice(0, 40), poolId: newId('pol'), source: text },
        machines: [text.slice(0, 100)],
      },
    ],
    groups: [{ id: newId('tea'), kind: 'team', name: text, role: 'owner' }],
    actions: {
      ...{ roles: ['admin', 'user'], accountRole: 'user', transfer: true, remove: true },
      ...{ inviteBack: true, leave: true, licenses: true, groups: true, move: true, details: true },
    },
    ...more,
  };
}

function cards(text: string): Named[] {
  const person: Finding['people'][number] = {
    ...{ id: newId('mem'), fullName: text, email: text, organization: text },
    ...{ role: 'owner', status: 'inactive' },
  };
  const people: Finding['people'] = [person, { ...person, status: 'active' }];
  const finding = { text, people, more: true };
  const removed = { at: new Date(), by: text, reason: 'removed' } as const;
  return [
    ['memberCard', members.memberCard(cardOf(text), text)],
    [
      'memberCard',
      members.memberCard(
        cardOf(text, { removed, invitedBy: undefined, admins: undefined, picture: undefined }),
        'Asia/Tokyo',
      ),
    ],
    ['personChoice', members.personChoice(finding, { draftId: newId('dra'), place: 7 })],
    ['personChoice', members.personChoice(finding, members.toTransfer)],
    ['nothingChanged', members.nothingChanged()],
    ['roleOffer', roles.roleOffer(cardOf(text))],
  ];
}

function changes(text: string): Named[] {
  const who = { memberId: newId('mem'), fullName: text, email: text, organization: text };
  const roleLines = [
    { ...who, from: 'user', to: 'billing-manager', leaves: leftGroups(text) } as const,
    { ...who, from: 'billing-manager', to: 'billing-manager' } as const,
    ...everyObstacle.map((obstacle) => ({ ...who, from: 'owner', to: 'billing-manager', obstacle }) as const),
  ];
  const accountLines = [
    { ...who, from: 'user', to: 'account-admin' } as const,
    { ...who, from: 'account-admin', to: 'account-admin' } as const,
    ...everyObstacle.map((obstacle) => ({ ...who, from: 'user', to: 'account-admin', obstacle }) as const),
  ];
  const role = 'billing-manager';
  const accountRole = 'account-admin';
  const admin = { id: newId('mem'), fullName: text, email: text, organization: text };
  const draftId = newId('dra');
  return [
    ['roleReview', roles.roleReview({ role, home: text, draftId, lines: roleLines }, [text, text])],
    ['roleReview', roles.roleReview({ role, home: 'Risk', draftId, lines: roleLines.slice(0, 1) }, [])],
    ['roleReview', roles.roleReview({ role, home: text, lines: roleLines.slice(1) }, Array(7).fill(text))],
    ['roleResult', roles.roleResult(roleLines)],
    ['roleResult', roles.roleResult(roleLines.slice(1))],
    ['accountRoleReview', roles.accountRoleReview({ accountRole, draftId, lines: accountLines }, [text])],
    ['accountRoleResult', roles.accountRoleResult(accountLines)],
    ['accountAdminList', roles.accountAdminList({ account: text, admins: [admin, admin], total: 5 })],
    ['accountAdminList', roles.accountAdminList({ account: text, admins: [admin], total: 1 })],
    ['transferredMessage', roles.transferredMessage({ organization: text, newOwner: text })],
    ['whyNot', { summary: 'Why not', body: everyObstacle.map(obstacles.whyNot) }],
    ['unknownLine', { summary: 'Who not', body: obstacles.unknownLine([text, text]) }],
  ];
}

function removals(text: string): Named[] {
  const who = { memberId: newId('mem'), fullName: text, email: text, organization: text };
  const consequences = {
    ...{ invitations: { count: 5, emails: [text, text, text] } },
    ...{ licenses: [text.slice(0, 40)], machines: 2, groups: leftGroups(text) },
  };
  const nothing = { invitations: { count: 0, emails: [] }, licenses: [], machines: 0, groups: [] };
  const going = { ...who, role: 'billing-manager', consequences } as const;
  const staying = everyObstacle.map(
    (obstacle) => ({ ...who, role: 'owner', consequences: nothing, obstacle }) as const,
  );
  const draftId = newId('dra');
  const row = {
    ...{ id: newId('mem'), fullName: text, email: text, removedAt: new Date(), removedBy: text },
  };
  const rows: RemovedMember[] = [
    { ...row, reason: 'removed' },
    { ...row, reason: 'left' },
  ];
  const words = { text: text.slice(0, 150), filters: everyFilter(text) };
  const page = { organization: text, rows, next: text.slice(0, 100), tooMany: true, words } as const;
  const asked = { search: text.slice(0, 150), after: text.slice(0, 100), in: newId('org') };
  const revoked = 3;
  return [
    ['removalReview', removal.removalReview({ draftId, lines: [going, ...staying] }, [text])],
    ['removalReview', removal.removalReview({ draftId, lines: [{ ...going, consequences: nothing }] }, [])],
    ['removalReview', removal.removalReview({ lines: staying }, [])],
    [
      'removalResult',
      removal.removalResult([
        { ...who, revoked, licenses: 2 },
        ...staying.map((one) => ({ ...one, revoked: 0, licenses: 0 })),
      ]),
    ],
    ['removalResult', removal.removalResult([], 9_999)],
    ['removalResult', removal.removalResult([])],
    ['peopleProgress', longWork.peopleProgress('Removing', draftId, 10_000, 2_500)],
    ['peopleProgress', longWork.peopleProgress('Removing', draftId, 10_000, 0)],
    ['stopping', longWork.stopping()],
    ['leaveReview', removal.leaveReview({ draftId, organization: text, consequences })],
    ['leaveReview', removal.leaveReview({ draftId, organization: text, consequences: nothing })],
    ['leftMessage', removal.leftMessage({ organization: text, revoked })],
    ['leftMessage', removal.leftMessage({ organization: text, revoked: 0 })],
    ['removedList', removal.removedList(page, asked)],
    ['removedList', removal.removedList({ organization: text, rows: [], words }, asked)],
    ['removalWords', { summary: 'Gone', body: [removal.removalWords('removed', text)] }],
  ];
}
