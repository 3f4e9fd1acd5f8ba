import { sql } from 'drizzle-orm';
import { distance } from 'fastest-levenshtein';
import type { OrganizationId } from '../../../db/id.ts';
import { findStanding } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';

interface Known extends Record<string, unknown> {
  id: OrganizationId;
  name: string;
  called: number | null;
}

/** What an account has under one of several names: the first that fits, or the name that comes nearest. */
export type NamedOrganization = { place: number; id: OrganizationId; name: string } | { nearest?: string };

/** The most organizations among which the nearest name is looked for. */
const mostCompared = 1_000;

/**
 * The organization of the actor's account with one of these names, in any case of letters, the first name that fits. It
 * says nothing about rights. Names that are only near are told to Account Admins, and to others that of their home.
 */
export async function findOrganization(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  names: readonly string[],
): Promise<NamedOrganization> {
  const standing = await findStanding(db, actor);
  if (!standing) return {};
  const rows = await db.execute<Known>(sql`
    select o.id, o.name, n.place::int as called from organization o
    left join unnest(${sql.param(names)}::text[]) with ordinality as n (name, place)
      on lower(o.name) = lower(n.name collate "und-x-icu")
    where o.account_id = ${standing.accountId}
    order by n.place nulls last, o.name = n.name desc, o.name limit ${mostCompared}`);
  const [first] = rows;
  if (first?.called) return { place: first.called - 1, id: first.id, name: first.name };
  const mayActThere = ({ id }: Known) => standing.accountRole === 'account-admin' || id === standing.homeId;
  const nearest = nearestTo(
    names,
    rows.filter(mayActThere).map(({ name }) => name),
  );
  return nearest === undefined ? {} : { nearest };
}

/** Near is what differs in a third of its letters at most, or in two that were swapped. */
function nearestTo(texts: readonly string[], names: readonly string[]): string | undefined {
  const compared = names.flatMap((name) =>
    texts.map((text) => ({ name, apart: distance(cleanLine(text, 100).toLowerCase(), name.toLowerCase()) })),
  );
  const [nearest] = compared.sort((a, b) => a.apart - b.apart);
  return nearest && nearest.apart <= Math.max(nearest.name.length < 4 ? 1 : 2, nearest.name.length / 3)
    ? nearest.name
    : undefined;
}
