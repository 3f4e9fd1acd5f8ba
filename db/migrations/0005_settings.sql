ALTER TABLE "organization" ADD COLUMN "quiet_from" integer DEFAULT 21 NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "quiet_until" integer DEFAULT 8 NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "quiet_hours_are_hours_of_the_day" CHECK (quiet_from between 0 and 23 and quiet_until between 0 and 23);