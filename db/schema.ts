import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  interval,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AccountId, BatchId, DraftId, Id, InvitationId, MemberId, OrganizationId } from './id.ts';

// The rules drizzle cannot say (deferrable keys, triggers, trigram indexes) are in migrations/0001_rules.sql and
// at the end of 0003_removal.sql.

/** A moment by the database clock. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Text that sorts as people expect in any language. */
export const name = customType<{ data: string }>({ dataType: () => 'text collate "und-x-icu"' });

/** The condition that a column has one of these values. */
export const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`${column} in (${values.map((value) => `'${value}'`).join(', ')})`);

export const platforms = ['slack', 'teams'] as const;
export const accountRoles = ['account-admin', 'user'] as const;
/** The stored organization roles. *Owner* is not one of them: it is `organization.owner_member_id`. */
export const storedRoles = ['admin', 'billing-manager', 'user'] as const;
export const invitationStatuses = ['pending', 'accepted', 'declined', 'revoked'] as const;
/** `unreachable`: no chat knows the address; `refused`: a chat knows it, and does not let usher write there. */
export const deliveryStates = ['sending', 'delivered', 'unreachable', 'refused'] as const;
/** Why somebody is no longer active: an admin removed them, or they left. */
export const removalReasons = ['removed', 'left'] as const;
export const outboxStatuses = ['waiting', 'sent', 'dropped', 'dead'] as const;

export type Platform = (typeof platforms)[number];
export type AccountRole = (typeof accountRoles)[number];
export type StoredRole = (typeof storedRoles)[number];
export type InvitationStatus = (typeof invitationStatuses)[number];
export type RemovalReason = (typeof removalReasons)[number];
export type DeliveryState = (typeof deliveryStates)[number];

/** One customer. */
export const account = pgTable('account', {
  id: text('id').$type<AccountId>().primaryKey(),
  name: text('name').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** A Slack workspace or Teams tenant, connected to exactly one account. */
export const workspace = pgTable(
  'workspace',
  {
    platform: text('platform').$type<Platform>().notNull(),
    externalId: text('external_id').notNull(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    connectedAt: moment('connected_at').notNull().defaultNow(),
    /** The platform asked us to wait; nothing is sent there before. */
    pausedUntil: moment('paused_until'),
  },
  (t) => [
    primaryKey({ name: 'workspace_belongs_to_one_account', columns: [t.platform, t.externalId] }),
    foreignKey({
      name: 'workspace_belongs_to_an_account',
      columns: [t.accountId],
      foreignColumns: [account.id],
    }),
    unique('workspace_of_account').on(t.platform, t.externalId, t.accountId),
    check('workspace_platform_is_known', oneOf('platform', platforms)),
  ],
);

/** A department of the account. Its Owner is the member it points to, active in it at every commit. */
export const organization = pgTable(
  'organization',
  {
    id: text('id').$type<OrganizationId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    name: name('name').notNull(),
    ownerMemberId: text('owner_member_id').$type<MemberId>().notNull(),
    /** Always 'active': lets the key to member say that the Owner is an active member. */
    ownerStatus: text('owner_status').notNull().generatedAlwaysAs(sql`'active'::text`),
    linkLifetime: interval('link_lifetime').notNull().default('24:00:00'),
    /** How long before the end of a link its reminders go out. */
    remindersBeforeEnd: interval('reminders_before_end')
      .array()
      .notNull()
      .default(sql`'{12:00:00,03:00:00}'`),
    /** No reminder goes out from this hour until that one, where the invitee is; none at all when they are equal. */
    quietFrom: integer('quiet_from').notNull().default(21),
    quietUntil: integer('quiet_until').notNull().default(8),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: 'organization_belongs_to_an_account',
      columns: [t.accountId],
      foreignColumns: [account.id],
    }),
    unique('organization_in_account').on(t.accountId, t.id),
    unique('organization_name_is_unique_in_account').on(t.accountId, t.name),
    uniqueIndex('organization_names_differ_in_more_than_case').on(t.accountId, sql`lower(name)`),
    check(
      'link_lifetime_is_15_minutes_to_30_days',
      sql`${t.linkLifetime} between interval '15 minutes' and interval '30 days'`,
    ),
    check('at_most_three_reminders', sql`cardinality(${t.remindersBeforeEnd}) <= 3`),
    check(
      'quiet_hours_are_hours_of_the_day',
      sql`quiet_from between 0 and 23 and quiet_until between 0 and 23`,
    ),
  ],
);

/** A person in the account, in exactly one home organization. Rows are never deleted. */
export const member = pgTable(
  'member',
  {
    id: text('id').$type<MemberId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    email: text('email').notNull(),
    fullName: name('full_name').notNull(),
    accountRole: text('account_role').$type<AccountRole>().notNull().default('user'),
    role: text('role').$type<StoredRole>().notNull().default('user'),
    status: text('status').$type<'active' | 'inactive'>().notNull().default('active'),
    joinedAt: moment('joined_at').notNull().defaultNow(),
    /** When they last used usher, anywhere, give or take an hour; joining counts. */
    lastAccessAt: moment('last_access_at').notNull().defaultNow(),
    /** As the chat they last used told, asked for once a day. */
    pictureUrl: text('picture_url'),
    timeZone: text('time_zone'),
    profileReadAt: moment('profile_read_at'),
    /** What admins note: how and where to reach them, and since when they are employed. */
    phone: text('phone'),
    whereToReach: text('where_to_reach'),
    employedSince: date('employed_since', { mode: 'string' }),
    invitedBy: text('invited_by').$type<MemberId>(),
    /** Since when, by whom and why they are inactive. Whoever comes back is active again, and these are empty. */
    removedAt: moment('removed_at'),
    removedBy: text('removed_by').$type<MemberId>(),
    removalReason: text('removal_reason').$type<RemovalReason>(),
  },
  (t) => [
    foreignKey({
      name: 'home_organization_is_in_the_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    unique('one_member_per_address').on(t.accountId, t.email),
    unique('owner_is_an_active_member_key').on(t.organizationId, t.id, t.status),
    // By id first: an index that begins with the account would tempt the planner to read all of it.
    unique('member_in_account').on(t.id, t.accountId),
    unique('active_member_in_account_key').on(t.id, t.accountId, t.status),
    foreignKey({
      name: 'remover_is_in_the_account',
      columns: [t.accountId, t.removedBy],
      foreignColumns: [t.accountId, t.id],
    }),
    index('active_members_by_name').on(t.organizationId, t.fullName, t.id).where(sql`status = 'active'`),
    index('active_admins_by_name')
      .on(t.organizationId, t.fullName, t.id)
      .where(sql`status = 'active' and role = 'admin'`),
    index('active_members_by_role').on(t.organizationId, t.role, t.id).where(sql`status = 'active'`),
    index('active_members_by_last_access')
      .on(t.organizationId, t.lastAccessAt, t.id)
      .where(sql`status = 'active'`),
    index('removed_members_by_role').on(t.organizationId, t.role, t.id).where(sql`status = 'inactive'`),
    index('removed_members_by_joining')
      .on(t.organizationId, t.joinedAt, t.id)
      .where(sql`status = 'inactive'`),
    index('members_of_account_by_role').on(t.accountId).where(sql`account_role = 'account-admin'`),
    check('picture_comes_over_https', sql`picture_url like 'https://%'`),
    check('details_are_short', sql`length(phone) <= 40 and length(where_to_reach) <= 200`),
    check('member_account_role_is_known', oneOf('account_role', accountRoles)),
    check('member_role_is_known', oneOf('role', storedRoles)),
    check('member_status_is_known', oneOf('status', ['active', 'inactive'])),
    check('removal_reason_is_known', oneOf('removal_reason', removalReasons)),
    check(
      'removed_at_a_time_by_somebody_for_a_reason',
      sql`num_nonnulls(removed_at, removed_by, removal_reason) = case status when 'inactive' then 3 else 0 end`,
    ),
    check('only_who_left_did_it_themselves', sql`(removal_reason = 'left') = (removed_by = id)`),
  ],
);

/** Who a member is in one workspace. Both identities of a person act as the same member. */
export const chatIdentity = pgTable(
  'chat_identity',
  {
    platform: text('platform').$type<Platform>().notNull(),
    workspaceId: text('workspace_id').notNull(),
    userId: text('user_id').notNull(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    memberId: text('member_id').$type<MemberId>().notNull(),
    /** When they last used usher there, give or take an hour. */
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({
      name: 'one_member_per_chat_identity',
      columns: [t.platform, t.workspaceId, t.userId],
    }),
    index('chat_identities_of_member').on(t.memberId),
    foreignKey({
      name: 'chat_identity_in_connected_workspace',
      columns: [t.platform, t.workspaceId],
      foreignColumns: [workspace.platform, workspace.externalId],
    }),
    foreignKey({
      name: 'chat_identity_of_member_in_account',
      columns: [t.accountId, t.memberId],
      foreignColumns: [member.accountId, member.id],
    }),
  ],
);

/**
 * Where usher was installed on a platform that has to be told where to speak: the chat with one person, or a place with
 * several whose roster usher may read. Everything in it comes from authenticated requests.
 */
export const place = pgTable(
  'place',
  {
    platform: text('platform').$type<Platform>().notNull(),
    workspaceId: text('workspace_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    serviceUrl: text('service_url').notNull(),
    /** Whose chat it is, as their workspace vouches for them; all empty in a place with several people. */
    userId: text('user_id'),
    email: text('email'),
    fullName: text('full_name'),
    timeZone: text('time_zone'),
  },
  (t) => [
    primaryKey({
      name: 'one_place_per_conversation',
      columns: [t.platform, t.workspaceId, t.conversationId],
    }),
    uniqueIndex('one_chat_per_person').on(t.platform, t.workspaceId, t.userId),
    index('chats_by_address').on(t.workspaceId, t.email),
    check('place_platform_is_known', oneOf('platform', platforms)),
  ],
);

/** An offer to one address to join one organization. Expired means `expires_at <= now()`; nothing else says so. */
export const invitation = pgTable(
  'invitation',
  {
    id: text('id').$type<InvitationId>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    organizationId: text('organization_id').$type<OrganizationId>().notNull(),
    email: text('email').notNull(),
    role: text('role').$type<StoredRole>().notNull(),
    personalLine: text('personal_line'),
    status: text('status').$type<InvitationStatus>().notNull().default('pending'),
    /** Counts the links made for this row; only the newest is alive. */
    generation: integer('generation').notNull().default(1),
    batchId: text('batch_id').$type<BatchId>().notNull(),
    invitedBy: text('invited_by').$type<MemberId>().notNull(),
    sentAt: moment('sent_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    /** The reminders still to come, earliest first. */
    reminders: timestamp('reminders', { withTimezone: true, mode: 'date' }).array().notNull(),
    remindAt: moment('remind_at').generatedAlwaysAs(sql`reminders[1]`),
    /** When the clock told the inviter that the link ran out; expiry itself does not wait for it. */
    expiryNoticedAt: moment('expiry_noticed_at'),
    decidedAt: moment('decided_at'),
    /** Who the invitee became. */
    memberId: text('member_id').$type<MemberId>(),
    delivery: text('delivery').$type<DeliveryState>().notNull().default('sending'),
    /** The generation whose dead button was pressed to ask for a new link; one request per link. */
    requestedGeneration: integer('requested_generation').notNull().default(0),
  },
  (t) => [
    uniqueIndex('one_pending_invitation_per_address')
      // Pattern operators let the same index find the beginning of an address.
      .on(t.organizationId, t.email.op('text_pattern_ops'))
      .where(sql`status = 'pending'`),
    index('pending_invitations_newest_first').on(t.organizationId, t.id).where(sql`status = 'pending'`),
    index('pending_invitations_by_role').on(t.organizationId, t.role, t.id).where(sql`status = 'pending'`),
    index('pending_invitations_by_delivery')
      .on(t.organizationId, t.delivery, t.id)
      .where(sql`status = 'pending'`),
    index('pending_invitations_by_end')
      .on(t.organizationId, t.expiresAt, t.id)
      .where(sql`status = 'pending'`),
    index('pending_invitations_by_address').on(t.accountId, t.email).where(sql`status = 'pending'`),
    index('invitations_of_batch').on(t.batchId),
    index('pending_invitations_by_inviter').on(t.invitedBy, t.email).where(sql`status = 'pending'`),
    index('invitations_to_remind').on(t.remindAt).where(sql`status = 'pending' and remind_at is not null`),
    index('invitations_running_out')
      .on(t.expiresAt)
      .where(sql`status = 'pending' and expiry_noticed_at is null`),
    foreignKey({
      name: 'invitation_to_organization_in_account',
      columns: [t.accountId, t.organizationId],
      foreignColumns: [organization.accountId, organization.id],
    }),
    foreignKey({
      name: 'inviter_is_in_the_account',
      columns: [t.accountId, t.invitedBy],
      foreignColumns: [member.accountId, member.id],
    }),
    check('invitation_role_is_known', oneOf('role', storedRoles)),
    check('invitation_status_is_known', oneOf('status', invitationStatuses)),
    check('invitation_delivery_is_known', oneOf('delivery', deliveryStates)),
    check('decided_unless_pending', sql`(status = 'pending') = (decided_at is null)`),
    check('accepted_invitation_has_its_member', sql`(status = 'accepted') = (member_id is not null)`),
    check('at_most_three_reminders_to_come', sql`cardinality(reminders) <= 3`),
  ],
);

/** What is to be said to whom; the truth behind every job. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** What it is about; rows of one topic are sent one after the other. */
    topic: text('topic').notNull(),
    kind: text('kind').notNull(),
    status: text('status').$type<(typeof outboxStatuses)[number]>().notNull().default('waiting'),
    attempt: integer('attempt').notNull().default(0),
    dueAt: moment('due_at').notNull().defaultNow(),
    announcedAt: moment('announced_at'),
    leasedUntil: moment('leased_until'),
    note: text('note'),
    createdAt: moment('created_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
  },
  (t) => [
    uniqueIndex('one_unsent_row_per_topic_and_kind')
      .on(t.topic, t.kind)
      .where(sql`status = 'waiting' and attempt = 0`),
    uniqueIndex('one_delivery_at_a_time_per_topic').on(t.topic).where(sql`leased_until is not null`),
    index('outbox_of_topic').on(t.topic, t.id).where(sql`status = 'waiting'`),
    index('outbox_due').on(t.dueAt).where(sql`status = 'waiting'`),
    index('outbox_closed').on(t.closedAt).where(sql`status <> 'waiting'`),
    check('outbox_status_is_known', oneOf('status', outboxStatuses)),
    check('outbox_closed_unless_waiting', sql`(status = 'waiting') = (closed_at is null)`),
  ],
);

/** Where a message went, so that it can be changed there. */
export const postedMessage = pgTable(
  'posted_message',
  {
    platform: text('platform').$type<Platform>().notNull(),
    workspaceId: text('workspace_id').notNull(),
    userId: text('user_id').notNull(),
    channel: text('channel').notNull(),
    messageId: text('message_id').notNull(),
    topic: text('topic').notNull(),
    kind: text('kind').notNull(),
    /** Which link of the invitation it carries; 0 when it carries none. */
    generation: integer('generation').notNull().default(0),
    postedAt: moment('posted_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({
      name: 'one_row_per_posted_message',
      columns: [t.platform, t.workspaceId, t.channel, t.messageId],
    }),
    index('posted_messages_of_topic').on(t.topic, t.kind),
  ],
);

/** The member an audit row is about, and the address; both written as the indexes on them are. */
export const aboutMember = sql`coalesce(data ->> 'memberId', data ->> 'owner',
  case when data ->> 'to' like 'mem\\_%' then data ->> 'to' end)`;
export const aboutAddress = sql`(data ->> 'email')`;

/** What happened, and what was refused. A trigger keeps rows from being changed or deleted. */
export const auditEvent = pgTable(
  'audit_event',
  {
    id: text('id').$type<Id<'aud'>>().primaryKey(),
    accountId: text('account_id').$type<AccountId>().notNull(),
    organizationId: text('organization_id').$type<OrganizationId>(),
    at: moment('at').notNull().defaultNow(),
    /** The member who did it; empty when time did, or somebody who is not a member. */
    actorMemberId: text('actor_member_id').$type<MemberId>(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    /** Why it was refused; empty when it was done. */
    refusal: text('refusal'),
    data: jsonb('data').notNull(),
  },
  (t) => [
    index('audit_events_of_organization').on(t.organizationId, t.at, t.id),
    index('audit_events_of_account').on(t.accountId, t.at, t.id),
    index('audit_events_by_actor').on(t.organizationId, t.actorMemberId, t.at, t.id),
    index('audit_events_about_member')
      .on(t.organizationId, aboutMember, t.at, t.id)
      .where(sql`${aboutMember} is not null`),
    index('audit_events_about_address')
      .on(t.organizationId, aboutAddress, t.at, t.id)
      .where(sql`${aboutAddress} is not null`),
    index('audit_events_of_subject').on(t.subject),
  ],
);

/** A request that has taken effect, and the answer it got. */
export const replayKey = pgTable(
  'replay_key',
  {
    key: text('key').notNull(),
    answer: jsonb('answer'),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'one_effect_per_request', columns: [t.key] }),
    index('replay_keys_by_age').on(t.at),
  ],
);

/** What an admin has prepared and not yet confirmed. */
export const draft = pgTable(
  'draft',
  {
    id: text('id').$type<DraftId>().primaryKey(),
    memberId: text('member_id').$type<MemberId>().notNull(),
    input: jsonb('input').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({ name: 'draft_belongs_to_a_member', columns: [t.memberId], foreignColumns: [member.id] }),
    index('drafts_by_age').on(t.createdAt),
    index('drafts_of_member').on(t.memberId),
  ],
);
