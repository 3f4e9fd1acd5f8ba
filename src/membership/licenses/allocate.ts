import type { MemberId, PoolId } from '../../../db/id.ts';
import { type Line, lineOf } from '../members/change-lines.ts';
import type { KnownMember } from '../members/known-members.ts';
import { type Obstacle, obstacleToLicense } from '../members/obstacles.ts';
import type { Standing } from '../policy.ts';
import { type Pool, roomIn } from './pools.ts';

/** What becomes of one person's seat; nothing when something stands in the way. */
export interface AssignLine extends Line {
  outcome?: 'assigned' | 'moved' | 'held' | 'no-seat';
  /** Where they have it from now, and where they had it from before. */
  pool?: Pool;
  from?: Pool;
}

/** Everything that decides who gets a seat. */
interface Situation {
  standing: Standing;
  members: readonly KnownMember[];
  /** Every pool the members can have the product from. */
  pools: readonly Pool[];
  holdings: ReadonlyMap<MemberId, PoolId>;
  poolId: PoolId | undefined;
}

/** Decides who gets a seat from where, one after the other in their order, until the seats are gone. */
export function allocate({ standing, members, pools, holdings, poolId }: Situation): AssignLine[] {
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  const room = new Map(pools.map((pool) => [pool.id, roomIn(pool)]));
  const shift = (pool: Pool, seats: number) => room.set(pool.id, (room.get(pool.id) ?? 0) + seats);
  return members.map((member) => {
    const named = poolId && byId.get(poolId);
    const obstacle = obstacleToLicense(standing, member) ?? obstacleToSource(member, poolId, named);
    const line: AssignLine = lineOf(member, obstacle);
    if (obstacle) return line;
    const from = byId.get(holdings.get(member.id) ?? 'pol_');
    if (from && (!named || named === from)) return { ...line, outcome: 'held', pool: from };
    const pool = (named ? [named] : sourcesOf(member, pools)).find(({ id }) => (room.get(id) ?? 0) > 0);
    if (!pool) return { ...line, outcome: 'no-seat', ...(from ? { pool: from } : {}) };
    shift(pool, -1);
    if (!from) return { ...line, outcome: 'assigned', pool };
    shift(from, 1);
    return { ...line, outcome: 'moved', pool, from };
  });
}

/** A pool that is dedicated to another organization is as far away as one that does not exist. */
function obstacleToSource(
  { organizationId }: KnownMember,
  asked: PoolId | undefined,
  pool: Pool | undefined,
): Obstacle | undefined {
  if (!asked || (pool && (pool.organizationId ?? organizationId) === organizationId)) return undefined;
  return { code: 'source-of-another-organization' };
}

/** Where a member can have a seat from: what is dedicated to their organization first. */
function sourcesOf({ organizationId }: KnownMember, pools: readonly Pool[]): Pool[] {
  const own = pools.filter((pool) => pool.organizationId === organizationId);
  return [...own, ...pools.filter((pool) => pool.organizationId === null)];
}
