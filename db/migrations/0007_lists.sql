DROP INDEX "audit_events_of_organization";--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "last_access_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_events_of_account" ON "audit_event" USING btree ("account_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_event" USING btree ("organization_id","actor_member_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_about_member" ON "audit_event" USING btree ("organization_id",coalesce(data ->> 'memberId', data ->> 'owner',
  case when data ->> 'to' like 'mem\_%' then data ->> 'to' end),"at","id") WHERE coalesce(data ->> 'memberId', data ->> 'owner',
  case when data ->> 'to' like 'mem\_%' then data ->> 'to' end) is not null;--> statement-breakpoint
CREATE INDEX "audit_events_about_address" ON "audit_event" USING btree ("organization_id",(data ->> 'email'),"at","id") WHERE (data ->> 'email') is not null;--> statement-breakpoint
CREATE INDEX "pending_invitations_by_role" ON "invitation" USING btree ("organization_id","role","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "pending_invitations_by_delivery" ON "invitation" USING btree ("organization_id","delivery","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "pending_invitations_by_end" ON "invitation" USING btree ("organization_id","expires_at","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "active_members_by_role" ON "member" USING btree ("organization_id","role","id") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "active_members_by_last_access" ON "member" USING btree ("organization_id","last_access_at","id") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "removed_members_by_role" ON "member" USING btree ("organization_id","role","id") WHERE status = 'inactive';--> statement-breakpoint
CREATE INDEX "offers_of_product" ON "invitation_license" USING btree ("product_id","invitation_id");--> statement-breakpoint
CREATE INDEX "holders_of_product" ON "license_assignment" USING btree ("organization_id","product_id","member_id") WHERE member_id is not null;--> statement-breakpoint
CREATE INDEX "audit_events_of_organization" ON "audit_event" USING btree ("organization_id","at","id");--> statement-breakpoint
-- By hand from here on: whoever was there before was last seen where they last used usher.
UPDATE "member" SET "last_access_at" = greatest("joined_at",
  (SELECT max("last_seen_at") FROM "chat_identity" WHERE "chat_identity"."member_id" = "member"."id"));
