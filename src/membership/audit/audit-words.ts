import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import type { MemberId } from '../../../db/id.ts';
import { nextDay, parseDay, startOfDay } from '../calendar-day.ts';
import type { Context } from '../context.ts';
import { parseEmailAddress } from '../email-address.ts';
import { type Filter, type ListWords, parseListWords, refuseValue } from '../list-words.ts';
import type { Standing } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { matching, memberColumns } from '../search.ts';
import type { AuditPeople, AuditPerson, AuditRange } from './select-events.ts';

/** What the audit log can be narrowed by. */
const auditFilters = ['about', 'by', 'on', 'since'] as const;
export type AuditKey = (typeof auditFilters)[number];

/** The most people one name stands for. */
const mostPeople = 25;

interface Scope {
  search: string;
  isEverywhere: boolean;
}

/**
 * Reads the words of somebody who searches the audit log; names stand for everybody who fits, and days are those of the
 * reader's time zone.
 */
export async function readAuditWords(
  tx: Transaction,
  standing: Standing,
  { actor }: Pick<Context, 'actor'>,
  scope: Scope,
): Promise<{ words: ListWords<AuditKey>; asked: { people: AuditPeople; range: AuditRange } }> {
  const words = parseListWords(scope.search, auditFilters);
  const last = (key: AuditKey) => words.filters.findLast((filter) => filter.key === key);
  const [by, about, on, since] = [last('by'), last('about'), last('on'), last('since')];
  const named = async (text: string) => findNamed(tx, standing, scope, text);
  const people: AuditPeople = {
    ...(by ? { by: await named(by.value) } : {}),
    ...(about ? { about: await named(about.value) } : {}),
    ...(words.text && !about ? { [by ? 'about' : 'either']: await named(words.text) } : {}),
  };
  const from = on ?? since;
  const range: AuditRange = {
    ...(from ? { from: startOfDay(dayOf(from), actor.timeZone) } : {}),
    ...(on ? { until: startOfDay(nextDay(dayOf(on)), actor.timeZone) } : {}),
  };
  return {
    words: { ...words, filters: [by, about, on, since].filter((each) => each !== undefined) },
    asked: { people, range },
  };
}

function dayOf(filter: Filter) {
  const day = parseDay(filter.value);
  if (!day) throw refuseValue(filter, ['2026-11-21'], { examples: true });
  return day;
}

/** Everybody a name may stand for, also those who have gone; an address may stand for somebody who never joined. */
async function findNamed(
  tx: Transaction,
  { accountId, organizationId, organization }: Standing,
  { isEverywhere }: Scope,
  text: string,
): Promise<AuditPerson[]> {
  const email = parseEmailAddress(text);
  if (email) {
    const [member] = await tx.execute<{ id: MemberId }>(sql`
      select id from member where account_id = ${accountId} and email = ${email}`);
    return [{ id: member?.id ?? null, email }];
  }
  const scope = isEverywhere ? sql`o.account_id = ${accountId}` : sql`o.id = ${organizationId}`;
  const inState = (status: 'active' | 'inactive') => sql`
    select f.id, f.email from organization o cross join lateral (select m.id, m.email from member m
      where m.organization_id = o.id and m.status = ${sql.raw(`'${status}'`)} and ${matching(text, memberColumns)}
      limit ${mostPeople}) f where ${scope}`;
  const found = await tx.execute<{ id: MemberId; email: string }>(sql`
    (${inState('active')} limit ${mostPeople}) union all (${inState('inactive')} limit ${mostPeople}) limit ${mostPeople}`);
  if (found.length === 0) throw new Refusal('person-not-found', { text, where: organization });
  return [...found];
}
