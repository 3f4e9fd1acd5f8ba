import { sql } from 'drizzle-orm';
import type { OrganizationId } from '../../../db/id.ts';
import { findStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { type Right, reach } from '../policy.ts';

/** An organization somebody may choose. */
export interface OrganizationChoice extends Record<string, unknown> {
  id: OrganizationId;
  name: string;
}

/** The most that one form offers for choosing. */
const mostChoices = 100;

/**
 * The organizations in which somebody may use this right, for a form to choose from: the one the request is about first,
 * then by name, a hundred at most. None when there is nothing to choose.
 */
export async function listChoices(context: Context, right: Right): Promise<OrganizationChoice[]> {
  const { db, actor, organizationId } = context;
  const standing = await findStanding(db, actor, organizationId);
  if (!standing || reach(standing, right) !== 'all') return [];
  const rows = await db.execute<OrganizationChoice>(sql`
    select id, name from organization where account_id = ${standing.accountId}
    order by id = ${standing.organizationId} desc, name limit ${mostChoices}`);
  return rows.length > 1 ? [...rows] : [];
}
