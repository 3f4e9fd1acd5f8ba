import { newId } from '../../db/id.ts';
import type { EmailAddress } from '../../src/membership/email-address.ts';
import type { InvitationFacts } from '../../src/membership/invitations/find-invitation.ts';
import type { PendingInvitation } from '../../src/membership/invitations/list-invitations.ts';
import type { ActiveMember } from '../../src/membership/members/list-members.ts';
import type { Standing } from '../../src/membership/policy.ts';
import * as audit from '../../src/messages/audit.ts';
import * as batchReports from '../../src/messages/batch-report.ts';
import * as changes from '../../src/messages/changes.ts';
import * as channel from '../../src/messages/channel.ts';
import * as exports from '../../src/messages/exports.ts';
import * as groupChanges from '../../src/messages/group-changes.ts';
import * as groups from '../../src/messages/groups.ts';
import * as invitations from '../../src/messages/invitations.ts';
import * as licenseChanges from '../../src/messages/license-changes.ts';
import * as licenses from '../../src/messages/licenses.ts';
import * as lists from '../../src/messages/lists.ts';
import * as longWork from '../../src/messages/long-work.ts';
import * as members from '../../src/messages/members.ts';
import type { Message } from '../../src/messages/message.ts';
import * as moves from '../../src/messages/moves.ts';
import * as obstacles from '../../src/messages/obstacles.ts';
import * as organizations from '../../src/messages/organizations.ts';
import * as pending from '../../src/messages/pending.ts';
import * as pools from '../../src/messages/pools.ts';
import * as refusals from '../../src/messages/refusals.ts';
import * as removal from '../../src/messages/removal.ts';
import * as review from '../../src/messages/review.ts';
import * as roles from '../../src/messages/roles.ts';
import * as selection from '../../src/messages/selection.ts';
import * as settings from '../../src/messages/settings.ts';
import * as welcome from '../../src/messages/welcome.ts';
import { aboutAudit } from './about-audit.ts';
import { aboutOrganization } from './about-channel.ts';
import { aboutFiles } from './about-files.ts';
import { aboutGroups, groupOf } from './about-groups.ts';
import { aboutLicenses, poolOf } from './about-licenses.ts';
import { aboutOrganizations } from './about-organizations.ts';
import { aboutPeople } from './about-people.ts';
import { aboutSelections } from './about-selections.ts';
import { everyFilter } from './every-filter.ts';

/** Every module that words something, by file. */
export const modules = {
  'batch-report': batchReports,
  exports,
  audit,
  groups,
  'group-changes': groupChanges,
  changes,
  channel,
  invitations,
  'license-changes': licenseChanges,
  licenses,
  lists,
  'long-work': longWork,
  members,
  moves,
  obstacles,
  organizations,
  pending,
  pools,
  refusals,
  removal,
  review,
  roles,
  selection,
  settings,
  welcome,
};

/** Draws on every builder there is, with this text wherever people's words can stand; named by the builder. */
export function everyMessage(text: string): [builder: string, message: Message][] {
  return [
    ...aboutInvitations(text),
    ...aboutLists(text),
    ...aboutPeople(text),
    ...aboutAudit(text),
    ...aboutSelections(text),
    ...aboutLicenses(text),
    ...aboutGroups(text),
    ...aboutReviews(text),
    ...aboutFiles(text),
    ...greetings(text),
    ...aboutOrganization(text),
  ].flatMap(([name, message]) => (message ? [[name, message]] : []));
}

type Named = [builder: string, message: Message | undefined];

function invitationOf(text: string, more: Partial<InvitationFacts> = {}): InvitationFacts {
  return {
    ...{ id: newId('inv'), batchId: newId('bat'), accountId: newId('acc'), organizationId: newId('org') },
    ...{ organization: text, email: text, role: 'billing-manager', personalLine: text, status: 'pending' },
    licenses: [text.slice(0, 40)],
    groups: [{ kind: 'team', name: text, role: 'admin' }],
    ...{ generation: 1, delivery: 'sending', expiresAt: new Date(), expired: false, asked: false },
    inviter: { name: text, email: text },
    contact: text,
    ...more,
  };
}

function aboutInvitations(text: string): Named[] {
  const invitation = invitationOf(text);
  const expired = invitationOf(text, { expired: true });
  const settled = (more: Partial<InvitationFacts>, generation = 1): Named => [
    'settledInvitation',
    invitations.settledInvitation(invitationOf(text, more), generation, [text, text]),
  ];
  const people = [text, text, text];
  return [
    ['invitationMessage', invitations.invitationMessage(invitation, text, 'invite')],
    ['invitationMessage', invitations.invitationMessage(invitation, 'Asia/Tokyo', 'remind')],
    ...(['accepted', 'declined', 'revoked'] as const).map((status) => settled({ status })),
    ...[settled({ generation: 2 }), settled({ expired: true }), settled({ expired: true, asked: true })],
    ['askedMessage', invitations.askedMessage(text)],
    ['requestMessage', invitations.requestMessage(expired)],
    ['requestSettled', invitations.requestSettled(invitation)],
    ['requestSettled', invitations.requestSettled(invitationOf(text, { status: 'revoked' }))],
    ['linkMessage', invitations.linkMessage(invitation)],
    [
      'batchReport',
      batchReports.batchReport({
        ...{ organizationId: newId('org'), organization: text, size: 12, revoked: 1, sending: 0 },
        ...{ joined: people, declined: people, expired: people, unreachable: people },
      }),
    ],
  ];
}

function aboutLists(text: string): Named[] {
  const row: PendingInvitation = {
    ...{ id: newId('inv'), email: text, role: 'user', invitedBy: text, licenses: [text.slice(0, 40)] },
    ...{ sentAgo: 7_000, timeLeft: -5, delivery: 'unreachable' },
  };
  const member: ActiveMember = {
    id: newId('mem'),
    fullName: text,
    email: text,
    role: 'owner',
    joinedAt: new Date(),
    licenses: [text.slice(0, 40), text.slice(0, 40)],
    lastAccessAgo: 90_000,
  };
  const words = { text: text.slice(0, 150), filters: everyFilter(text) };
  const page = { organization: text, next: text.slice(0, 100), tooMany: true, words } as const;
  const asked = { search: text.slice(0, 150), after: text.slice(0, 100), notice: text, in: newId('org') };
  const link = { email: text, url: `https://usher.example/join/${'A'.repeat(70)}`, expiresAt: new Date() };
  return [
    ['pendingList', pending.pendingList({ ...page, rows: [row, row] }, asked)],
    ['pendingList', pending.pendingList({ organization: text, rows: [], words }, asked)],
    ['copiedLink', pending.copiedLink({ ...link, renewed: true }, text)],
    ['revokeConfirmation', pending.revokeConfirmation(newId('dra'), [text, text])],
    ['revokeResult', pending.revokeResult([{ email: text, outcome: 'revoked', now: true }])],
    ['revokeResult', pending.revokeResult([{ email: text, outcome: 'accepted', now: false }])],
    ['revokeKept', pending.revokeKept()],
    ['resendNotice', { summary: pending.resendNotice([{ email: text, outcome: 'resent' }]) }],
    ['resendNotice', { summary: pending.resendNotice([{ email: text, outcome: 'declined' }]) }],
    ['resendNotice', { summary: pending.resendNotice([]) }],
    ['memberList', members.memberList({ ...page, rows: [{ ...member, licenses: [] }, member] }, asked)],
    ['memberList', members.memberList({ organization: text, rows: [], words }, asked)],
    ['narrowedTo', { summary: `List${lists.narrowedTo(words)}` }],
    [
      'filterWords',
      { summary: 'Filters', body: everyFilter(text).map((filter) => `By ${lists.filterWords(filter)}`) },
    ],
    ['lengthOf', { summary: lists.lengthOf('30d') }],
    [
      'carriedOn',
      { summary: 'List', buttons: [{ label: 'Turn', action: { do: 'members', ...lists.carriedOn(asked) } }] },
    ],
    ['tooManyNote', { summary: 'List', ...lists.tooManyNote({ tooMany: true }) }],
    ['navigation', { summary: 'List', buttons: lists.navigation('removed', { ...page, rows: [] }, asked) }],
  ];
}

function aboutReviews(text: string): Named[] {
  const email = text.slice(0, 254) as EmailAddress;
  const lines = [
    { verdict: 'not-an-address', text },
    ...(['bot', 'guest', 'elsewhere', 'gone', 'hidden'] as const).map((why) => ({
      ...({ verdict: 'unknown-mention', text, why } as const),
    })),
    { verdict: 'will-be-invited', email, suggestion: 'ana@gmail.com' as EmailAddress, sharedMailbox: true },
    { verdict: 'will-come-back', email },
    { verdict: 'already-pending', email, invitationId: newId('inv') },
    { verdict: 'already-a-member', email },
    { verdict: 'member-of-another-organization', email, home: text },
  ] as const;
  const about = {
    ...({ draftId: newId('dra'), organization: text, role: 'admin', personalLine: text } as const),
    seats: [
      { pool: poolOf(text), after: 13, missing: 0 },
      { pool: poolOf(text, { kind: 'per-concurrent-use' }), after: 13, missing: 0 },
    ],
    groups: [{ groupId: newId('tea'), role: 'user' as const, group: groupOf(text) }],
    ask: [],
  };
  const short = { ...about, seats: [{ pool: poolOf(text), after: 17, missing: 2 }], ask: [text] };
  const outcomes = (['invited', 'already-pending', 'already-a-member'] as const).map((outcome) => ({
    ...{ email, outcome },
  }));
  return [
    ['reviewMessage', review.reviewMessage({ ...about, lines: [...lines] })],
    ['reviewMessage', review.reviewMessage({ ...about, lines: lines.slice(0, 2) })],
    ['reviewMessage', review.reviewMessage({ ...short, lines: [...lines] })],
    ['inviteResultMessage', review.inviteResultMessage({ organization: text, lines: outcomes })],
    ['inviteResultMessage', review.inviteResultMessage({ organization: text, lines: [] })],
    ['inviteCancelled', review.inviteCancelled()],
  ];
}

function greetings(text: string): Named[] {
  const standing = { role: 'owner', accountRole: 'user', organization: text } as Standing;
  const offered = { word: 'invite', does: text, example: text };
  return [
    ['helpMessage', welcome.helpMessage(standing, [offered, { ...offered, word: 'pending' }])],
    ['setUpMessage', welcome.setUpMessage({ organization: text })],
    ['connectOffer', welcome.connectOffer(text)],
    ['connectedMessage', welcome.connectedMessage({ account: text })],
    ['answeredPrivately', welcome.answeredPrivately(text)],
    ['installFirst', welcome.installFirst(text)],
    ...aboutOrganizations(text),
    ['unknownOrganization', organizations.unknownOrganization({ summary: text, body: [text] }, text, {})],
    ['unknownOrganization', organizations.unknownOrganization({ summary: text }, text, { nearest: text })],
    ['misunderstoodMessage', welcome.misunderstoodMessage(text, offered)],
    ['misunderstoodMessage', welcome.misunderstoodMessage(text, undefined)],
    ['failureMessage', refusals.failureMessage('1A2B3C4D')],
    ['outsiderMessage', refusals.outsiderMessage()],
    ['staleMessage', refusals.staleMessage()],
    ['tooLateMessage', refusals.tooLateMessage()],
  ];
}
