import { expect, test } from 'vitest';
import { renderMessage } from '../../adapters/slack/render-message.ts';
import { renderPages, renderMessage as renderTeamsMessage } from '../../adapters/teams/render-message.ts';
import { newId } from '../../db/id.ts';
import { checkMessage } from '../../sandbox/slack/check-blocks.ts';
import { loadCardClient } from '../../sandbox/teams/card-client.ts';
import { checkCard, isTooBig } from '../../sandbox/teams/check-card.ts';
import type { EmailAddress } from '../../src/membership/email-address.ts';
import type { Event } from '../../src/membership/events.ts';
import type { PendingInvitation } from '../../src/membership/invitations/list-invitations.ts';
import type { ReviewLine } from '../../src/membership/invitations/review-invitations.ts';
import type { FoundPerson } from '../../src/membership/members/find-people.ts';
import type { ActiveMember } from '../../src/membership/members/list-members.ts';
import type { RemovedMember } from '../../src/membership/members/list-removed.ts';
import { auditList } from '../../src/messages/audit.ts';
import { batchReport } from '../../src/messages/batch-report.ts';
import { newsMessage, noticeMessage } from '../../src/messages/channel.ts';
import { groupResult } from '../../src/messages/group-changes.ts';
import { groupCard, groupList } from '../../src/messages/groups.ts';
import { assignResult, catalogue } from '../../src/messages/license-changes.ts';
import { memberLicenses } from '../../src/messages/licenses.ts';
import { memberList, personChoice } from '../../src/messages/members.ts';
import type { Message } from '../../src/messages/message.ts';
import { moveResult, moveReview } from '../../src/messages/moves.ts';
import { organizationList } from '../../src/messages/organizations.ts';
import { pendingList, revokeConfirmation, revokeResult } from '../../src/messages/pending.ts';
import { holderList, poolList } from '../../src/messages/pools.ts';
import { removalResult, removalReview, removedList } from '../../src/messages/removal.ts';
import { inviteResultMessage, reviewMessage } from '../../src/messages/review.ts';
import {
  accountAdminList,
  accountRoleResult,
  accountRoleReview,
  roleResult,
  roleReview,
} from '../../src/messages/roles.ts';
import { resendResult, selectionMessage } from '../../src/messages/selection.ts';
import { auditPage } from './about-audit.ts';
import { channelOf, noticeOf } from './about-channel.ts';
import { groupOf, leftGroups, personInGroup } from './about-groups.ts';
import { poolOf } from './about-licenses.ts';
import { selectionOf } from './about-selections.ts';
import { everyEvent } from './every-event.ts';
import { everyFilter } from './every-filter.ts';

const most = 10_000;
const name = 'N'.repeat(100);
/** The longest address there can be, another one for each number. */
const address = (at: number) =>
  `${String(at).padStart(64, 'a')}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}.ex` as EmailAddress;

function each<Row>(count: number, make: (at: number) => Row): Row[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** The most that a list can be narrowed to. */
const words = { text: 's'.repeat(200), filters: everyFilter(name) };

const client = await loadCardClient();

/** Checks a message against the limits of both platforms, and returns everything that can be read of it in Slack. */
function draw(message: Message): string {
  for (const { summary, card } of renderPages(message)) {
    expect(checkCard(card, client)).toEqual([]);
    expect(isTooBig({ summary, card })).toBe(false);
  }
  const drawn = renderMessage(message);
  expect(checkMessage(drawn)).toBeUndefined();
  expect(drawn.blocks.length).toBeLessThanOrEqual(50);
  // Slack cuts a message off beyond this, blocks and all.
  expect(JSON.stringify(drawn.blocks).length).toBeLessThan(100_000);
  return JSON.stringify(drawn.blocks);
}

const about = {
  draftId: newId('dra'),
  organization: name,
  role: 'user',
  groups: each(100, () => ({ groupId: newId('tea'), role: 'user' as const, group: groupOf(name) })),
  seats: each(4, () => ({ pool: poolOf(name), after: 1_000_000, missing: 0 })),
  ask: [] as string[],
  personalLine: 'p'.repeat(300),
} as const;

test.each<[string, (at: number) => ReviewLine]>([
  ['good', (at) => ({ verdict: 'will-be-invited', email: address(at) })],
  ['pending', (at) => ({ verdict: 'already-pending', email: address(at), invitationId: newId('inv') })],
  ['mistyped', (at) => ({ verdict: 'will-be-invited', email: address(at), suggestion: address(at + most) })],
  ['invalid', (at) => ({ verdict: 'not-an-address', text: `${at}${'x'.repeat(79)}` })],
  ['foreign', (at) => ({ verdict: 'member-of-another-organization', email: address(at), home: name })],
])('a review of ten thousand %s lines fits, and says how many it does not show', (kind, line) => {
  const shown = draw(reviewMessage({ ...about, lines: each(most, line) }));
  const [footnote] = /And 9,9\d\d more addresses, [^"]*/.exec(shown) ?? [];
  expect(footnote).toMatch(kind === 'good' ? /nothing odd about them\.$/ : /9,9\d\d of them as doubtful\.$/);
});

test('the doubtful lines of a long review are shown before the good ones', () => {
  const good = each(most - 1, (at): ReviewLine => ({ verdict: 'will-be-invited', email: address(at) }));
  const shown = draw(
    reviewMessage({ ...about, lines: [...good, { verdict: 'not-an-address', text: 'oops' }] }),
  );
  expect([shown.includes('"oops"'), shown.includes('nothing odd about them')]).toEqual([true, true]);
});

test('the result for ten thousand fits, the ones that were not sent first', () => {
  const lines = each(most, (at) => ({ email: address(at), outcome: 'invited' as const }));
  const last = { email: address(most), outcome: 'already-pending' as const };
  const shown = draw(inviteResultMessage({ organization: name, lines: [...lines, last] }));
  expect([shown.includes(address(most)), shown.includes('Invited 10,000 people')]).toEqual([true, true]);
});

test('a full page of pending invitations with the longest addresses fits', () => {
  const row = (at: number): PendingInvitation => ({
    ...{ id: newId('inv'), email: address(at), role: 'billing-manager', invitedBy: name },
    licenses: each(20, () => name.slice(0, 40)),
    ...{ sentAgo: 9_000_000, timeLeft: 2_000_000, delivery: 'unreachable' },
  });
  const page = { organization: name, rows: each(10, row), next: newId('inv'), tooMany: true, words } as const;
  const shown = draw(pendingList(page, { search: 's'.repeat(200), after: newId('inv'), notice: address(1) }));
  expect([0, 9].map((at) => shown.includes(address(at)))).toEqual([true, true]);
});

test('a full page of members with the longest names fits', () => {
  const row = (at: number): ActiveMember => ({
    ...{
      id: newId('mem'),
      fullName: name,
      email: address(at),
      role: 'billing-manager',
      joinedAt: new Date(),
      licenses: each(20, () => name.slice(0, 40)),
      lastAccessAgo: 9_000_000,
    },
  });
  const after = JSON.stringify([name, newId('mem')]);
  const page = { organization: name, rows: each(10, row), next: after, tooMany: true, words } as const;
  draw(memberList(page, { search: 's'.repeat(200), after }));
});

test('revoking hundreds is confirmed and reported in one message each', () => {
  const emails = each(100, address);
  expect(draw(revokeConfirmation(newId('dra'), emails)).includes('80 others')).toBe(true);
  draw(revokeResult(emails.map((email) => ({ email, outcome: 'revoked', now: true }))));
});

test('the report on ten thousand names the first ten of a kind', () => {
  const people = each(11, address);
  const kinds = { joined: people, declined: people, expired: people, unreachable: people };
  draw(
    batchReport({
      organizationId: newId('org'),
      organization: name,
      size: most,
      revoked: 7,
      sending: 0,
      ...kinds,
    }),
  );
});

const person = (at: number) => ({
  ...{ memberId: newId('mem'), fullName: name, email: address(at), organization: name },
});

test('a thousand roles are previewed and reported in one message each, what stays as it is first', () => {
  const left = leftGroups(name.slice(0, 60), 30);
  const lines = each(
    1_000,
    (at) => ({ ...person(at), from: 'user', to: 'billing-manager', leaves: left }) as const,
  );
  const obstacle = { code: 'is-account-admin' } as const;
  const odd = { ...person(most), from: 'user', to: 'billing-manager', obstacle } as const;
  const review = {
    role: 'billing-manager' as const,
    home: 'Risk',
    draftId: newId('dra'),
    lines: [...lines, odd],
  };
  const shown = draw(
    roleReview(
      review,
      each(100, () => name),
    ),
  );
  expect([shown.includes(address(most)), shown.includes('And 981 more people.')]).toEqual([true, true]);
  draw(roleResult([...lines, odd]));
  const inAccount = each(1_000, (at) => ({ ...person(at), from: 'user', to: 'account-admin' }) as const);
  draw(accountRoleReview({ accountRole: 'account-admin', draftId: newId('dra'), lines: inAccount }, []));
  draw(accountRoleResult(inAccount));
});

test('a thousand removals are previewed and reported in one message each', () => {
  const consequences = {
    ...{ invitations: { count: most, emails: each(3, address) } },
    ...{
      licenses: each(30, () => name.slice(0, 40)),
      machines: most,
      groups: leftGroups(name.slice(0, 60), 30),
    },
  };
  const lines = each(1_000, (at) => ({ ...person(at), role: 'user', consequences }) as const);
  expect(draw(removalReview({ draftId: newId('dra'), lines }, []))).toContain('And 980 more people.');
  draw(removalResult(lines.map((line) => ({ ...line, revoked: most, licenses: most }))));
});

test('a thousand moves and a full page of organizations fit into one message each', () => {
  const consequences = {
    ...{ freed: each(30, () => name.slice(0, 40)), kept: each(30, () => name.slice(0, 40)) },
    ...{ machines: most, invitations: most, groups: leftGroups(name.slice(0, 60), 30) },
  };
  const lines = each(1_000, (at) => ({ ...person(at), from: 'user', consequences }) as const);
  expect(draw(moveReview({ draftId: newId('dra'), to: name, role: 'user', lines }, []))).toContain(
    '980 more',
  );
  draw(moveResult({ to: name, lines: each(1_000, (at) => ({ ...person(at), freed: most })) }));
  const rows = each(10, () => ({ id: newId('org'), name, owner: name, members: most }));
  draw(organizationList({ account: name, rows, next: name }, { after: name, notice: name }));
});

test('a full page of pools, of holders and of the licences of one member fits', () => {
  const pools = each(10, () => ({ ...poolOf(name), seatsAreTheirs: true }));
  const actions = { assign: true, catalogue: true, dedicate: true };
  const key = JSON.stringify([name, name, newId('pol')]);
  draw(poolList({ organization: name, rows: pools, next: key, actions }, { product: name, after: key }));
  const holder = (at: number) => ({ ...person(at), memberId: newId('mem'), since: new Date() });
  const page = { pool: poolOf(name), mayAssign: true, rows: each(10, holder), next: key };
  draw(holderList(page, { after: key }));
  const member = { ...person(1), id: newId('mem'), organizationId: newId('org') } as const;
  const held = each(30, () => ({
    ...{ productId: newId('prd'), product: name.slice(0, 40), poolId: newId('pol'), source: name },
    machines: each(10, () => name),
  }));
  const sources = held.map(({ productId }) => poolOf(name, { productId }));
  const known = { ...member, role: 'user', accountRole: 'user', status: 'active' } as const;
  expect(draw(memberLicenses({ member: known, held, sources }))).toContain('There are more');
  const products = each(20, () => ({
    ...({ id: newId('prd'), name: name.slice(0, 40), kind: 'per-seat', retired: false } as const),
  }));
  draw(catalogue({ products, more: true }));
  const line = (at: number) => ({ ...person(at), outcome: 'assigned', pool: poolOf(name) }) as const;
  expect(draw(assignResult({ product: name, lines: each(1_000, line) }, []))).toContain(
    'And 980 more people.',
  );
});

test('a full page of teams, of their people, and a thousand people added fit', () => {
  const key = JSON.stringify([name, newId('tea')]);
  const rows = each(10, () => groupOf(name));
  const asked = { kind: 'team', search: 's'.repeat(200), after: key } as const;
  draw(groupList({ organization: name, mayCreate: true, mayBeIn: true, rows, next: key }, asked, name));
  const shown = { group: groupOf(name, 'project'), rows: each(10, () => personInGroup(name)), next: key };
  draw(groupCard({ ...shown, grantable: ['project-admin', 'user'] }, { after: key }, name));
  const line = (at: number) => ({ ...person(at), to: 'tester' }) as const;
  const result = { group: groupOf(name, 'project'), lines: each(1_000, line) };
  expect(draw(groupResult(result, []))).toContain('And 980 more people.');
});

test('a full page of removed members, twenty Account Admins and five people to choose from fit', () => {
  const row = (at: number) => ({
    ...{ id: newId('mem'), fullName: name, email: address(at), organization: name },
    ...{ removedAt: new Date(), removedBy: name, reason: 'removed', role: 'user', status: 'inactive' },
  });
  const rows = each(10, row) as unknown as RemovedMember[];
  const after = JSON.stringify([new Date().toISOString(), newId('mem')]);
  const page = { organization: name, rows, next: after, tooMany: true, words } as const;
  draw(removedList(page, { search: 's'.repeat(200), after }));
  draw(accountAdminList({ account: name, admins: each(20, row), total: most }));
  const people = each(5, row) as unknown as FoundPerson[];
  draw(personChoice({ text: 'n'.repeat(3_000), people, more: true }, { draftId: newId('dra'), place: 999 }));
});

test('a thousand news and a thousand invitations that run out soon fit into a message of a channel', () => {
  const line = (at: number) =>
    ({ what: 'removed', fullName: name, email: address(at), role: 'billing-manager', by: name }) as const;
  expect(draw(newsMessage(name, each(1_000, line)))).toContain('And 985 more people.');
  for (const kind of ['expiring', 'digest'] as const) {
    const notice = noticeOf(address(1), kind, kind === 'digest' ? 10 : 1_000);
    const message = noticeMessage(notice, channelOf(name));
    expect(draw(message).includes('10,000 or more')).toBe(kind === 'digest');
    const shared = renderTeamsMessage(message, { isRoom: true });
    expect(checkCard(shared.card, client)).toEqual([]);
    expect(isTooBig(shared)).toBe(false);
  }
});

test('ten thousand chosen are shown in one message', () => {
  for (const list of ['members', 'pending'] as const) {
    expect(draw(selectionMessage(selectionOf(address(1), list)))).toContain('And 9,980 more.');
  }
  draw(resendResult(each(most, (at) => ({ email: address(at), outcome: 'revoked' }))));
});

test('a full page of the audit log with the longest names fits', () => {
  const page = auditPage(
    name,
    each(14, (at) => everyEvent(address(at))[at] as Event),
  );
  draw(
    auditList(page, { search: 's'.repeat(200), after: 'k'.repeat(100), in: newId('org') }, 'Europe/Madrid'),
  );
});
