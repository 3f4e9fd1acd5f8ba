import { sql } from 'drizzle-orm';
import type { AccountId, ProductId } from '../../../db/id.ts';
import {
  type BatchId,
  type InvitationId,
  type MemberId,
  newId,
  type OrganizationId,
} from '../../../db/id.ts';
import type { StoredRole } from '../../../db/schema.ts';
import type { Context } from '../context.ts';
import type { Happening, InGroup } from '../events.ts';
import { kindOf } from '../groups/group.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { explainDeadInvitation } from './explain-dead-invitation.ts';
import type { JoinLinkClaim } from './join-link.ts';
import { happened } from './lock-invitations.ts';

export interface Accepted {
  memberId: MemberId;
  invitationId: InvitationId;
}

interface AcceptedRow extends Record<string, unknown> {
  id: InvitationId;
  account_id: AccountId;
  organization_id: OrganizationId;
  batch_id: BatchId;
  email: string;
  role: StoredRole;
  member_id: MemberId;
  has_joined: boolean;
  licenses: ProductId[];
  groups: (InGroup & { organizationId: OrganizationId })[];
}

/**
 * Joins: makes exactly one active member, with exactly the invitation's role, licences, teams and projects, of the person whose verified
 * address was invited. A reserved seat only changes its holder, so those who join never wait for each other. Somebody who had been removed comes back as the same member. Of any number at once, one wins.
 */
export function acceptInvitation(context: Context, claim: JoinLinkClaim): Promise<Accepted> {
  const { actor } = context;
  return operation(context, async (tx) => {
    const [claimed] = await tx.execute<AcceptedRow>(sql`
      with claimed as (
        update invitation i set status = 'accepted', decided_at = now(), member_id = coalesce(
          (select m.id from member m where m.account_id = i.account_id and m.email = i.email), ${newId('mem')})
        from workspace w
        where i.id = ${claim.invitationId} and i.generation = ${claim.generation} and i.status = 'pending'
          and i.expires_at > now() and i.email = ${actor.email ?? null}
          and w.platform = ${actor.platform} and w.external_id = ${actor.workspaceId} and w.account_id = i.account_id
          and not exists (select 1 from chat_identity c join member m on m.id = c.member_id
            where c.platform = w.platform and c.workspace_id = w.external_id and c.user_id = ${actor.userId}
              and m.status = 'active')
        returning i.id, i.account_id, i.organization_id, i.batch_id, i.email, i.role, i.member_id, i.invited_by),
      joined as (
        insert into member (id, account_id, organization_id, email, full_name, role, invited_by, time_zone, picture_url,
          profile_read_at)
        select member_id, account_id, organization_id, email, ${actor.fullName}, role, invited_by, ${actor.timeZone},
          ${actor.pictureUrl ?? null}, now() from claimed
        on conflict on constraint one_member_per_address do update set status = 'active', joined_at = now(), last_access_at = now(),
          organization_id = excluded.organization_id, role = excluded.role, account_role = 'user',
          full_name = excluded.full_name, invited_by = excluded.invited_by, time_zone = excluded.time_zone,
          picture_url = coalesce(excluded.picture_url, member.picture_url), profile_read_at = excluded.profile_read_at,
          removed_at = null, removed_by = null, removal_reason = null
          where member.status = 'inactive'
        returning id, account_id),
      known as (
        insert into chat_identity (platform, workspace_id, user_id, account_id, member_id)
        select ${actor.platform}, ${actor.workspaceId}, ${actor.userId}, account_id, id from joined
        on conflict on constraint one_member_per_chat_identity do update set member_id = excluded.member_id),
      seated as (
        update license_assignment a set member_id = c.member_id, invitation_id = null, assigned_at = now()
        from claimed c where a.invitation_id = c.id returning a.product_id),
      teamed as (
        insert into team_member (team_id, organization_id, member_id, role)
        select t.id, t.organization_id, j.id, l.role from claimed c join joined j on j.id = c.member_id
          join invitation_team l on l.invitation_id = c.id
          join team t on t.id = l.team_id and t.organization_id = c.organization_id and t.archived_at is null
        returning team_id, organization_id, role),
      projected as (
        insert into project_member (project_id, account_id, member_id, role)
        select p.id, p.account_id, j.id, l.role from claimed c join joined j on j.id = c.member_id
          join invitation_project l on l.invitation_id = c.id
          join project p on p.id = l.project_id and p.account_id = c.account_id and p.archived_at is null
        returning project_id, role)
      select claimed.*, exists (select 1 from joined where joined.id = claimed.member_id) as has_joined,
        array(select product_id from seated) as licenses,
        array(
          select jsonb_build_object('groupId', team_id, 'role', role, 'organizationId', organization_id) from teamed
          union all
          select jsonb_build_object('groupId', p.id, 'role', i.role, 'organizationId', p.organization_id)
          from projected i join project p on p.id = i.project_id) as groups
      from claimed`);
    if (!claimed?.has_joined) {
      throw await explainDeadInvitation(tx, context, claim, { claimed: claimed !== undefined });
    }
    await record(tx, [
      happened(claimed, claimed.member_id, 'invitation.accepted', {
        memberId: claimed.member_id,
        role: claimed.role,
        ...(claimed.licenses.length > 0 ? { licenses: claimed.licenses } : {}),
      }),
      ...claimed.groups.map(({ organizationId, ...group }): Happening => {
        const { account_id: accountId, member_id: memberId } = claimed;
        const event = { name: `${kindOf(group.groupId)}.member-added`, memberId, ...group } as const;
        return { accountId, organizationId, actorMemberId: memberId, event };
      }),
    ]);
    return { memberId: claimed.member_id, invitationId: claimed.id };
  });
}
