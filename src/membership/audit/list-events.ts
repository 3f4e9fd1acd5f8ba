import { sql } from 'drizzle-orm';
import type { Id, OrganizationId } from '../../../db/id.ts';
import { authorize, readStanding } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Event } from '../events.ts';
import type { ListInput } from '../invitations/list-invitations.ts';
import type { ListWords } from '../list-words.ts';
import { operation } from '../operation.ts';
import { reach } from '../policy.ts';
import type { PrivilegedAction } from '../privileged-actions.ts';
import type { RefusalCode } from '../refusal.ts';
import { type Page, pageOf } from '../search.ts';
import { type AuditKey, readAuditWords } from './audit-words.ts';
import { type Names, readNames } from './names.ts';
import { selectEvents } from './select-events.ts';

/** What happened, or what was refused to whom. */
export interface AuditEntry {
  id: Id<'aud'>;
  at: Date;
  organizationId: OrganizationId | null;
  /** The member who did it; empty when time did, or somebody who is no member. */
  actorId: string | null;
  what: { event: Event } | { action: PrivilegedAction; refusal: RefusalCode; subject: string };
}

/** A page of the audit log. */
export interface AuditPage extends Page<AuditEntry> {
  /** Where it happened; empty when it is about every organization of the account. */
  organization: string | undefined;
  words: ListWords<AuditKey>;
  /** What everything in it is called now, by id. */
  names: Names;
}

/** A stored entry. */
export interface AuditRow extends Record<string, unknown> {
  id: Id<'aud'>;
  at: string;
  organization_id: OrganizationId | null;
  actor_member_id: string | null;
  action: string;
  subject: string;
  refusal: RefusalCode | null;
  data: Record<string, unknown>;
}

/**
 * What happened, the newest first: in every organization for an Account Admin who names none, in their own for everybody
 * else who may read it. The key of a page is its last moment and id.
 */
export function listEvents(context: Context, { search = '', after, size }: ListInput): Promise<AuditPage> {
  return operation(
    context,
    async (tx) => {
      const standing = await readStanding(tx, context);
      await authorize(tx, standing, 'read-audit');
      const isEverywhere = reach(standing, 'read-audit') === 'all' && !standing.named;
      const { words, asked } = await readAuditWords(tx, standing, context, { search, isEverywhere });
      const [at, id] = after ? (JSON.parse(after) as [string, string]) : [];
      const range = {
        ...asked.range,
        ...(at && id ? { before: sql`(e.at, e.id) < (${at}::timestamptz, ${id})` } : {}),
      };
      const rows = await tx.execute<AuditRow>(
        selectEvents(standing, { isEverywhere, range, people: asked.people }, size + 1),
      );
      const page = pageOf([...rows], size, (row) => JSON.stringify([row.at, row.id]));
      return {
        ...page,
        rows: page.rows.map(entryOf),
        organization: isEverywhere ? undefined : standing.organization,
        words,
        names: await readNames(tx, standing, page.rows),
      };
    },
    { action: 'audit.list' },
  );
}

/** A stored entry as what happened, or what was refused. */
export function entryOf({
  id,
  at,
  organization_id,
  actor_member_id,
  refusal,
  action,
  subject,
  data,
}: AuditRow): AuditEntry {
  return {
    ...{ id, at: new Date(at), organizationId: organization_id, actorId: actor_member_id },
    what: refusal
      ? { action: action as PrivilegedAction, refusal, subject }
      : { event: data as unknown as Event },
  };
}
