import type { DraftId } from '../../db/id.ts';
import type { Message } from './message.ts';
import { count } from './words.ts';

/** How far a change of many people is, drawn anew as it goes on. */
export function peopleProgress(doing: string, draftId: DraftId, total: number, done: number): Message {
  const of = (part: number) => part.toLocaleString('en');
  return {
    summary: `${doing} ${count(total, 'person', 'people')} …`,
    rows: [{ title: `${of(done)} of ${of(total)}`, bar: { filled: done, of: total } }],
    buttons: [{ label: 'Stop', action: { do: 'work.stop', draftId }, style: 'danger' }],
  };
}

/** Said to whoever stopped it. */
export function stopping(): Message {
  return {
    summary: 'It stops now.',
    body: [
      'What is done stays done; nobody else is changed. The message with the progress says how far it came.',
    ],
  };
}
