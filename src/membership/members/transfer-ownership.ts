import { sql } from 'drizzle-orm';
import type { MemberId } from '../../../db/id.ts';
import { authorize, lockAccountAndStanding, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { parseEmailAddress } from '../email-address.ts';
import { operation } from '../operation.ts';
import { record } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { lockMembers, readMembers } from './known-members.ts';
import { obstacleToTransfer, refusalFor } from './obstacles.ts';

/** Somebody who could be the next Owner. */
export interface Candidate extends Record<string, unknown> {
  id: MemberId;
  fullName: string;
  email: string;
}

/** The most people that one form offers for choosing. */
const mostCandidates = 100;

/** The one who was named, or else the members who could be the next Owner, Admins first; a hundred at most. */
export function prepareTransfer(
  context: Context,
  input: { memberId?: MemberId },
): Promise<{ organization: string; candidates: Candidate[] }> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const { homeId, home: organization } = standing;
      if (input.memberId) {
        const [member] = await readMembers(tx, standing, [input.memberId]);
        if (!member) throw new Refusal('member-not-found', {});
        const obstacle = obstacleToTransfer(standing, member);
        if (obstacle) throw await refusalFor(tx, standing, member, obstacle);
        return { organization, candidates: [member] };
      }
      await authorize(tx, standing, 'transfer', homeId);
      const rows = await tx.execute<Candidate>(sql`
        (select id, full_name as "fullName", email from member
          where organization_id = ${homeId} and status = 'active' and role = 'admin'
            and id <> ${standing.memberId} order by full_name, id limit ${mostCandidates})
        union all
        (select id, full_name, email from member
          where organization_id = ${homeId} and status = 'active' and role <> 'admin'
            and id <> ${standing.memberId} order by full_name, id limit ${mostCandidates})
        limit ${mostCandidates}`);
      if (rows.length === 0) throw new Refusal('nobody-to-transfer-to', { organization });
      return { organization, candidates: [...rows] };
    },
    { action: 'organization.transferred', subject: input.memberId ?? '' },
  );
}

/**
 * Makes another active member the Owner in the actor's place, who becomes Admin. The address typed has to be the new
 * Owner's. Of any number at once, one wins: the pointer changes only where it still points at the actor.
 */
export function transferOwnership(
  context: Context,
  input: { memberId: MemberId; email: string },
): Promise<{ organization: string; newOwner: string }> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockAccountAndStanding(tx, context);
      const [member] = await lockMembers(tx, standing, [input.memberId]);
      if (!member) throw new Refusal('member-not-found', {});
      const obstacle = obstacleToTransfer(standing, member);
      if (obstacle) throw await refusalFor(tx, standing, member, obstacle);
      if (parseEmailAddress(input.email) !== member.email) {
        throw new Refusal('address-does-not-match', { name: member.fullName });
      }
      const { accountId, homeId: organizationId, home: organization, memberId: from } = standing;
      const [handedOver] = await tx.execute(sql`
        with handed_over as (
          update organization set owner_member_id = ${member.id}
          where id = ${organizationId} and owner_member_id = ${from} returning id)
        update member m set role = 'admin' from handed_over
        where m.id in (${from}, ${member.id}) and m.organization_id = handed_over.id returning m.id`);
      if (!handedOver) throw new Refusal('busy', {});
      await record(tx, [
        {
          accountId,
          organizationId,
          actorMemberId: from,
          event: { name: 'organization.transferred', organizationId, from, to: member.id },
        },
      ]);
      return { organization, newOwner: member.fullName };
    },
    { action: 'organization.transferred', subject: input.memberId },
  );
}
