import { type SQL, sql } from 'drizzle-orm';
import { aboutAddress, aboutMember } from '../../../db/schema.ts';
import type { Standing } from '../policy.ts';

/** Somebody the log is searched for: a member, or an address that belongs to none. */
export interface AuditPerson {
  id: string | null;
  email: string;
}

/** Who has to be in an event: as the one who did it, as the one it is about, or as either. */
export interface AuditPeople {
  by?: readonly AuditPerson[];
  about?: readonly AuditPerson[];
  either?: readonly AuditPerson[];
}

/** From when until when; `before` is the place where the page before ended. */
export interface AuditRange {
  from?: Date;
  until?: Date;
  before?: SQL;
}

interface Asked {
  isEverywhere: boolean;
  range: AuditRange;
  people: AuditPeople;
}

const columns = sql`e.id, e.at, e.organization_id, e.actor_member_id, e.action, e.subject, e.refusal, e.data`;
const newestFirst = sql`order by e.at desc, e.id desc`;

/** An event that has to fulfil two conditions is looked for among this many that fulfil one of them. */
const candidates = 2_000;

/**
 * Selects the newest events of a range. Whoever is asked for is found by an index in each organization, so that a page
 * costs the same among thousands of events and among millions.
 */
export function selectEvents({ accountId, organizationId }: Standing, asked: Asked, limit: number): SQL {
  const { isEverywhere, people } = asked;
  const inRange = rangeOf(asked.range);
  const first = people.either ?? people.about ?? people.by;
  if (!first) {
    const where = isEverywhere
      ? sql`e.account_id = ${accountId}`
      : sql`e.organization_id = ${organizationId}`;
    return sql`select ${columns} from audit_event e where ${where} and ${inRange} ${newestFirst} limit ${limit}`;
  }
  const isBoth = people.about !== undefined && people.by !== undefined;
  const finders = [
    ...(people.either || people.about ? [sql`${aboutMember} = p.id`, sql`${aboutAddress} = p.email`] : []),
    ...(people.either || !people.about ? [sql`e.actor_member_id = p.id`] : []),
  ];
  const most = isBoth ? candidates : limit;
  const places = [
    { from: sql`scope s cross join`, at: sql`e.organization_id = s.id` },
    // What concerns the whole account happened in no organization.
    ...(isEverywhere
      ? [{ from: sql``, at: sql`e.organization_id is null and e.account_id = ${accountId}` }]
      : []),
  ];
  const branches = places.flatMap(({ from, at }) =>
    finders.map(
      (finder) => sql`
        select f.* from ${from} people p cross join lateral (
          select ${columns} from audit_event e where ${at} and ${finder} and ${inRange} ${newestFirst} limit ${most}) f`,
    ),
  );
  const scope = isEverywhere ? sql`account_id = ${accountId}` : sql`id = ${organizationId}`;
  const actors = sql.param((people.by ?? []).flatMap(({ id }) => id ?? []));
  return sql`
    with scope as materialized (select id from organization where ${scope}),
    people as materialized (select * from unnest(${sql.param(first.map(({ id }) => id))}::text[],
      ${sql.param(first.map(({ email }) => email))}::text[]) as p (id, email)),
    found as (${sql.join(branches, sql` union all `)})
    select distinct on (e.at, e.id) ${columns} from found e
    where ${isBoth ? sql`e.actor_member_id = any(${actors}::text[])` : sql`true`} ${newestFirst} limit ${limit}`;
}

function rangeOf({ from, until, before }: AuditRange): SQL {
  const conditions = [
    ...(from ? [sql`e.at >= ${from.toISOString()}::timestamptz`] : []),
    ...(until ? [sql`e.at < ${until.toISOString()}::timestamptz`] : []),
    ...(before ? [before] : []),
  ];
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}
