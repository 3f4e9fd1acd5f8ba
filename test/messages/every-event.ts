import { newId } from '../../db/id.ts';
import type { Event } from '../../src/membership/events.ts';

type Name = Event['name'];

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
    'member.role-changed': { name: 'member.role-changed', memberId, from: 'user', to: 'admin' },
    'member.account-role-changed': {
      ...{ name: 'member.account-role-changed', memberId, from: 'account-admin', to: 'user' },
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
