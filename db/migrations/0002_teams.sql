CREATE TABLE "place" (
	"platform" text NOT NULL,
	"workspace_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"service_url" text NOT NULL,
	"user_id" text,
	"email" text,
	"full_name" text,
	"time_zone" text,
	CONSTRAINT "one_place_per_conversation" PRIMARY KEY("platform","workspace_id","conversation_id"),
	CONSTRAINT "place_platform_is_known" CHECK (platform in ('slack', 'teams'))
);
--> statement-breakpoint
ALTER TABLE "invitation" DROP CONSTRAINT "invitation_delivery_is_known";--> statement-breakpoint
ALTER TABLE "chat_identity" ADD COLUMN "last_seen_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "one_chat_per_person" ON "place" USING btree ("platform","workspace_id","user_id");--> statement-breakpoint
CREATE INDEX "chats_by_address" ON "place" USING btree ("workspace_id","email");--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_delivery_is_known" CHECK (delivery in ('sending', 'delivered', 'unreachable', 'refused'));