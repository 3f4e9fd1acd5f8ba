import { newId } from '../../db/id.ts';
import type { AuditEntry, AuditPage } from '../../src/membership/audit/list-events.ts';
import type { Event } from '../../src/membership/events.ts';
import * as audit from '../../src/messages/audit.ts';
import { attempts, reasons } from '../../src/messages/audit-refusals.ts';
import { eventSentence } from '../../src/messages/audit-sentences.ts';
import type { Message } from '../../src/messages/message.ts';
import { everyEvent } from './every-event.ts';

/** The audit log with every event and every refusal in it, everything in it called by this text. */
export function aboutAudit(text: string): [builder: string, message: Message][] {
  const events = everyEvent(text);
  const pages = [events.slice(0, 20), events.slice(20, 40), events.slice(40)].map((part) =>
    auditPage(text, part),
  );
  const asked = { search: text.slice(0, 150), after: text.slice(0, 100), in: newId('org') };
  const names = { who: text, name: () => text };
  return [
    ...pages.map((page): [string, Message] => ['auditList', audit.auditList(page, asked, text)]),
    ['auditList', audit.auditList({ ...auditPage(text, []), rows: [] }, {}, 'UTC')],
    ['eventSentence', { summary: 'Audit', body: events.map((event) => `${eventSentence(event, names)}.`) }],
    ['attempts', { summary: 'Attempts', body: Object.values(attempts) }],
    ['reasons', { summary: 'Reasons', body: Object.values(reasons) }],
  ];
}

/** A page of the log with these events, and one refusal. */
export function auditPage(text: string, events: readonly Event[]): AuditPage {
  const entry = { id: newId('aud'), at: new Date(), organizationId: newId('org'), actorId: newId('mem') };
  const memberId = newId('mem');
  const refused: AuditEntry = {
    ...{ ...entry, actorId: null },
    what: { action: 'member.removed', refusal: 'not-allowed', subject: memberId },
  };
  const rows = [...events.map((event): AuditEntry => ({ ...entry, what: { event } })), refused];
  const ids = JSON.stringify(rows).match(/[a-z]{3}_[0-9a-f]{32}/g) ?? [];
  return {
    ...{ rows, next: text.slice(0, 100), organization: undefined },
    words: { text: text.slice(0, 150), filters: [{ key: 'on', value: '2026-11-21' }] },
    names: new Map(ids.map((id) => [id, text])),
  };
}
