import { newId } from '../../db/id.ts';
import type { Right } from '../../src/membership/policy.ts';
import { Refusal, type RefusalCode, type Refusals } from '../../src/membership/refusal.ts';

type Data<Code extends RefusalCode> = (text: string) => Refusals[Code][];

const nothing = () => [{}];
const organization = (text: string) => [{ organization: text }];
const rights: Right[] = [
  ...(['invite', 'invite-admin', 'manage-invitations', 'see-members', 'change-role', 'grant-admin'] as const),
  ...(['remove', 'remove-admin', 'transfer', 'grant-account-admin', 'leave', 'settings'] as const),
  ...([
    'see-licenses',
    'assign-licenses',
    'dedicate-seats',
    'manage-subscription',
    'read-audit',
    'manage-groups',
    'edit-details',
  ] as const),
];
const reasons = ['expired', 'revoked', 'accepted', 'declined', 'replaced', 'unknown'] as const;
const statuses = ['accepted', 'declined', 'revoked'] as const;

/** What every refusal can know, by its code; a code without data does not compile. */
const data: { [Code in RefusalCode]: Data<Code> } = {
  'workspace-not-connected': (text) => [
    { mayFound: true, founders: [], platform: 'slack' },
    { mayFound: false, founders: [text], platform: 'slack' },
    { mayFound: false, founders: [], platform: 'teams' },
  ],
  'already-connected': organization,
  'may-not-set-up': (text) => [
    { founders: [text], platform: 'slack' },
    { founders: [], platform: 'teams' },
  ],
  'name-is-empty': nothing,
  'not-a-member': (text) => [{ account: text, ask: [text, text] }],
  'not-active': (text) => [{ account: text, ask: [text] }],
  'not-allowed': (text) =>
    rights.flatMap((right) => [
      { right, organization: text, ask: [text, text] },
      { right, organization: text, ask: [] },
      { right, organization: text, home: text, ask: [text] },
    ]),
  'organization-exists': organization,
  'organization-name-not-usable': nothing,
  'no-other-organization': nothing,
  'is-there-already': (text) => [{ name: text, organization: text }],
  'organization-not-found': (text) => [{}, { text }, { text, nearest: text }],
  'too-many-addresses': () => [{ count: 12_345, limit: 10_000 }],
  'nobody-to-invite': nothing,
  'role-not-known': (text) => [{ text, roles: ['user', 'billing-manager', 'admin'] }],
  'draft-is-gone': nothing,
  'invitation-not-found': nothing,
  'invitation-already-answered': (text) => statuses.map((status) => ({ email: text, status })),
  'invitation-not-valid': (text) =>
    reasons.flatMap((reason) => [
      { reason },
      { reason, organization: text, contact: text, invitationId: newId('inv') },
    ]),
  'invitation-for-somebody-else': organization,
  'member-of-another-organization': (text) => [
    { organization: text, home: text, ask: [text, text] },
    { organization: text, home: text, ask: [] },
  ],
  'already-a-member': organization,
  'asked-already': organization,
  'nobody-named': () => [{ example: '/usher who ana@acme.com' }],
  'not-all-said': () => [
    { lacks: 'role', example: '/usher team role ana@acme.com in QA admin' },
    { lacks: 'project', example: '/usher project remove ana@acme.com from Payments app' },
  ],
  'person-not-found': (text) => [{ text }, { text, where: text }],
  'member-not-found': nothing,
  'too-many-people': () => [{ count: 1_234, limit: 1_000 }],
  'is-the-owner': (text) => [true, false].map((you) => ({ name: text, organization: text, you })),
  'one-at-a-time': () => [{ example: '/usher who ana@acme.com' }],
  'own-role-upwards': nothing,
  'is-account-admin': (text) => [
    { name: text, ask: [text] },
    { name: text, ask: [] },
  ],
  'last-account-admin': (text) => [true, false].map((you) => ({ name: text, you })),
  'not-an-active-member': (text) => [{ name: text, organization: text }],
  'still-a-member': (text) => [{ name: text, organization: text }],
  'removing-yourself': nothing,
  'in-another-organization': (text) => [{ name: text, organization: text, home: text }],
  'address-does-not-match': (text) => [{ name: text }],
  'nobody-to-transfer-to': organization,
  'source-of-another-organization': (text) => [{ name: text, organization: text }],
  'product-not-found': (text) => [
    { text, products: [text, text] },
    { text: '', products: [] },
  ],
  'source-not-found': (text) => [
    { text, product: text, sources: [text, 'account'] },
    { text: '', product: '', sources: [] },
  ],
  'product-name-not-usable': nothing,
  'product-exists': (text) => [{ product: text }],
  'not-enough-seats': (text) => [
    { product: text.slice(0, 40), source: text, missing: 2, ask: [text] },
    { product: text.slice(0, 40), source: null, missing: 1, ask: [] },
  ],
  'not-a-number-of-seats': () => [{ limit: 1_000_000 }],
  'fewer-seats-than-used': (text) => [
    { product: text, source: text, used: 3, dedicated: 0 },
    { product: text, source: null, used: 1, dedicated: 2 },
  ],
  'no-license': (text) => [true, false].map((you) => ({ name: text, product: text, you })),
  'one-source-per-license': (text) => [{ product: text }],
  'no-seats-at-all': nothing,
  'machine-id-is-empty': nothing,
  'group-not-found': (text) => [
    { kind: 'team', text, nearest: text },
    { kind: 'project', text },
    { kind: 'team', text: '' },
  ],
  'group-is-archived': (text) => [{ kind: 'project', group: text }],
  'group-in-several': (text) => [{ kind: 'team', group: text, organizations: [text, text] }],
  'group-name-not-usable': () => [{ kind: 'team' }],
  'group-exists': (text) => [{ kind: 'team', group: text, organization: text }],
  'not-of-the-organization': (text) => [
    { name: text, group: text, organization: text, ask: [text] },
    { name: text, group: text, organization: text, ask: [] },
  ],
  'is-billing-manager': (text) => [{ name: text }],
  'higher-in-group': (text) => [
    { name: text, group: text, ask: [text] },
    { name: text, group: text, ask: [] },
  ],
  'last-in-group': (text) =>
    (['team', 'project'] as const).map((kind) => ({ name: text, kind, group: text })),
  'not-in-group': (text) => [{ name: text, kind: 'team', group: text }],
  'too-many-groups': () => [{ count: 101, limit: 100 }],
  'team-of-another-organization': (text) => [{ group: text, organization: text }],
  'role-above-own': (text) => [{ group: text }],
  'billing-manager-in-group': nothing,
  'would-leave-groups': (text) => [{ name: text, groups: [text, text] }],
  'all-are-delivered': nothing,
  'file-too-big': () => [{ megabytes: 2 }],
  'file-is-no-text': nothing,
  'file-not-to-be-had': nothing,
  'export-under-way': nothing,
  'export-not-found': nothing,
  'export-is-over': nothing,
  'settings-not-possible': nothing,
  'not-in-a-channel': () => [{ platform: 'slack' }, { platform: 'teams' }],
  'cannot-post-there': (text) => [
    { platform: 'slack', channel: text },
    { platform: 'teams', channel: text },
  ],
  'nobody-to-choose': nothing,
  'details-not-usable': () => [{ field: 'phone' }, { field: 'employedSince' }],
  'filter-not-known': (text) => [{ filter: text, known: ['role', 'idle'], nearest: 'role' }],
  'filter-value-not-known': (text) => [
    {
      filter: 'license',
      value: text,
      known: [text.slice(0, 40), text.slice(0, 40)],
      nearest: text.slice(0, 40),
    },
    { filter: 'idle', value: '', known: ['30d'], examples: true },
    { filter: 'team', value: text, known: [] },
  ],
  busy: nothing,
};

export const refusalCodes = Object.keys(data) as RefusalCode[];

/** Every refusal there is, with this text wherever people's words can stand. */
export function everyRefusal(text: string): Refusal[] {
  return refusalCodes.flatMap((code) => data[code](text).map((known) => new Refusal(code, known as never)));
}
