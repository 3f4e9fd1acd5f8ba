import { type SQL, sql } from 'drizzle-orm';
import { distance } from 'fastest-levenshtein';
import type { Transaction } from '../../../db/connect.ts';
import { readStanding } from '../actor.ts';
import { cleanLine } from '../clean-text.ts';
import type { Context } from '../context.ts';
import { operation } from '../operation.ts';
import type { Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { GroupKind } from './group.ts';
import { type Group, isVisible, selectGroups } from './read-group.ts';

/** The most characters the name of a team or project has. */
export const longestGroupName = 60;

/** Whether a team or project can have this name: what would end it where several are named in a line is not in it. */
export function isGroupName(text: string): boolean {
  const name = cleanLine(text, longestGroupName + 1);
  return /^[^,;<>"@]+$/.test(name) && [...name].length <= longestGroupName;
}

/** The name of a team or project as it is kept. */
export function usableGroupName(kind: GroupKind, text: string): string {
  if (!isGroupName(text)) throw new Refusal('group-name-not-usable', { kind });
  return cleanLine(text, longestGroupName);
}

/** A team or project, and which of the texts is its name. */
export interface NamedGroup {
  group: Group;
  place: number;
}

/**
 * The team or project that is meant by the first of these texts that is the name of one the actor may see; also in the
 * form "QA in Payments". Those of the organization it is about come first. When there is none, the refusal names the nearest.
 */
export function findGroup(
  context: Context,
  { kind, texts }: { kind: GroupKind; texts: readonly string[] },
): Promise<NamedGroup> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      return nameGroup(tx, standing, kind, texts);
    },
    { action: `${kind}.find` },
  );
}

/** The same within an operation. */
export async function nameGroup(
  tx: Transaction,
  standing: Standing,
  kind: GroupKind,
  texts: readonly string[],
): Promise<NamedGroup> {
  const looked = texts.map((text) => cleanLine(text, 200));
  const inUse = inUseFor(standing);
  const names = sql`(select lower(t.text collate "und-x-icu") from unnest(${sql.param(looked)}::text[]) as t (text))`;
  const found = await tx.execute<Group>(sql`
    ${selectGroups(standing, kind, sql`${inUse} and (lower(g.name) in ${names} or lower(g.name || ' in ' || o.name) in ${names})`)}
    order by o.id <> ${standing.organizationId}, o.name, g.id`);
  for (const [place, text] of looked.entries()) {
    const meant = found.filter((group) => isNamed(group, text));
    const [first, second] = meant;
    if (first && (!second || first.organizationId === standing.organizationId))
      return { group: first, place };
    if (first) {
      throw new Refusal('group-in-several', {
        kind,
        group: first.name,
        organizations: organizationsOf(meant),
      });
    }
  }
  const text = looked.at(-1) ?? '';
  const nearest = await nearestName(tx, standing, kind, text);
  throw new Refusal('group-not-found', { kind, text, ...(nearest === undefined ? {} : { nearest }) });
}

/** What the actor may see; of one organization alone, when it was named. */
function inUseFor(standing: Standing): SQL {
  const here = standing.named ? sql`g.organization_id = ${standing.organizationId}` : sql`true`;
  return sql`g.archived_at is null and ${here} and ${isVisible(standing)}`;
}

function isNamed({ name, organization }: Group, text: string): boolean {
  return isSame(name, text) || isSame(`${name} in ${organization}`, text);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function organizationsOf(groups: readonly Group[]): string[] {
  return groups.map(({ organization }) => organization);
}

/** How many names are compared with one that is none. */
const mostCompared = 1_000;

async function nearestName(
  tx: Transaction,
  standing: Standing,
  kind: GroupKind,
  text: string,
): Promise<string | undefined> {
  const rows = await tx.execute<Group>(sql`
    ${selectGroups(standing, kind, inUseFor(standing))}
    order by g.name, g.id limit ${mostCompared}`);
  const near = (name: string) => distance(name.toLowerCase(), text.toLowerCase().slice(0, longestGroupName));
  return rows.map(({ name }) => name).sort((a, b) => near(a) - near(b))[0];
}
