import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/connect.ts';
import { authorize } from '../actor.ts';
import type { InGroup } from '../events.ts';
import type { Standing } from '../policy.ts';
import { column } from '../record.ts';
import { Refusal } from '../refusal.ts';
import {
  type GroupId,
  type GroupKind,
  type GroupRole,
  groupKinds,
  kindOf,
  tables,
  usualRole,
} from './group.ts';
import { nameGroup } from './name-group.ts';
import { checkRole, type Group, rolesToGrant, selectGroups } from './read-group.ts';

/** A team or project somebody wants to invite into: one that was offered to them, or the ways to read what they typed. */
export type GroupTerm =
  | { groupId: GroupId; role: GroupRole }
  | { kind: GroupKind; readings: readonly { text: string; role?: GroupRole }[] };

/** A team or project an invitation is to bring, and the role in it. */
export interface GroupOffer extends InGroup {
  group: Group;
}

/** The most teams and projects that one invitation brings. */
const mostOffers = 100;

/** The teams and projects these terms mean, each once; refused unless the actor may give all of them. */
export async function readOffers(
  tx: Transaction,
  standing: Standing,
  terms: readonly GroupTerm[],
): Promise<GroupOffer[]> {
  if (terms.length > mostOffers)
    throw new Refusal('too-many-groups', { count: terms.length, limit: mostOffers });
  const known = terms.flatMap((term) => ('groupId' in term ? [term] : []));
  const groups = new Map((await readAll(tx, standing, known)).map((group) => [group.id, group]));
  const wanted: InGroup[] = [];
  for (const term of terms) {
    if ('groupId' in term) wanted.push(term);
    else {
      const texts = term.readings.map(({ text }) => text);
      const { group, place } = await nameGroup(tx, standing, term.kind, texts);
      groups.set(group.id, group);
      wanted.push({ groupId: group.id, role: term.readings[place]?.role ?? usualRole[term.kind] });
    }
  }
  const offers = usableOffers(wanted);
  await checkOffers(tx, standing, offers, [...groups.values()]);
  return offers.flatMap((offer) => {
    const group = groups.get(offer.groupId);
    return group ? [{ ...offer, group }] : [];
  });
}

async function readAll(tx: Transaction, standing: Standing, offers: readonly InGroup[]): Promise<Group[]> {
  if (offers.length === 0) return [];
  return [...(await tx.execute<Group>(selectOffered(standing, offers)))];
}

/** Selects those of the offered teams and projects that are in use, whoever sees them. */
function selectOffered(standing: Standing, offers: readonly InGroup[]): SQL {
  const of = (kind: GroupKind) => {
    const ids = column(ofKind(offers, kind), 'groupId');
    return sql`(${selectGroups(standing, kind, sql`g.id = any(${ids}::text[]) and g.archived_at is null`)})`;
  };
  return sql.join(groupKinds.map(of), sql` union all `);
}

function ofKind(offers: readonly InGroup[], kind: GroupKind): InGroup[] {
  return offers.filter(({ groupId }) => kindOf(groupId) === kind);
}

/** Offers as they are written, each team or project once; refused where a role is none that there is in it. */
export function usableOffers(offers: readonly InGroup[]): InGroup[] {
  for (const offer of offers) checkRole(offer);
  return [...new Map(offers.map((offer) => [offer.groupId, offer])).values()];
}

/**
 * The parts of a statement that let every invitation sent (`sent`) bring these teams and projects. `offered_groups` of
 * it are the `Group`s as they are now, for `checkOffers`.
 */
export function bringing(standing: Standing, offers: readonly InGroup[]): SQL {
  const of = (kind: GroupKind) => {
    const { key } = tables[kind];
    const wanted = ofKind(offers, kind);
    return sql`
      ${sql.raw(`brought_${kind}s`)} as (
        insert into ${sql.raw(`invitation_${kind}`)} (invitation_id, ${key}, role)
        select sent.id, w.id, w.role
        from sent cross join unnest(${column(wanted, 'groupId')}::text[], ${column(wanted, 'role')}::text[]) as w (id, role)
          join offered_groups g on g.id = w.id)`;
  };
  return sql`
    offered_groups as materialized (${selectOffered(standing, offers)}),
    ${sql.join(groupKinds.map(of), sql`, `)}`;
}

/** Refuses unless each is there, the actor may give the role in it, and a team is of the organization invited to. */
export async function checkOffers(
  tx: Transaction,
  standing: Standing,
  offers: readonly InGroup[],
  groups: readonly Group[],
): Promise<void> {
  const byId = new Map(groups.map((group) => [group.id, group]));
  for (const { groupId, role } of offers) {
    const group = byId.get(groupId);
    const kind = kindOf(groupId);
    if (!group) throw new Refusal('group-not-found', { kind, text: '' });
    const { name, organization, organizationId } = group;
    const grantable = rolesToGrant(standing, group);
    if (grantable.length === 0) await authorize(tx, standing, 'manage-groups', organizationId);
    if (kind === 'team' && organizationId !== standing.organizationId) {
      throw new Refusal('team-of-another-organization', { group: name, organization });
    }
    if (!grantable.includes(role)) throw new Refusal('role-above-own', { group: name });
  }
}
