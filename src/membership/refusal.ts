import type { AccountRole } from '../../db/schema.ts';
import type { GroupKind, GroupRole } from './groups/group.ts';
import type { OrganizationRole, Right } from './policy.ts';

/** Every way an operation can say no, and what the sentence about it needs to know. */
export interface Refusals {
  'workspace-not-connected': { mayFound: boolean; founders: readonly string[]; platform: 'slack' | 'teams' };
  'already-connected': { organization: string };
  'may-not-set-up': { founders: readonly string[]; platform: 'slack' | 'teams' };
  'name-is-empty': Record<string, never>;
  'not-a-member': { account: string; ask: string[] };
  'not-active': { account: string; ask: string[] };
  'not-allowed': { right: Right; organization: string; home?: string; ask: readonly string[] };
  'organization-exists': { organization: string };
  'organization-name-not-usable': Record<string, never>;
  'no-other-organization': Record<string, never>;
  'organization-not-found': { text?: string; nearest?: string };
  'too-many-addresses': { count: number; limit: number };
  'nobody-to-invite': Record<string, never>;
  'role-not-known': { text: string; roles: readonly OrganizationRole[] };
  'draft-is-gone': Record<string, never>;
  'invitation-not-found': Record<string, never>;
  'invitation-already-answered': { email: string; status: 'accepted' | 'declined' | 'revoked' };
  'invitation-not-valid': {
    reason: 'expired' | 'revoked' | 'accepted' | 'declined' | 'replaced' | 'unknown';
    organization?: string;
    contact?: string;
    invitationId?: string;
  };
  'invitation-for-somebody-else': { organization: string };
  'member-of-another-organization': { organization: string; home: string; ask: readonly string[] };
  'already-a-member': { organization: string };
  'asked-already': { organization: string };
  'nobody-named': { example: string };
  'not-all-said': { lacks: 'role' | GroupKind; example: string };
  /** `where` they were looked for, when that is not the whole account. */
  'person-not-found': { text: string; where?: string };
  'member-not-found': Record<string, never>;
  'too-many-people': { count: number; limit: number };
  'is-the-owner': { name: string; organization: string; you: boolean };
  'one-at-a-time': { example: string };
  'own-role-upwards': Record<string, never>;
  'is-account-admin': { name: string; ask: readonly string[] };
  'last-account-admin': { name: string; you: boolean };
  'not-an-active-member': { name: string; organization: string };
  'still-a-member': { name: string; organization: string };
  'removing-yourself': Record<string, never>;
  'is-there-already': { name: string; organization: string };
  'in-another-organization': { name: string; organization: string; home: string };
  'address-does-not-match': { name: string };
  'nobody-to-transfer-to': { organization: string };
  'source-of-another-organization': { name: string; organization: string };
  'product-not-found': { text: string; products: readonly string[] };
  'source-not-found': { text: string; product: string; sources: readonly string[] };
  'product-name-not-usable': Record<string, never>;
  'product-exists': { product: string };
  'not-enough-seats': { product: string; source: string | null; missing: number; ask: readonly string[] };
  'not-a-number-of-seats': { limit: number };
  'fewer-seats-than-used': { product: string; source: string | null; used: number; dedicated: number };
  'no-license': { name: string; product: string; you: boolean };
  'one-source-per-license': { product: string };
  'no-seats-at-all': Record<string, never>;
  'machine-id-is-empty': Record<string, never>;
  'group-not-found': { kind: GroupKind; text: string; nearest?: string };
  'group-is-archived': { kind: GroupKind; group: string };
  'group-in-several': { kind: GroupKind; group: string; organizations: readonly string[] };
  'group-name-not-usable': { kind: GroupKind };
  'group-exists': { kind: GroupKind; group: string; organization: string };
  'not-of-the-organization': { name: string; group: string; organization: string; ask: readonly string[] };
  'is-billing-manager': { name: string };
  'higher-in-group': { name: string; group: string; ask: readonly string[] };
  'last-in-group': { name: string; kind: GroupKind; group: string };
  'would-leave-groups': { name: string; groups: readonly string[] };
  'too-many-groups': { count: number; limit: number };
  'team-of-another-organization': { group: string; organization: string };
  'role-above-own': { group: string };
  'billing-manager-in-group': Record<string, never>;
  'not-in-group': { name: string; kind: GroupKind; group: string };
  'all-are-delivered': Record<string, never>;
  'file-too-big': { megabytes: number };
  'file-is-no-text': Record<string, never>;
  'file-not-to-be-had': Record<string, never>;
  'export-under-way': Record<string, never>;
  'export-not-found': Record<string, never>;
  'export-is-over': Record<string, never>;
  'settings-not-possible': Record<string, never>;
  'not-in-a-channel': { platform: 'slack' | 'teams' };
  'cannot-post-there': { platform: 'slack' | 'teams'; channel: string };
  'nobody-to-choose': Record<string, never>;
  'details-not-usable': { field: 'phone' | 'employedSince' };
  'filter-not-known': { filter: string; known: readonly string[]; nearest: string | undefined };
  'filter-value-not-known': {
    filter: string;
    value: string;
    known: readonly string[];
    nearest?: string;
    /** What is known are only examples. */
    examples?: true;
  };
  busy: Record<string, never>;
}

export type RefusalCode = keyof Refusals;

/** An operation said no. Nothing was changed; `messages/refusals.ts` has the sentence. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  readonly code: Code;
  readonly data: Refusals[Code];

  constructor(code: Code, data: Refusals[Code]) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.data = data;
  }
}

/** Whether an error is this refusal. */
export function isRefusal<Code extends RefusalCode>(error: unknown, code: Code): error is Refusal<Code> {
  return error instanceof Refusal && error.code === code;
}

/** The account roles in words. */
export const accountRoleNames: Record<AccountRole, string> = {
  'account-admin': 'Account Admin',
  user: 'User',
};

/** The roles in teams and projects in words. */
export const groupRoleNames: Record<GroupRole, string> = {
  owner: 'Owner',
  admin: 'Admin',
  user: 'User',
  'project-admin': 'Project Admin',
  'test-lead': 'Test Lead',
  tester: 'Tester',
  member: 'Member',
};

/** The roles in words, for refusals and messages alike. */
export const roleNames: Record<OrganizationRole, string> = {
  owner: 'Owner',
  admin: 'Admin',
  'billing-manager': 'Billing Manager',
  user: 'User',
};
