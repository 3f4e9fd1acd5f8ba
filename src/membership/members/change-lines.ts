import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import type { Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { type KnownMember, peopleLimit } from './known-members.ts';
import { type Obstacle, refusalFor } from './obstacles.ts';

/** One person in a change for many: who, and what stands in the way, if anything. */
export interface Line {
  memberId: MemberId;
  fullName: string;
  email: string;
  organization: string;
  obstacle?: Obstacle;
}

/** The part of a line that says who it is about. */
export function lineOf(member: KnownMember, obstacle: Obstacle | undefined): Line {
  return {
    memberId: member.id,
    fullName: member.fullName,
    email: member.email,
    organization: member.organization,
    ...(obstacle ? { obstacle } : {}),
  };
}

/** Refuses a change for nobody, or for too many. */
export function checkCount(ids: readonly unknown[]): void {
  if (ids.length > peopleLimit) {
    throw new Refusal('too-many-people', { count: ids.length, limit: peopleLimit });
  }
}

/** Of many people bad lines never stop good ones; a change for one person alone is refused outright. */
export async function refuseTheOnlyOne(
  tx: Transaction,
  standing: Standing,
  members: readonly KnownMember[],
  lines: readonly Line[],
): Promise<void> {
  const [member] = members;
  if (!member) throw new Refusal('member-not-found', {});
  const obstacle = lines.length === 1 ? lines[0]?.obstacle : undefined;
  if (obstacle) throw await refusalFor(tx, standing, member, obstacle);
}

/** A change for many of whom nobody can be changed is refused for the reason of the first. */
export async function refuseIfNobodyIsLeft(
  tx: Transaction,
  standing: Standing,
  members: readonly KnownMember[],
  lines: readonly Line[],
): Promise<void> {
  const [member] = members;
  if (!member) throw new Refusal('member-not-found', {});
  const [obstacle] = lines.map((line) => line.obstacle);
  if (obstacle && lines.every((line) => line.obstacle)) {
    throw await refusalFor(tx, standing, member, obstacle);
  }
}
