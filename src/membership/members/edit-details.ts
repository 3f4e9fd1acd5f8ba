import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import { lockStanding, readStanding } from '../actor.ts';
import { parseDay } from '../calendar-day.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import type { Details } from '../events.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { record } from '../record.ts';
import { Refusal, type Refusals } from '../refusal.ts';
import { type KnownMember, readMembers } from './known-members.ts';
import { obstacleToDetails, refusalFor } from './obstacles.ts';

/** What somebody has typed into the form, each empty when there is nothing to note. */
export type DetailsInput = { [Key in keyof Details]: string };

/** A member, and what is noted about them. */
export interface NotedDetails {
  member: KnownMember;
  details: Details;
}

/** What is noted about a member, for those who may change it. */
export function findDetails(context: Context, input: { memberId: MemberId }): Promise<NotedDetails> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const member = await requireMember(tx, standing, input.memberId);
      return { member, details: await readDetails(tx, input.memberId) };
    },
    { action: 'member.details-changed', subject: input.memberId },
  );
}

/** Notes how and where to reach a member, and since when they are employed; one audit row when that changes anything. */
export function editDetails(
  context: Context,
  { memberId, ...input }: { memberId: MemberId } & DetailsInput,
): Promise<NotedDetails> {
  return operation(
    context,
    async (tx) => {
      const standing = await lockStanding(tx, context);
      await tx.execute(sql`select from member where id = ${memberId} for no key update`);
      const member = await requireMember(tx, standing, memberId);
      const to = parseDetails(input);
      const from = await readDetails(tx, memberId);
      if (JSON.stringify(from) === JSON.stringify(to)) return { member, details: from };
      await tx.execute(sql`
        update member set phone = ${to.phone}, where_to_reach = ${to.whereToReach},
          employed_since = ${to.employedSince}::date where id = ${memberId}`);
      await record(tx, [
        {
          ...{ accountId: standing.accountId, organizationId: member.organizationId },
          actorMemberId: standing.memberId,
          event: { name: 'member.details-changed', memberId, from, to },
        },
      ]);
      return { member, details: to };
    },
    { action: 'member.details-changed', subject: memberId },
  );
}

/** What is wrong with what was typed, by field; undefined when all of it can be noted. */
export function detailProblem(input: DetailsInput): Refusals['details-not-usable']['field'] | undefined {
  const phone = cleanLine(input.phone, 200);
  if (phone !== '' && !/^\+?(?=(?:\D*\d){3})[\d\s()./-]{3,39}$/.test(phone)) return 'phone';
  if (input.employedSince === '') return undefined;
  const day = parseDay(input.employedSince);
  const latest = new Date().getUTCFullYear() + 5;
  return day && day >= '1950-01-01' && Number(day.slice(0, 4)) <= latest ? undefined : 'employedSince';
}

function parseDetails(input: DetailsInput): Details {
  const field = detailProblem(input);
  if (field) throw new Refusal('details-not-usable', { field });
  return {
    phone: cleanLine(input.phone, 40) || null,
    whereToReach: cleanLine(input.whereToReach, 200) || null,
    employedSince: input.employedSince || null,
  };
}

async function requireMember(tx: Transaction, standing: Standing, memberId: MemberId): Promise<KnownMember> {
  const [member] = await readMembers(tx, standing, [memberId]);
  if (!member) throw new Refusal('member-not-found', {});
  const obstacle = obstacleToDetails(standing, member);
  if (obstacle) throw await refusalFor(tx, standing, member, obstacle);
  return member;
}

async function readDetails(tx: Transaction, memberId: MemberId): Promise<Details> {
  const [row] = await tx.execute<Details & Record<string, unknown>>(sql`
    select phone, where_to_reach as "whereToReach", employed_since::text as "employedSince"
    from member where id = ${memberId}`);
  return {
    phone: row?.phone ?? null,
    whereToReach: row?.whereToReach ?? null,
    employedSince: row?.employedSince ?? null,
  };
}
