CREATE TABLE "export_request" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"member_id" text NOT NULL,
	"organization_id" text,
	"platform" text NOT NULL,
	"workspace_id" text NOT NULL,
	"content" text NOT NULL,
	"status" text DEFAULT 'making' NOT NULL,
	"upload" jsonb,
	"rows" integer,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"offer_ends_at" timestamp with time zone,
	CONSTRAINT "export_content_is_known" CHECK (content in ('members', 'audit')),
	CONSTRAINT "export_status_is_known" CHECK (status in ('making', 'offered', 'sent', 'cancelled', 'declined', 'expired', 'not-allowed', 'failed')),
	CONSTRAINT "sent_export_has_its_rows" CHECK ((status = 'sent') = (rows is not null)),
	CONSTRAINT "offer_ends_at_a_time" CHECK (status <> 'offered' or offer_ends_at is not null)
);
--> statement-breakpoint
ALTER TABLE "export_request" ADD CONSTRAINT "export_is_asked_for_by_a_member_of_the_account" FOREIGN KEY ("account_id","member_id") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_request" ADD CONSTRAINT "export_is_of_an_organization_of_the_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_request" ADD CONSTRAINT "export_goes_to_a_connected_workspace" FOREIGN KEY ("platform","workspace_id") REFERENCES "public"."workspace"("platform","external_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_export_at_a_time_per_member" ON "export_request" USING btree ("member_id") WHERE status in ('making', 'offered');--> statement-breakpoint
CREATE INDEX "export_offers_running_out" ON "export_request" USING btree ("offer_ends_at") WHERE status = 'offered';