ALTER TABLE "member" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "removed_by" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "removal_reason" text;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "remover_is_in_the_account" FOREIGN KEY ("account_id","removed_by") REFERENCES "public"."member"("account_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drafts_of_member" ON "draft" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "pending_invitations_by_inviter" ON "invitation" USING btree ("invited_by","email") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "active_admins_by_name" ON "member" USING btree ("organization_id","full_name","id") WHERE status = 'active' and role = 'admin';--> statement-breakpoint
CREATE INDEX "removed_members_by_joining" ON "member" USING btree ("organization_id","joined_at","id") WHERE status = 'inactive';--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "removal_reason_is_known" CHECK (removal_reason in ('removed', 'left'));--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "removed_at_a_time_by_somebody_for_a_reason" CHECK (num_nonnulls(removed_at, removed_by, removal_reason) = case status when 'inactive' then 3 else 0 end);--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "only_who_left_did_it_themselves" CHECK ((removal_reason = 'left') = (removed_by = id));
--> statement-breakpoint
-- By hand from here on: what drizzle cannot say.
CREATE INDEX "removed_members_by_any_part" ON "member"
  USING gin ("organization_id", lower("full_name" || ' ' || "email") gin_trgm_ops)
  WITH (gin_pending_list_limit = 64) WHERE status = 'inactive';
--> statement-breakpoint
CREATE INDEX "removed_members_by_first_letters" ON "member"
  ("organization_id", lower("full_name") text_pattern_ops) WHERE status = 'inactive';
--> statement-breakpoint
-- The account is locked before counting: of the last two who give the role up at the same moment, the second sees the first.
CREATE FUNCTION "refuse_account_without_admin"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "account" WHERE "id" = OLD."account_id" FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM "member"
      WHERE "account_id" = OLD."account_id" AND "account_role" = 'account-admin' AND "status" = 'active') THEN
    RAISE EXCEPTION 'an account keeps at least one active Account Admin'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'account_keeps_an_active_admin';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "account_keeps_an_active_admin" AFTER UPDATE OF "account_role", "status", "account_id" OR DELETE ON "member"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD."account_role" = 'account-admin' AND OLD."status" = 'active')
  EXECUTE FUNCTION "refuse_account_without_admin"();
