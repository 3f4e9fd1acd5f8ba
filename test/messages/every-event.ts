import { newId } from '../../db/id.ts';
import type { ChannelName, Event } from '../../src/membership/events.ts';
import type { GroupId, GroupKind } from '../../src/membership/groups/group.ts';

type Name = Event['name'];

type OfKind<Kind extends GroupKind> = {
  [Each in Extract<Name, `${Kind}.${string}`>]: Event & { name: Each };
};

function groupEvents<Kind extends GroupKind>(kind: Kind, groupId: GroupId, text: string): OfKind<Kind> {
  const memberId = newId('mem');
  const role = kind === 'team' ? 'user' : 'tester';
  const events = {
    [`${kind}.created`]: { name: `${kind}.created`, groupId, group: text },
    [`${kind}.renamed`]: { name: `${kind}.renamed`, groupId, from: text, to: text },
    [`${kind}.archived`]: { name: `${kind}.archived`, groupId },
    [`${kind}.passed`]: { name: `${kind}.passed`, groupId, from: memberId, to: newId('mem') },
    [`${kind}.member-added`]: { name: `${kind}.member-added`, groupId, memberId, role },
    [`${kind}.member-role-changed`]: {
      ...{ name: `${kind}.member-role-changed`, groupId, memberId, from: role, to: role },
    },
    [`${kind}.member-left`]: { name: `${kind}.member-left`, groupId, memberId },
  };
  return events as unknown as OfKind<Kind>;
}

/** One of every event, with this text wherever people's words can stand; an event without one does not compile. */
export function everyEvent(text: string): Event[] {
  const memberId = newId('mem');
  const organizationId = newId('org');
  const seat = { productId: newId('prd'), poolId: newId('pol') };
  const about = { invitationId: newId('inv'), batchId: newId('bat'), email: text };
  const exportId = newId('exp');
  const settings = { linkLifetime: 60, remindersBeforeEnd: [30], quietFrom: 21, quietUntil: 8 };
  const events: { [Each in Name]: Event & { name: Each } } = {
    'organization.set-up': { name: 'organization.set-up', organizationId, organization: text },
    'organization.transferred': {
      ...{ name: 'organization.transferred', organizationId, from: memberId, to: newId('mem') },
    },
    'organization.settings-changed': {
      ...{ name: 'organization.settings-changed', organizationId },
      ...{ from: settings, to: { ...settings, quietFrom: 20, quietUntil: 9 } },
    },
    'organization.channel-changed': {
      ...{ name: 'organization.channel-changed', organizationId },
      ...{ from: channelOf('C1', text), to: channelOf('C2', text) },
    },
    'organization.created': {
      name: 'organization.created',
      organizationId,
      organization: text,
      owner: memberId,
    },
    'organization.renamed': { name: 'organization.renamed', organizationId, from: text, to: text },
    'member.moved': {
      ...{ name: 'member.moved', memberId, from: organizationId, to: newId('org'), role: 'user' },
      licenses: [seat.productId],
    },
    'member.arrived': { name: 'member.arrived', memberId, from: organizationId, role: 'user' },
    'member.role-changed': { name: 'member.role-changed', memberId, from: 'user', to: 'admin' },
    'member.account-role-changed': {
      ...{ name: 'member.account-role-changed', memberId, from: 'account-admin', to: 'user' },
    },
    'member.details-changed': {
      ...{ name: 'member.details-changed', memberId },
      ...{ from: { phone: text, whereToReach: null, employedSince: null } },
      ...{ to: { phone: null, whereToReach: text, employedSince: '2026-11-21' } },
    },
    'member.removed': { name: 'member.removed', memberId, reason: 'left', licenses: [seat.productId] },
    'license.assigned': { name: 'license.assigned', memberId, ...seat },
    'license.moved': { name: 'license.moved', memberId, ...seat, from: newId('pol') },
    'license.taken-back': { name: 'license.taken-back', memberId, ...seat },
    'machine.registered': {
      ...{ name: 'machine.registered', memberId, productId: seat.productId, machineId: text },
    },
    'pool.seats-set': { name: 'pool.seats-set', ...seat, from: 10, to: 12_000 },
    'pool.running-out': { name: 'pool.running-out', ...seat, percent: 75 },
    'product.added': {
      ...{ name: 'product.added', productId: seat.productId, product: text, kind: 'per-seat' },
    },
    'product.renamed': { name: 'product.renamed', productId: seat.productId, from: text, to: text },
    'product.retired': { name: 'product.retired', productId: seat.productId },
    'product.restored': { name: 'product.restored', productId: seat.productId },
    ...groupEvents('team', newId('tea'), text),
    ...groupEvents('project', newId('prj'), text),
    'export.requested': { name: 'export.requested', exportId, content: 'members' },
    'export.accepted': { name: 'export.accepted', exportId },
    'export.declined': { name: 'export.declined', exportId },
    'export.cancelled': { name: 'export.cancelled', exportId },
    'export.expired': { name: 'export.expired', exportId },
    'export.failed': { name: 'export.failed', exportId, reason: 'failed' },
    'export.sent': { name: 'export.sent', exportId, content: 'audit', rows: 12_000 },
    'workspace.connected': { name: 'workspace.connected', platform: 'teams', workspaceId: 'T1' },
    'invitation.sent': { name: 'invitation.sent', role: 'user', licenses: [seat], ...about },
    'invitation.resent': { name: 'invitation.resent', ...about },
    'invitation.link-copied': { name: 'invitation.link-copied', ...about },
    'invitation.revoked': { name: 'invitation.revoked', ...about },
    'invitation.accepted': { name: 'invitation.accepted', memberId, role: 'user', ...about },
    'invitation.declined': { name: 'invitation.declined', ...about },
    'invitation.reminder-due': { name: 'invitation.reminder-due', ...about },
    'invitation.expired': { name: 'invitation.expired', ...about },
    'invitation.requested': { name: 'invitation.requested', ...about },
  };
  return Object.values(events);
}

function channelOf(channelId: string, name: string): ChannelName {
  return { platform: 'slack', workspaceId: 'T1', channelId, name };
}
