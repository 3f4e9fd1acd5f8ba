-- Moved up by hand: the channels below refer to it.
ALTER TABLE "workspace" ADD CONSTRAINT "workspace_of_account" UNIQUE("platform","external_id","account_id");
--> statement-breakpoint
CREATE TABLE "channel_news" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "channel_news_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" text NOT NULL,
	"member_id" text NOT NULL,
	"what" text NOT NULL,
	"by" text,
	CONSTRAINT "news_are_known" CHECK (what in ('joined', 'left', 'removed', 'moved-here', 'moved-away'))
);
--> statement-breakpoint
CREATE TABLE "channel_notice" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"kind" text NOT NULL,
	"week" date,
	"joined" integer DEFAULT 0 NOT NULL,
	"gone" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_kind_is_known" CHECK (kind in ('expiring', 'digest')),
	CONSTRAINT "a_digest_has_its_week" CHECK ((kind = 'digest') = (week is not null))
);
--> statement-breakpoint
CREATE TABLE "channel_notice_line" (
	"notice_id" text NOT NULL,
	"invitation_id" text NOT NULL,
	"generation" integer NOT NULL,
	CONSTRAINT "one_line_per_invitation" PRIMARY KEY("notice_id","invitation_id")
);
--> statement-breakpoint
CREATE TABLE "organization_channel" (
	"organization_id" text NOT NULL,
	"account_id" text NOT NULL,
	"platform" text NOT NULL,
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"set_by" text NOT NULL,
	"digest_at" timestamp with time zone NOT NULL,
	"warn_at" timestamp with time zone DEFAULT now() NOT NULL,
	"silent_since" timestamp with time zone,
	CONSTRAINT "one_channel_per_organization" PRIMARY KEY("organization_id"),
	CONSTRAINT "channel_platform_is_known" CHECK (platform in ('slack', 'teams'))
);
--> statement-breakpoint
ALTER TABLE "channel_news" ADD CONSTRAINT "news_of_an_organization" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_news" ADD CONSTRAINT "news_about_a_member" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_notice" ADD CONSTRAINT "notice_of_an_organization" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_notice_line" ADD CONSTRAINT "line_of_a_notice" FOREIGN KEY ("notice_id") REFERENCES "public"."channel_notice"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_notice_line" ADD CONSTRAINT "line_about_an_invitation" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_channel" ADD CONSTRAINT "channel_of_an_organization_in_the_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_channel" ADD CONSTRAINT "channel_in_a_connected_workspace_of_the_account" FOREIGN KEY ("platform","workspace_id","account_id") REFERENCES "public"."workspace"("platform","external_id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_channel" ADD CONSTRAINT "channel_was_chosen_by_a_member_of_the_account" FOREIGN KEY ("set_by","account_id") REFERENCES "public"."member"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "news_of_organization" ON "channel_news" USING btree ("organization_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_digest_per_organization_and_week" ON "channel_notice" USING btree ("organization_id","week");--> statement-breakpoint
CREATE INDEX "notices_by_age" ON "channel_notice" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "lines_about_invitation" ON "channel_notice_line" USING btree ("invitation_id","generation");--> statement-breakpoint
CREATE INDEX "channels_by_digest" ON "organization_channel" USING btree ("digest_at");--> statement-breakpoint
CREATE INDEX "channels_by_warning" ON "organization_channel" USING btree ("warn_at");
