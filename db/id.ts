import { randomBytes } from 'node:crypto';

/** What an id is the id of: the part before the underscore. */
export type IdPrefix =
  | 'acc'
  | 'org'
  | 'mem'
  | 'inv'
  | 'bat'
  | 'dra'
  | 'aud'
  | 'prd'
  | 'pol'
  | 'asg'
  | 'tea'
  | 'prj'
  | 'not'
  | 'exp';

/** A prefixed id: the kind of thing, an underscore, and 16 bytes as hexadecimal digits. */
export type Id<Prefix extends IdPrefix> = `${Prefix}_${string}`;

export type AccountId = Id<'acc'>;
export type OrganizationId = Id<'org'>;
export type MemberId = Id<'mem'>;
export type InvitationId = Id<'inv'>;
export type BatchId = Id<'bat'>;
export type DraftId = Id<'dra'>;
export type ProductId = Id<'prd'>;
export type PoolId = Id<'pol'>;
export type NoticeId = Id<'not'>;
export type AssignmentId = Id<'asg'>;
export type TeamId = Id<'tea'>;
export type ProjectId = Id<'prj'>;
export type ExportId = Id<'exp'>;

let latest = { at: 0, count: 0 };

/**
 * Makes an id that sorts by age: 48 bits of milliseconds, 16 that count within one, so that what one process makes
 * stays in order, and 64 random ones.
 */
export function newId<Prefix extends IdPrefix>(prefix: Prefix): Id<Prefix> {
  const at = Math.max(Date.now(), latest.at);
  latest = { at, count: at === latest.at ? latest.count + 1 : 0 };
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt16BE(latest.count & 0xffff, 6);
  return `${prefix}_${bytes.toString('hex')}`;
}

/** The 16 bytes behind an id. */
export function idBytes(id: Id<IdPrefix>): Buffer {
  return Buffer.from(id.slice(4), 'hex');
}

/** The id of this kind behind 16 bytes; the inverse of `idBytes`. */
export function idFromBytes<Prefix extends IdPrefix>(prefix: Prefix, bytes: Buffer): Id<Prefix> {
  return `${prefix}_${bytes.toString('hex')}`;
}

/** Whether text from outside has the form of an id of this kind. It does not say that the thing exists. */
export function isId<Prefix extends IdPrefix>(prefix: Prefix, text: unknown): text is Id<Prefix> {
  return typeof text === 'string' && text.startsWith(`${prefix}_`) && /^[0-9a-f]{32}$/.test(text.slice(4));
}
