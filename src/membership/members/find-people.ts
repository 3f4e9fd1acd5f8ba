import { type SQL, sql } from 'drizzle-orm';
import type { DraftId, MemberId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import { saveDraft } from '../drafts.ts';
import { type GroupId, tables } from '../groups/group.ts';
import { type Group, readManaged } from '../groups/read-group.ts';
import { operation } from '../operation.ts';
import type { PersonTerm } from '../people-list.ts';
import { may, type OrganizationRole, type Right, type Standing, scopeOf } from '../policy.ts';
import { column } from '../record.ts';
import { Refusal } from '../refusal.ts';
import { anywherePattern, asSearched, isLongEnough, matchLimit, memberColumns } from '../search.ts';
import { checkCount } from './change-lines.ts';

/** Somebody who may have been meant. */
export interface FoundPerson extends Record<string, unknown> {
  id: MemberId;
  fullName: string;
  email: string;
  organization: string;
  role: OrganizationRole;
  status: 'active' | 'inactive';
}

/** Who may have been meant by one term: nobody, one, or several of whom at most five are named. */
export interface Finding {
  text: string;
  people: FoundPerson[];
  more: boolean;
}

/** The findings in the order of the terms, and what is to be kept while somebody chooses between several. */
export interface Findings {
  /** Where they were looked for, when that is not the whole account. */
  where?: string;
  findings: Finding[];
  draftId?: DraftId;
}

interface FoundRow extends FoundPerson {
  place: number;
  /** The term is their id, address, mention or whole name. */
  exact: boolean;
}

/** The most names that are looked for at once; of addresses and mentions, which cost less, as many as of people. */
const mostNames = 100;

/** How many are named for one term. */
const mostNamed = 5;

/** Whom to look for, and among whom. */
interface Wanted {
  terms: readonly PersonTerm[];
  right: Right;
  among: 'active' | 'everybody';
  /** Whoever manages this team or project looks for people to add to it, or among those who are in it. */
  within?: { groupId: GroupId; members: boolean };
}

/**
 * Finds whom somebody means, as far as this right of theirs reaches; whoever has it nowhere may still find themselves
 * to look at. Where a name fits several, `purpose` is kept as a draft until one is chosen.
 */
export function findPeople(context: Context, input: Wanted & { purpose: object }): Promise<Findings> {
  checkCount(input.terms);
  const names = input.terms.filter((term) => term.kind === 'name').length;
  if (names > mostNames) throw new Refusal('too-many-people', { count: names, limit: mostNames });
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      const isBlind = !input.within && !may(standing, input.right, standing.organizationId);
      if (isBlind && input.right !== 'see-members') await authorize(tx, standing, input.right);
      const scope = input.within
        ? scopeOfGroup(await readManaged(tx, standing, input.within.groupId), input.within.members)
        : scopeOfRight(standing, input.right, isBlind);
      const rows = await tx.execute<FoundRow>(select(context, standing, input, scope));
      const findings = input.terms.map((term, place) =>
        findingOf(
          term,
          rows.filter((row) => row.place === place),
        ),
      );
      // Whether there is such a person is nothing for somebody who may see only themselves.
      if (isBlind && rows.length === 0) await authorize(tx, standing, input.right);
      const found = { findings, ...(scope.name ? { where: scope.name } : {}) };
      const isAmbiguous = findings.some(({ people }) => people.length > 1);
      if (!isAmbiguous) return found;
      return { ...found, draftId: await saveDraft(tx, standing, input.purpose) };
    },
    { action: 'member.find' },
  );
}

/** The one each term means, once nothing is ambiguous; the texts that mean nobody apart. Nobody at all is refused. */
export function chosen({ findings, where }: Findings): { memberIds: MemberId[]; unknown: string[] } {
  const memberIds = [...new Set(findings.flatMap(({ people }) => people.map(({ id }) => id)))];
  const unknown = findings.filter(({ people }) => people.length === 0).map(({ text }) => text);
  const [first] = unknown;
  if (memberIds.length === 0 && first !== undefined) {
    throw new Refusal('person-not-found', { text: first, ...(where ? { where } : {}) });
  }
  return { memberIds, unknown };
}

function findingOf({ text }: PersonTerm, rows: readonly FoundRow[]): Finding {
  const exact = rows.filter((row) => row.exact);
  const meant = exact.length === 1 ? exact : rows;
  const people = meant.slice(0, mostNamed).map(({ place: _, exact: __, ...person }) => person as FoundPerson);
  return { text, people, more: meant.length > mostNamed };
}

/** Conditions on organizations (`o`) and people (`m`) that may be meant; names alone mean people of fewer organizations. */
interface Scope {
  /** What it is called, when it is not the whole account. */
  name: string | undefined;
  organizations: SQL;
  byName: SQL;
  people: SQL;
}

function scopeOfRight(standing: Standing, right: Right, isBlind: boolean): Scope {
  const only = scopeOf(standing, right);
  const far = only ? sql`o.id = ${only}` : sql`true`;
  return {
    name: only && standing.organization,
    ...{ organizations: far, byName: sql`true` },
    people: isBlind ? sql`m.id = ${standing.memberId}` : sql`true`,
  };
}

/** A team has people of its organization; whoever is named exactly is found all the same, to be told that. */
function scopeOfGroup({ id, kind, name, organizationId, organization }: Group, members: boolean): Scope {
  const { members: table, key } = tables[kind];
  const isIn = sql`exists (select from ${table} i where i.${key} = ${id} and i.member_id = m.id)`;
  return {
    name: members ? name : kind === 'team' ? organization : undefined,
    organizations: sql`true`,
    byName: kind === 'team' ? sql`o.id = ${organizationId}` : sql`true`,
    people: members ? isIn : sql`true`,
  };
}

/** Selects who may be meant by each term, at most one more than is named; one statement for any number of terms. */
function select({ actor }: Context, { accountId }: Standing, { terms, among }: Wanted, scope: Scope): SQL {
  const statuses = among === 'active' ? ['active'] : ['active', 'inactive'];
  const placed = terms.map((term, place) => ({ ...term, place, value: lookedFor(term) }));
  const of = (kind: PersonTerm['kind'], keep = (_: string) => true) => {
    const rows = placed.filter((row) => row.kind === kind && keep(row.value));
    const looked = rows.map(({ place, value }) => ({ place, value, pattern: anywherePattern(value) }));
    return sql`unnest(${column(looked, 'place')}::int[], ${column(looked, 'value')}::text[],
      ${column(looked, 'pattern')}::text[]) as t (place, value, pattern)`;
  };
  const mentions = placed.flatMap((term) =>
    term.kind === 'mention' ? [{ ...term, email: term.email ?? null }] : [],
  );
  // By organization, and with the status written out, so that the partial indexes on them serve; the best come first.
  const named = (terms: SQL, condition: SQL) =>
    sql.join(
      statuses.map(
        (status) => sql`
          select t.place, f.id, f.name = t.value from ${terms} cross join scope s cross join lateral (
            select c.id, lower(c.full_name) as name from (
              select m.id, m.full_name from member m
              where m.organization_id = s.id and m.status = ${sql.raw(`'${status}'`)} and ${condition}
                and s.by_name and ${scope.people}
              limit ${matchLimit}) as c
            order by lower(c.full_name) = t.value desc, c.full_name, c.id limit ${mostNamed + 1}) as f`,
      ),
      sql` union all `,
    );
  const isShort = (value: string) => value !== '' && !isLongEnough(value);
  return sql`
    with scope as materialized (
      select o.id, o.name, o.owner_member_id, ${scope.byName} as by_name
      from organization o where o.account_id = ${accountId} and ${scope.organizations}),
    found (place, id, exact) as (
      select t.place, t.value, true from ${of('member')}
      union all
      select t.place, (select m.id from member m where m.account_id = ${accountId} and m.email = t.value), true
        from ${of('address')}
      union all
      select t.place, coalesce(
          (select c.member_id from chat_identity c where c.platform = ${actor.platform}
            and c.workspace_id = ${actor.workspaceId} and c.user_id = t.value),
          (select e.id from member e where e.account_id = ${accountId} and e.email = t.email)), true
        from unnest(${column(mentions, 'place')}::int[], ${column(mentions, 'value')}::text[],
          ${column(mentions, 'email')}::text[]) as t (place, value, email)
      union all ${named(of('name', isLongEnough), sql`${memberColumns.anywhere} like t.pattern`)}
      union all ${named(of('name', isShort), beginning)}),
    ranked as (
      select f.place, f.exact, m.id, m.full_name as "fullName", m.email, o.name as organization, m.status,
        case when o.owner_member_id = m.id then 'owner' else m.role end as role,
        row_number() over (partition by f.place order by f.exact desc, m.status, m.full_name, m.id) as rank
      from found f cross join lateral (select * from member m where m.id = f.id offset 0) as m
        join scope o on o.id = m.organization_id
      where m.status = any(${sql.param(statuses)}::text[]) and ${scope.people})
    select place, exact, id, "fullName", email, organization, status, role from ranked
    where rank <= ${mostNamed + 1} order by place, rank`;
}

// A range by bytes, as in `matching`.
const beginning = sql`${memberColumns.prefix} ~>=~ t.value and ${memberColumns.prefix} ~<~ (t.value || ${'\u{10FFFF}'}::text)`;

function lookedFor(term: PersonTerm): string {
  switch (term.kind) {
    case 'member':
      return term.id;
    case 'address':
      return term.email;
    case 'mention':
      return term.user;
    case 'name':
      return asSearched(term.text);
  }
}
