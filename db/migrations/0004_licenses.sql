CREATE TABLE "invitation_license" (
	"invitation_id" text NOT NULL,
	"product_id" text NOT NULL,
	"pool_id" text NOT NULL,
	CONSTRAINT "a_product_is_offered_once" PRIMARY KEY("invitation_id","product_id"),
	CONSTRAINT "offer_of_a_seat" UNIQUE("invitation_id","product_id","pool_id")
);
--> statement-breakpoint
CREATE TABLE "license_assignment" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"product_id" text NOT NULL,
	"pool_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"member_id" text,
	"member_status" text GENERATED ALWAYS AS ('active'::text) STORED NOT NULL,
	"invitation_id" text,
	"assigned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "one_seat_per_product_and_member" UNIQUE("member_id","product_id"),
	CONSTRAINT "one_seat_per_product_and_invitation" UNIQUE("invitation_id","product_id"),
	CONSTRAINT "a_seat_has_one_holder" CHECK (num_nonnulls(member_id, invitation_id) = 1)
);
--> statement-breakpoint
CREATE TABLE "license_pool" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"product_id" text NOT NULL,
	"kind" text NOT NULL,
	"organization_id" text,
	"total" integer DEFAULT 0 NOT NULL,
	"dedicated" integer DEFAULT 0 NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "pool_of_product" UNIQUE("id","product_id"),
	CONSTRAINT "seats_are_never_fewer_than_none" CHECK (total >= 0 and dedicated >= 0 and used >= 0),
	CONSTRAINT "dedicated_seats_come_out_of_the_total" CHECK (dedicated <= total),
	CONSTRAINT "only_the_account_dedicates_seats" CHECK (dedicated = 0 or organization_id is null),
	CONSTRAINT "a_seat_is_given_once" CHECK (kind = 'per-concurrent-use' or used::bigint + dedicated::bigint <= total)
);
--> statement-breakpoint
CREATE TABLE "license_product" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text collate "und-x-icu" NOT NULL,
	"kind" text NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	CONSTRAINT "product_of_account_and_kind" UNIQUE("id","account_id","kind"),
	CONSTRAINT "product_kind_is_known" CHECK (kind in ('per-seat', 'per-concurrent-use'))
);
--> statement-breakpoint
CREATE TABLE "registered_machine" (
	"member_id" text NOT NULL,
	"product_id" text NOT NULL,
	"machine_id" text NOT NULL,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "a_machine_is_registered_once" PRIMARY KEY("member_id","product_id","machine_id")
);
--> statement-breakpoint
ALTER TABLE "invitation_license" ADD CONSTRAINT "offer_belongs_to_an_invitation" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_license" ADD CONSTRAINT "offer_is_from_a_pool_of_the_product" FOREIGN KEY ("pool_id","product_id") REFERENCES "public"."license_pool"("id","product_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "license_assignment" ADD CONSTRAINT "seat_is_from_a_pool_of_the_product" FOREIGN KEY ("pool_id","product_id") REFERENCES "public"."license_pool"("id","product_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "license_assignment" ADD CONSTRAINT "reserved_seat_was_offered" FOREIGN KEY ("invitation_id","product_id","pool_id") REFERENCES "public"."invitation_license"("invitation_id","product_id","pool_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "license_assignment" ADD CONSTRAINT "seat_is_held_in_an_organization_of_the_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "license_pool" ADD CONSTRAINT "pool_is_of_a_product_of_the_account" FOREIGN KEY ("product_id","account_id","kind") REFERENCES "public"."license_product"("id","account_id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "license_pool" ADD CONSTRAINT "pool_is_dedicated_within_the_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "license_product" ADD CONSTRAINT "product_is_of_an_account" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registered_machine" ADD CONSTRAINT "machine_has_a_license" FOREIGN KEY ("member_id","product_id") REFERENCES "public"."license_assignment"("member_id","product_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "seats_of_pool" ON "license_assignment" USING btree ("pool_id","organization_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_account_pool_per_product" ON "license_pool" USING btree ("product_id") WHERE organization_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_pool_per_product_and_organization" ON "license_pool" USING btree ("product_id","organization_id") WHERE organization_id is not null;--> statement-breakpoint
CREATE INDEX "pools_of_account" ON "license_pool" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "pools_of_organization" ON "license_pool" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "product_name_is_unique_in_account" ON "license_product" USING btree ("account_id",lower(name));
--> statement-breakpoint
-- By hand from here on: what drizzle cannot say.
-- Whoever holds a seat is an active member of that organization, at every commit. Deferred, because one transaction closes a member and frees their seats.
ALTER TABLE "license_assignment" ADD CONSTRAINT "seat_is_held_by_an_active_member"
  FOREIGN KEY ("organization_id", "member_id", "member_status") REFERENCES "member" ("organization_id", "id", "status")
  DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
-- The catalogue of accounts that were set up before there was one; later ones get theirs when they are set up.
INSERT INTO "license_product" ("id", "account_id", "name", "kind")
  SELECT 'prd_' || replace(gen_random_uuid()::text, '-', ''), "account"."id", "seed"."name", "seed"."kind"
  FROM "account", (VALUES ('TestOps', 'per-seat'), ('KSE', 'per-seat'), ('TestOps Guest', 'per-seat'),
    ('KRE', 'per-concurrent-use')) AS "seed" ("name", "kind");
--> statement-breakpoint
INSERT INTO "license_pool" ("id", "account_id", "product_id", "kind")
  SELECT 'pol_' || replace(gen_random_uuid()::text, '-', ''), "account_id", "id", "kind" FROM "license_product";
