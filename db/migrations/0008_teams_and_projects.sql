CREATE TABLE "invitation_project" (
	"invitation_id" text NOT NULL,
	"project_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "a_project_is_offered_once" PRIMARY KEY("invitation_id","project_id"),
	CONSTRAINT "offered_project_role_is_known" CHECK (role in ('project-admin', 'test-lead', 'tester', 'member'))
);
--> statement-breakpoint
CREATE TABLE "invitation_team" (
	"invitation_id" text NOT NULL,
	"team_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "a_team_is_offered_once" PRIMARY KEY("invitation_id","team_id"),
	CONSTRAINT "offered_team_role_is_known" CHECK (role in ('owner', 'admin', 'user'))
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"team_id" text,
	"name" text collate "und-x-icu" NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_of_account" UNIQUE("id","account_id")
);
--> statement-breakpoint
CREATE TABLE "project_member" (
	"project_id" text NOT NULL,
	"account_id" text NOT NULL,
	"member_id" text NOT NULL,
	"member_status" text GENERATED ALWAYS AS ('active'::text) STORED NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "once_in_a_project" PRIMARY KEY("project_id","member_id"),
	CONSTRAINT "project_role_is_known" CHECK (role in ('project-admin', 'test-lead', 'tester', 'member'))
);
--> statement-breakpoint
CREATE TABLE "team" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"name" text collate "und-x-icu" NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_of_organization" UNIQUE("id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "team_member" (
	"team_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"member_id" text NOT NULL,
	"member_status" text GENERATED ALWAYS AS ('active'::text) STORED NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "once_in_a_team" PRIMARY KEY("team_id","member_id"),
	CONSTRAINT "team_role_is_known" CHECK (role in ('owner', 'admin', 'user'))
);
--> statement-breakpoint
ALTER TABLE "invitation_project" ADD CONSTRAINT "offered_project_belongs_to_an_invitation" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_project" ADD CONSTRAINT "offered_project_exists" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_team" ADD CONSTRAINT "offered_team_belongs_to_an_invitation" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_team" ADD CONSTRAINT "offered_team_exists" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_is_of_an_organization_of_the_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_is_of_a_team_of_its_organization" FOREIGN KEY ("team_id","organization_id") REFERENCES "public"."team"("id","organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_member" ADD CONSTRAINT "project_is_of_that_account" FOREIGN KEY ("project_id","account_id") REFERENCES "public"."project"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_is_of_an_organization_of_the_account" FOREIGN KEY ("account_id","organization_id") REFERENCES "public"."organization"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_is_of_that_organization" FOREIGN KEY ("team_id","organization_id") REFERENCES "public"."team"("id","organization_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "project_name_is_unique_in_organization" ON "project" USING btree ("organization_id",lower(name)) WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "projects_by_name" ON "project" USING btree ("account_id","name","id") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "projects_of_member" ON "project_member" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "team_name_is_unique_in_organization" ON "team" USING btree ("organization_id",lower(name)) WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "teams_by_name" ON "team" USING btree ("account_id","name","id") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "teams_of_member" ON "team_member" USING btree ("member_id");--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "active_member_in_account_key" UNIQUE("id","account_id","status");--> statement-breakpoint
-- By hand from here on: what drizzle cannot say.
-- Whoever is in a team is an active member of its organization, and whoever is in a project of its account, at every commit. Deferred, because one transaction closes or moves a member and lets them leave.
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_is_active_in_the_organization"
  FOREIGN KEY ("organization_id", "member_id", "member_status") REFERENCES "member" ("organization_id", "id", "status")
  DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_is_active_in_the_account"
  FOREIGN KEY ("member_id", "account_id", "member_status") REFERENCES "member" ("id", "account_id", "status")
  DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
-- The member is locked before looking: of somebody added to a team and made Billing Manager at the same moment, the second sees the first.
CREATE FUNCTION "refuse_billing_manager_in_group"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "of" text := CASE TG_TABLE_NAME WHEN 'member' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'member_id' END;
  "now_is" text;
BEGIN
  SELECT "role" INTO "now_is" FROM "member" WHERE "id" = "of" FOR SHARE;
  IF "now_is" = 'billing-manager' AND (EXISTS (SELECT FROM "team_member" WHERE "member_id" = "of")
      OR EXISTS (SELECT FROM "project_member" WHERE "member_id" = "of")) THEN
    RAISE EXCEPTION 'a Billing Manager is in no team or project'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'billing_manager_is_in_no_team_or_project';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "billing_manager_is_in_no_team_or_project" AFTER INSERT OR UPDATE OF "role" ON "member"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."role" = 'billing-manager')
  EXECUTE FUNCTION "refuse_billing_manager_in_group"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "billing_manager_is_in_no_team" AFTER INSERT OR UPDATE OF "member_id" ON "team_member"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_billing_manager_in_group"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "billing_manager_is_in_no_project" AFTER INSERT OR UPDATE OF "member_id" ON "project_member"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_billing_manager_in_group"();
