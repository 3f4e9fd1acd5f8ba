import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { AccountId, ExportId, MemberId, OrganizationId } from './id.ts';
import { member, moment, oneOf, organization, type Platform, workspace } from './schema.ts';

/** What can be had as a file. */
export const exportContents = ['members', 'audit'] as const;
/**
 * Where an export stands: `making` its file, `offered` for the person to accept it, or at its end. `sent` is decided
 * before the file is shown, so that it is never shown twice.
 */
export const exportStatuses = [
  'making',
  'offered',
  'sent',
  'cancelled',
  'declined',
  'expired',
  'not-allowed',
  'failed',
] as const;

export type ExportContent = (typeof exportContents)[number];
export type ExportStatus = (typeof exportStatuses)[number];

/** A file somebody asked for, to be sent to them where they asked. */
export const exportRequest = pgTable(
  'export_request',
  {
    id: text('id').$type<ExportId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    memberId: text('member_id').$type<MemberId>().notNull(),
    /** The organization that was named; empty: as far as the requester's rights reach. */
    organizationId: text('organization_id').$type<OrganizationId>(),
    platform: text('platform').$type<Platform>().notNull(),
    workspaceId: text('workspace_id').notNull(),
    content: text('content').$type<ExportContent>().notNull(),
    status: text('status').$type<ExportStatus>().notNull().default('making'),
    /** Where the platform wants the bytes, and once it has them, which file it made of them. */
    upload: jsonb('upload'),
    rows: integer('rows'),
    askedAt: moment('asked_at').notNull().defaultNow(),
    /** Until when an offer can be accepted. */
    offerEndsAt: moment('offer_ends_at'),
  },
  (t) => [
    foreignKey({
      name: 'export_is_asked_for_by_a_member_of_the_account',
      columns: [t.accountId, t.memberId],
      foreignColumns: [member.accountId, member.id],
    }),
    foreignKey({
      name: 'export_is_of_an_organization_of_the_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    foreignKey({
      name: 'export_goes_to_a_connected_workspace',
      columns: [t.platform, t.workspaceId],
      foreignColumns: [workspace.platform, workspace.externalId],
    }),
    uniqueIndex('one_export_at_a_time_per_member').on(t.memberId).where(sql`status in ('making', 'offered')`),
    index('export_offers_running_out').on(t.offerEndsAt).where(sql`status = 'offered'`),
    check('export_content_is_known', oneOf('content', exportContents)),
    check('export_status_is_known', oneOf('status', exportStatuses)),
    check('sent_export_has_its_rows', sql`(status = 'sent') = (rows is not null)`),
    check('offer_ends_at_a_time', sql`status <> 'offered' or offer_ends_at is not null`),
  ],
);
