import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AccountId, InvitationId, MemberId, NoticeId, OrganizationId } from './id.ts';
import {
  invitation,
  member,
  moment,
  oneOf,
  organization,
  type Platform,
  platforms,
  workspace,
} from './schema.ts';

/** What a channel is told of somebody. */
export const newsKinds = ['joined', 'left', 'removed', 'moved-here', 'moved-away'] as const;
export type NewsKind = (typeof newsKinds)[number];

/** What a channel is shown with lines to press: invitations that are about to run out, and the week. */
export const noticeKinds = ['expiring', 'digest'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Where an organization tells its news. */
export const organizationChannel = pgTable(
  'organization_channel',
  {
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    platform: text('platform').$type<Platform>().notNull(),
    workspaceId: text('workspace_id').notNull(),
    channelId: text('channel_id').notNull(),
    /** What people call it. */
    name: text('name').notNull(),
    /** In which the weekly digest is due on Mondays at nine; of whoever chose the channel. */
    timeZone: text('time_zone').notNull(),
    setBy: text('set_by').$type<MemberId>().notNull(),
    digestAt: moment('digest_at').notNull(),
    /** When it is next looked for invitations that are about to run out. */
    warnAt: moment('warn_at').notNull().defaultNow(),
    /** Since when usher may not write there. */
    silentSince: moment('silent_since'),
  },
  (t) => [
    primaryKey({ name: 'one_channel_per_organization', columns: [t.organizationId] }),
    foreignKey({
      name: 'channel_of_an_organization_in_the_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    foreignKey({
      name: 'channel_in_a_connected_workspace_of_the_account',
      columns: [t.platform, t.workspaceId, t.accountId],
      foreignColumns: [workspace.platform, workspace.externalId, workspace.accountId],
    }),
    foreignKey({
      name: 'channel_was_chosen_by_a_member_of_the_account',
      columns: [t.setBy, t.accountId],
      foreignColumns: [member.id, member.accountId],
    }),
    index('channels_by_digest').on(t.digestAt),
    index('channels_by_warning').on(t.warnAt),
    check('channel_platform_is_known', oneOf('platform', platforms)),
  ],
);

/** What the channel is still to be told; rows go when it has been. */
export const channelNews = pgTable(
  'channel_news',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    memberId: text('member_id').$type<MemberId>().notNull(),
    what: text('what').$type<NewsKind>().notNull(),
    by: text('by').$type<MemberId>(),
  },
  (t) => [
    foreignKey({
      name: 'news_of_an_organization',
      columns: [t.organizationId],
      foreignColumns: [organization.id],
    }),
    foreignKey({ name: 'news_about_a_member', columns: [t.memberId], foreignColumns: [member.id] }),
    index('news_of_organization').on(t.organizationId, t.id),
    check('news_are_known', oneOf('what', newsKinds)),
  ],
);

/** A message with lines in a channel. */
export const channelNotice = pgTable(
  'channel_notice',
  {
    id: text('id').$type<NoticeId>().primaryKey(),
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    /** Of a digest: the Monday of its week, and how many joined and went in the seven days before it. */
    week: date('week'),
    joined: integer('joined').notNull().default(0),
    gone: integer('gone').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: 'notice_of_an_organization',
      columns: [t.organizationId],
      foreignColumns: [organization.id],
    }),
    uniqueIndex('one_digest_per_organization_and_week').on(t.organizationId, t.week),
    index('notices_by_age').on(t.createdAt),
    check('notice_kind_is_known', oneOf('kind', noticeKinds)),
    check('a_digest_has_its_week', sql`(kind = 'digest') = (week is not null)`),
  ],
);

/** Which invitation a line is about, and which of its links. */
export const channelNoticeLine = pgTable(
  'channel_notice_line',
  {
    noticeId: text('notice_id').$type<NoticeId>().notNull(),
    invitationId: text('invitation_id').$type<InvitationId>().notNull(),
    generation: integer('generation').notNull(),
  },
  (t) => [
    primaryKey({ name: 'one_line_per_invitation', columns: [t.noticeId, t.invitationId] }),
    foreignKey({
      name: 'line_of_a_notice',
      columns: [t.noticeId],
      foreignColumns: [channelNotice.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'line_about_an_invitation',
      columns: [t.invitationId],
      foreignColumns: [invitation.id],
    }),
    index('lines_about_invitation').on(t.invitationId, t.generation),
  ],
);
