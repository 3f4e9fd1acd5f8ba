-- The rules that drizzle's schema language cannot say.

-- Exactly one Owner, an active member of the organization, at every commit. Deferred, because the two point at each other.
ALTER TABLE "organization" ADD CONSTRAINT "owner_is_an_active_member"
  FOREIGN KEY ("id", "owner_member_id", "owner_status") REFERENCES "member" ("organization_id", "id", "status")
  DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
-- Deferred, because one statement claims the invitation and makes the member.
ALTER TABLE "invitation" ADD CONSTRAINT "invitee_became_member_of_the_account"
  FOREIGN KEY ("account_id", "member_id") REFERENCES "member" ("account_id", "id") DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE FUNCTION "refuse_change_of_audit_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are never changed or deleted' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_event_is_final';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_event_is_final" BEFORE UPDATE OR DELETE ON "audit_event"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_audit_event"();
--> statement-breakpoint
CREATE TRIGGER "audit_events_are_never_emptied" BEFORE TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_audit_event"();
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS "btree_gin";
--> statement-breakpoint
-- A short pending list keeps searches fast after bursts of writes.
CREATE INDEX "active_members_by_any_part" ON "member"
  USING gin ("organization_id", lower("full_name" || ' ' || "email") gin_trgm_ops)
  WITH (gin_pending_list_limit = 64) WHERE status = 'active';
--> statement-breakpoint
CREATE INDEX "active_members_by_first_letters" ON "member"
  ("organization_id", lower("full_name") text_pattern_ops) WHERE status = 'active';
--> statement-breakpoint
CREATE INDEX "pending_invitations_by_any_part" ON "invitation"
  USING gin ("organization_id", "email" gin_trgm_ops)
  WITH (gin_pending_list_limit = 64) WHERE status = 'pending';
