import type { AuditEntry, AuditPage } from '../membership/audit/list-events.ts';
import { attempts, reasons } from './audit-refusals.ts';
import type { Say } from './audit-say.ts';
import { eventSentence } from './audit-sentences.ts';
import { type Asked, carriedOn, narrowedTo } from './lists.ts';
import type { Button, Message, Row } from './message.ts';
import { list, momentInYear, oneLine } from './words.ts';

/** The audit log, one sentence a row, the newest first. */
export function auditList(page: AuditPage, asked: Asked, timeZone: string): Message {
  const where = page.organization ? ` of ${page.organization}` : '';
  const about = `${where}${narrowedTo(page.words)}`;
  return {
    summary: page.rows.length > 0 ? `Audit log${about}` : `Nothing in the audit log${about}.`,
    rows: page.rows.map((entry) => auditRow(entry, page, timeZone)),
    ...(asked.search || asked.after
      ? {}
      : { footnote: 'Narrow it down: about:ana, by:ben, on:2026-11-21, since:2026-11-01, or any name.' }),
    buttons: turning(page, asked),
  };
}

function turning(page: AuditPage, asked: Asked): Button[] {
  const { search: _, ...place } = carriedOn(asked);
  const search = carriedOn(asked);
  const go = { do: 'audit', turn: true } as const;
  return [
    ...(page.next ? [{ label: 'Older', action: { ...go, ...search, after: page.next } }] : []),
    ...(asked.after ? [{ label: 'Newest', action: { ...go, ...search } }] : []),
    ...(asked.search ? [{ label: 'Show all', action: { ...go, ...place } }] : []),
    { label: 'Export', action: { do: 'audit.export', ...(asked.in ? { in: asked.in } : {}) } },
  ];
}

function auditRow(entry: AuditEntry, { names, organization }: AuditPage, timeZone: string): Row {
  const isElsewhere = organization === undefined && entry.organizationId;
  return {
    title: oneLine(sentenceOf(entry, names), 300),
    detail: [
      momentInYear(entry.at, timeZone),
      ...(isElsewhere ? [sayWith(names).name(isElsewhere)] : []),
    ].join(' · '),
  };
}

/** The columns of the audit log as a file. */
export const auditColumns = ['at', 'organization', 'by', 'action', 'what', 'refused'] as const;

/** One entry as a line of that file: the same sentence as in the list, and the plain facts beside it. */
export function auditCells(entry: AuditEntry, names: AuditPage['names']): (string | null)[] {
  const { at, organizationId, actorId, what } = entry;
  const { name } = sayWith(names);
  return [
    at.toISOString().replace(/\.\d+Z$/, 'Z'),
    organizationId && name(organizationId),
    actorId && name(actorId),
    'event' in what ? what.event.name : what.action,
    sentenceOf(entry, names),
    'refusal' in what ? (reasons[what.refusal] ?? 'it was refused') : null,
  ];
}

function sentenceOf({ actorId, what }: AuditEntry, names: AuditPage['names']): string {
  const { name } = sayWith(names);
  const say: Say = { name, who: actorId ? name(actorId) : 'Somebody who is no member' };
  return 'event' in what ? eventSentence(what.event, say) : refusalSentence(what, say, names);
}

function sayWith(names: AuditPage['names']): Pick<Say, 'name'> {
  return { name: (id) => oneLine(names.get(id) ?? 'somebody or something that is gone', 60) };
}

/** What was not done, to whom, and why. */
function refusalSentence(
  { action, refusal, subject }: Extract<AuditEntry['what'], { refusal: unknown }>,
  { who }: Say,
  names: AuditPage['names'],
): string {
  const people = subject.split(' ').flatMap((id) => (id.startsWith('mem_') ? (names.get(id) ?? []) : []));
  const whom =
    people.length > 0 ? ` (${list(people.slice(0, 3))}${people.length > 3 ? ' and others' : ''})` : '';
  return `${who} tried to ${attempts[action] ?? 'do something'}${whom}: ${reasons[refusal] ?? 'it was refused'}`;
}
