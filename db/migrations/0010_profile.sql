ALTER TABLE "member" ADD COLUMN "picture_url" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "profile_read_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "where_to_reach" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "employed_since" date;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "picture_comes_over_https" CHECK (picture_url like 'https://%');--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "details_are_short" CHECK (length(phone) <= 40 and length(where_to_reach) <= 200);