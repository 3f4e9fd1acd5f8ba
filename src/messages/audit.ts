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
  ];
}

function auditRow(entry: AuditEntry, { names, organization }: AuditPage, timeZone: string): Row {
  const name = (id: string) => oneLine(names.get(id) ?? 'somebody or something that is gone', 60);
  const who = entry.actorId ? name(entry.actorId) : 'Somebody who is no member';
  const say: Say = { who, name };
  const { what } = entry;
  const sentence = 'event' in what ? eventSentence(what.event, say) : refusalSentence(what, say, names);
  return {
    title: oneLine(sentence, 300),
    detail: [
      momentInYear(entry.at, timeZone),
      ...(organization === undefined && entry.organizationId ? [name(entry.organizationId)] : []),
    ].join(' · '),
  };
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
