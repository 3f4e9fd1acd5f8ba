CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_member_id" text,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"refusal" text,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_identity" (
	"platform" text NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"member_id" text NOT NULL,
	CONSTRAINT "one_member_per_chat_identity" PRIMARY KEY("platform","workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" text NOT NULL,
	"input" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"personal_line" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"batch_id" text NOT NULL,
	"invited_by" text NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"reminders" timestamp with time zone[] NOT NULL,
	"remind_at" timestamp with time zone GENERATED ALWAYS AS (reminders[1]) STORED,
	"expiry_noticed_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"member_id" text,
	"delivery" text DEFAULT 'sending' NOT NULL,
	"requested_generation" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "invitation_role_is_known" CHECK (role in ('admin', 'billing-manager', 'user')),
	CONSTRAINT "invitation_status_is_known" CHECK (status in ('pending', 'accepted', 'declined', 'revoked')),
	CONSTRAINT "invitation_delivery_is_known" CHECK (delivery in ('sending', 'delivered', 'unreachable')),
	CONSTRAINT "decided_unless_pending" CHECK ((status = 'pending') = (decided_at is null)),
	CONSTRAINT "accepted_invitation_has_its_member" CHECK ((status = 'accepted') = (member_id is not null)),
	CONSTRAINT "at_most_three_reminders_to_come" CHECK (cardinality(reminders) <= 3)
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"full_name" text collate "und-x-icu" NOT NULL,
	"account_role" text DEFAULT 'user' NOT NULL,
	"role" text DEFAULT 'user' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"invited_by" text,
	CONSTRAINT "one_member_per_address" UNIQUE("account_id","email"),
	CONSTRAINT "owner_is_an_active_member_key" UNIQUE("organization_id","id","status"),
	CONSTRAINT "member_in_account" UNIQUE("id","account_id"),
	CONSTRAINT "member_account_role_is_known" CHECK (account_role in ('account-admin', 'user')),
	CONSTRAINT "member_role_is_known" CHECK (role in ('admin', 'billing-manager', 'user')),
	CONSTRAINT "member_status_is_known" CHECK (status in ('active', 'inactive'))
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text collate "und-x-icu" NOT NULL,
	"owner_member_id" text NOT NULL,
	"owner_status" text GENERATED ALWAYS AS ('active'::text) STORED NOT NULL,
	"link_lifetime" interval DEFAULT '24:00:00' NOT NULL,
	"reminders_before_end" interval[] DEFAULT '{12:00:00,03:00:00}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_in_account" UNIQUE("account_id","id"),
	CONSTRAINT "organization_name_is_unique_in_account" UNIQUE("account_id","name"),
	CONSTRAINT "link_lifetime_is_15_minutes_to_30_days" CHECK ("organization"."link_lifetime" between interval '15 minutes' and interval '30 days'),
	CONSTRAINT "at_most_three_reminders" CHECK (cardinality("organization"."reminders_before_end") <= 3)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"announced_at" timestamp with time zone,
	"leased_until" timestamp with time zone,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "outbox_status_is_known" CHECK (status in ('waiting', 'sent', 'dropped', 'dead')),
	CONSTRAINT "outbox_closed_unless_waiting" CHECK ((status = 'waiting') = (closed_at is null))
);
--> statement-breakpoint
CREATE TABLE "posted_message" (
	"platform" text NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"channel" text NOT NULL,
	"message_id" text NOT NULL,
	"topic" text NOT NULL,
	"kind" text NOT NULL,
	"generation" integer DEFAULT 0 NOT NULL,
	"posted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_row_per_posted_message" PRIMARY KEY("platform","workspace_id","channel","message_id")
);
--> statement-breakpoint
CREATE TABLE "replay_key" (
	"key" text NOT NULL,
	"answer" jsonb,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_effect_per_request" PRIMARY KEY("key")
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"platform" text NOT NULL,
	"external_id" text NOT NULL,
	"account_id" text NOT NULL,
	"connected_at" timestamp with time zone DEFAULT now() NOT NULL,
	"paused_until" timestamp with time zone,
	CONSTRAINT "workspace_belongs_to_one_account" PRIMARY KEY("platform","external_id"),
	CONSTRAINT "workspace_platform_is_known" CHECK (platform in ('slack', 'teams'))
);
--> statement-breakpoint
ALTER TABLE "chat_identity" ADD CONSTRAINT "chat_identity_in_connected_workspace" FOREIGN KEY ("platform","workspace_id") REFERENCES "public"."workspace"("platform","external_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_identity" ADD CONSTRAINT "chat_identity_of_member_in_account" FOREIGN KEY ("account_id","member_id") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_belongs_to_a_member" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_to_organization_in_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "inviter_is_in_the_account" FOREIGN KEY ("account_id","invited_by") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "home_organization_is_in_the_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "organization_belongs_to_an_account" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_belongs_to_an_account" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_of_organization" ON "audit_event" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_of_subject" ON "audit_event" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "chat_identities_of_member" ON "chat_identity" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "drafts_by_age" ON "draft" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_pending_invitation_per_address" ON "invitation" USING btree ("organization_id","email" text_pattern_ops) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "pending_invitations_newest_first" ON "invitation" USING btree ("organization_id","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "pending_invitations_by_address" ON "invitation" USING btree ("account_id","email") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "invitations_of_batch" ON "invitation" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "invitations_to_remind" ON "invitation" USING btree ("remind_at") WHERE status = 'pending' and remind_at is not null;--> statement-breakpoint
CREATE INDEX "invitations_running_out" ON "invitation" USING btree ("expires_at") WHERE status = 'pending' and expiry_noticed_at is null;--> statement-breakpoint
CREATE INDEX "active_members_by_name" ON "member" USING btree ("organization_id","full_name","id") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "members_of_account_by_role" ON "member" USING btree ("account_id") WHERE account_role = 'account-admin';--> statement-breakpoint
CREATE UNIQUE INDEX "one_unsent_row_per_topic_and_kind" ON "outbox" USING btree ("topic","kind") WHERE status = 'waiting' and attempt = 0;--> statement-breakpoint
CREATE UNIQUE INDEX "one_delivery_at_a_time_per_topic" ON "outbox" USING btree ("topic") WHERE leased_until is not null;--> statement-breakpoint
CREATE INDEX "outbox_of_topic" ON "outbox" USING btree ("topic","id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("due_at") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_closed" ON "outbox" USING btree ("closed_at") WHERE status <> 'waiting';--> statement-breakpoint
CREATE INDEX "posted_messages_of_topic" ON "posted_message" USING btree ("topic","kind");--> statement-breakpoint
CREATE INDEX "replay_keys_by_age" ON "replay_key" USING btree ("at");