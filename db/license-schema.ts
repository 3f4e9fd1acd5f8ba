import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  AccountId,
  AssignmentId,
  InvitationId,
  MemberId,
  OrganizationId,
  PoolId,
  ProductId,
} from './id.ts';
import { account, invitation, moment, name, oneOf, organization } from './schema.ts';

// What drizzle cannot say of these tables (the deferred key to the holder, the products of accounts that were there
// before) is at the end of the migration that made them.

/** Per seat: as many holders as seats. Per concurrent use: any number of holders, the total works at the same time. */
export const productKinds = ['per-seat', 'per-concurrent-use'] as const;
export type ProductKind = (typeof productKinds)[number];

/** What can be licensed: the catalogue of the account. A retired product is offered to nobody new. */
export const licenseProduct = pgTable(
  'license_product',
  {
    id: text('id').$type<ProductId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    name: name('name').notNull(),
    kind: text('kind').$type<ProductKind>().notNull(),
    retired: boolean('retired').notNull().default(false),
  },
  (t) => [
    foreignKey({
      name: 'product_is_of_an_account',
      columns: [t.accountId],
      foreignColumns: [account.id],
    }),
    uniqueIndex('product_name_is_unique_in_account').on(t.accountId, sql`lower(name)`),
    unique('product_of_account_and_kind').on(t.id, t.accountId, t.kind),
    check('product_kind_is_known', oneOf('kind', productKinds)),
  ],
);

/**
 * Seats of one product, held by the account, or dedicated to one organization and then out of the account's total.
 * `used` counts the holders, reserved seats too; nothing but a guarded update changes it.
 */
export const licensePool = pgTable(
  'license_pool',
  {
    id: text('id').$type<PoolId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    productId: text('product_id').$type<ProductId>().notNull(),
    kind: text('kind').$type<ProductKind>().notNull(),
    /** Whom the seats are dedicated to; empty: nobody, they are the account's. */
    organizationId: text('organization_id').$type<OrganizationId>(),
    total: integer('total').notNull().default(0),
    /** How many seats of the account's pool are in pools of organizations. */
    dedicated: integer('dedicated').notNull().default(0),
    used: integer('used').notNull().default(0),
  },
  (t) => [
    foreignKey({
      name: 'pool_is_of_a_product_of_the_account',
      columns: [t.productId, t.accountId, t.kind],
      foreignColumns: [licenseProduct.id, licenseProduct.accountId, licenseProduct.kind],
    }),
    foreignKey({
      name: 'pool_is_dedicated_within_the_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    unique('pool_of_product').on(t.id, t.productId),
    uniqueIndex('one_account_pool_per_product').on(t.productId).where(sql`organization_id is null`),
    uniqueIndex('one_pool_per_product_and_organization')
      .on(t.productId, t.organizationId)
      .where(sql`organization_id is not null`),
    index('pools_of_account').on(t.accountId),
    index('pools_of_organization').on(t.organizationId),
    check('seats_are_never_fewer_than_none', sql`total >= 0 and dedicated >= 0 and used >= 0`),
    check('dedicated_seats_come_out_of_the_total', sql`dedicated <= total`),
    check('only_the_account_dedicates_seats', sql`dedicated = 0 or organization_id is null`),
    check(
      'a_seat_is_given_once',
      sql`kind = 'per-concurrent-use' or used::bigint + dedicated::bigint <= total`,
    ),
  ],
);

/** The licences an invitation offers, and the pool each is to come from. It stays when the seats are free again. */
export const invitationLicense = pgTable(
  'invitation_license',
  {
    invitationId: text('invitation_id').$type<InvitationId>().notNull(),
    productId: text('product_id').$type<ProductId>().notNull(),
    poolId: text('pool_id').$type<PoolId>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'a_product_is_offered_once', columns: [t.invitationId, t.productId] }),
    unique('offer_of_a_seat').on(t.invitationId, t.productId, t.poolId),
    index('offers_of_product').on(t.productId, t.invitationId),
    foreignKey({
      name: 'offer_belongs_to_an_invitation',
      columns: [t.invitationId],
      foreignColumns: [invitation.id],
    }),
    foreignKey({
      name: 'offer_is_from_a_pool_of_the_product',
      columns: [t.poolId, t.productId],
      foreignColumns: [licensePool.id, licensePool.productId],
    }),
  ],
);

/** A seat and its holder: a member, or a pending invitation it is reserved for. The pool is the licence source. */
export const licenseAssignment = pgTable(
  'license_assignment',
  {
    id: text('id').$type<AssignmentId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    productId: text('product_id').$type<ProductId>().notNull(),
    poolId: text('pool_id').$type<PoolId>().notNull(),
    /** The home of the holder. */
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    memberId: text('member_id').$type<MemberId>(),
    /** Always 'active': lets the key to member say that the holder is an active member. */
    memberStatus: text('member_status').notNull().generatedAlwaysAs(sql`'active'::text`),
    invitationId: text('invitation_id').$type<InvitationId>(),
    assignedAt: moment('assigned_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: 'seat_is_from_a_pool_of_the_product',
      columns: [t.poolId, t.productId],
      foreignColumns: [licensePool.id, licensePool.productId],
    }),
    foreignKey({
      name: 'reserved_seat_was_offered',
      columns: [t.invitationId, t.productId, t.poolId],
      foreignColumns: [invitationLicense.invitationId, invitationLicense.productId, invitationLicense.poolId],
    }),
    foreignKey({
      name: 'seat_is_held_in_an_organization_of_the_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    unique('one_seat_per_product_and_member').on(t.memberId, t.productId),
    unique('one_seat_per_product_and_invitation').on(t.invitationId, t.productId),
    index('seats_of_pool').on(t.poolId, t.organizationId, t.id),
    index('holders_of_product')
      .on(t.organizationId, t.productId, t.memberId)
      .where(sql`member_id is not null`),
    check('a_seat_has_one_holder', sql`num_nonnulls(member_id, invitation_id) = 1`),
  ],
);

/** A machine on which a member has activated a licence; it goes with the licence. */
export const registeredMachine = pgTable(
  'registered_machine',
  {
    memberId: text('member_id').$type<MemberId>().notNull(),
    productId: text('product_id').$type<ProductId>().notNull(),
    machineId: text('machine_id').notNull(),
    registeredAt: moment('registered_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({
      name: 'a_machine_is_registered_once',
      columns: [t.memberId, t.productId, t.machineId],
    }),
    foreignKey({
      name: 'machine_has_a_license',
      columns: [t.memberId, t.productId],
      foreignColumns: [licenseAssignment.memberId, licenseAssignment.productId],
    }).onDelete('cascade'),
  ],
);
