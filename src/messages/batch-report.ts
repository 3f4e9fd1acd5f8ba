import type { Message } from './message.ts';
import { count, list, upTo } from './words.ts';

export type BatchFigures = {
  organization: string;
  size: number;
  joined: string[];
  declined: string[];
  expired: string[];
  unreachable: string[];
  revoked: number;
};

/** The inviter's one message about everybody they invited together, drawn anew as answers come. */
export function batchReport(batch: BatchFigures): Message {
  const answered = batch.joined.length + batch.declined.length + batch.expired.length + batch.revoked;
  const waiting = batch.size - answered;
  const line = (label: string, people: string[]) => {
    if (people.length === 0) return [];
    const { shown, more } = upTo(people, 10);
    return [{ label, value: list([...shown, ...(more > 0 ? [`${count(more, 'other')}`] : [])]) }];
  };
  return {
    summary: `Your ${batch.size === 1 ? 'invitation' : 'invitations'} to ${batch.organization}: ${batch.joined.length} of ${batch.size} joined.`,
    facts: [
      ...line('Joined', batch.joined),
      ...line('Declined', batch.declined),
      ...line('Ran out', batch.expired),
      ...line('Could not be reached', batch.unreachable),
      ...(waiting > 0 ? [{ label: 'No answer yet', value: String(waiting) }] : []),
    ],
    ...(batch.unreachable.length > 0
      ? {
          footnote:
            'Who could not be reached is not in this chat: press See pending, copy the link and pass it on.',
        }
      : {}),
    ...(batch.unreachable.length + batch.expired.length > 0
      ? { buttons: [{ label: 'See pending', action: { do: 'pending' } }] }
      : {}),
  };
}
