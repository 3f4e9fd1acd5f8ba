import type { ExportContent } from '../../db/export-schema.ts';
import type { Event } from '../membership/events.ts';
import { roleNames } from '../membership/refusal.ts';
import type { Say, Sentences } from './audit-say.ts';
import { count, list } from './words.ts';

/** What happened to invitations. */
export const aboutInvitations: Sentences<Extract<Event['name'], `invitation.${string}`>> = {
  'invitation.sent': ({ email, role, licenses = [], groups = [] }, { who, name }) => {
    const products = licenses.map(({ productId }) => name(productId));
    const gifts = products.length > 0 ? ` with ${list(products)}` : '';
    const into = groups.length > 0 ? ` into ${list(groups.map(({ groupId }) => name(groupId)))}` : '';
    return `${who} invited ${email} as ${roleNames[role]}${into}${gifts}`;
  },
  'invitation.resent': ({ email }, { who }) => `${who} sent the invitation of ${email} again`,
  'invitation.link-copied': ({ email }, { who }) => `${who} copied the link of ${email}`,
  'invitation.revoked': ({ email }, { who }) => `${who} revoked the invitation of ${email}`,
  'invitation.accepted': ({ memberId, role }, { name }) => `${name(memberId)} joined as ${roleNames[role]}`,
  'invitation.declined': ({ email }) => `${email} declined the invitation`,
  'invitation.reminder-due': ({ email }) => `${email} was reminded of the invitation`,
  'invitation.expired': ({ email }) => `The invitation of ${email} ran out`,
  'invitation.requested': ({ email }) => `${email} asked for a new invitation`,
};

/** What happened to licences, their seats and the catalogue. */
export const aboutLicenses: Sentences<
  Extract<Event['name'], `${'license' | 'machine' | 'pool' | 'product'}.${string}`>
> = {
  'license.assigned': ({ memberId, productId, poolId }, { who, name }) =>
    `${who} gave ${name(memberId)} ${name(productId)} from ${source(poolId, name)}`,
  'license.moved': ({ memberId, productId, poolId, from }, { who, name }) =>
    `${who} gave ${name(memberId)} ${name(productId)} from ${source(poolId, name)} instead of ${source(from, name)}`,
  'license.taken-back': ({ memberId, productId }, { who, name }) =>
    `${who} took ${name(productId)} back from ${name(memberId)}`,
  'machine.registered': ({ memberId, productId }, { name }) =>
    `${name(memberId)} registered a machine for ${name(productId)}`,
  'pool.seats-set': ({ poolId, productId, from, to }, { who, name }) =>
    `${who} set the seats of ${name(productId)} in ${source(poolId, name)} to ${number(to)} (were ${number(from)})`,
  'pool.running-out': ({ poolId, productId, percent }, { name }) =>
    percent === 100
      ? `The last seat of ${name(productId)} in ${source(poolId, name)} was taken`
      : `${percent} % of the seats of ${name(productId)} in ${source(poolId, name)} were taken`,
  'product.added': ({ productId }, { who, name }) => `${who} added the product ${name(productId)}`,
  'product.renamed': ({ from, to }, { who }) => `${who} renamed the product ${from} to ${to}`,
  'product.retired': ({ productId }, { who, name }) => `${who} retired the product ${name(productId)}`,
  'product.restored': ({ productId }, { who, name }) => `${who} offers the product ${name(productId)} again`,
};

/** Seats of no organization are the account's. */
function source(poolId: string, name: Say['name']): string {
  return name(poolId) || 'the account';
}

function number(seats: number): string {
  return seats.toLocaleString('en');
}

const files: Record<ExportContent, string> = { members: 'the members', audit: 'the audit log' };

/** What happened to files people asked for. */
export const aboutExports: Sentences<Extract<Event['name'], `export.${string}`>> = {
  'export.requested': ({ content }, { who }) => `${who} asked for a file of ${files[content]}`,
  'export.accepted': (_, { who }) => `${who} accepted the file`,
  'export.declined': (_, { who }) => `${who} declined the file`,
  'export.cancelled': (_, { who }) => `${who} cancelled an export`,
  'export.expired': () => 'The offer of a file ran out',
  'export.failed': ({ reason }, { who }) =>
    reason === 'failed'
      ? `The file for ${who} could not be sent`
      : `${who} got no file: their role had changed`,
  'export.sent': ({ content, rows }, { who }) =>
    `${who} got a file of ${files[content]} with ${count(rows, 'line')}`,
};
