import type { BatchId, OrganizationId } from '../../db/id.ts';
import type { Stopped } from '../membership/invitations/stop-sending.ts';
import type { Button, Message } from './message.ts';
import { count, list, upTo } from './words.ts';

export type BatchFigures = {
  organizationId: OrganizationId;
  organization: string;
  size: number;
  joined: string[];
  declined: string[];
  expired: string[];
  unreachable: string[];
  revoked: number;
  /** How many are still to be delivered. */
  sending: number;
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
      ...(batch.revoked > 0 ? [{ label: 'Taken back', value: batch.revoked.toLocaleString('en') }] : []),
      ...(waiting > 0 ? [{ label: 'No answer yet', value: String(waiting) }] : []),
    ],
    ...(batch.unreachable.length > 0
      ? {
          footnote:
            'Who could not be reached is not in this chat: press See pending, copy the link and pass it on.',
        }
      : {}),
    ...(batch.unreachable.length + batch.expired.length > 0 ? { buttons: [seePending(batch)] } : {}),
  };
}

/** How far the sending of a long list is; drawn anew as it goes on. */
export function batchProgress(
  batchId: BatchId,
  { organization, size, sending, revoked }: BatchFigures,
): Message {
  const all = size - revoked;
  return {
    summary: `Your invitations to ${organization}: ${(all - sending).toLocaleString('en')} of ${all.toLocaleString('en')} are done …`,
    buttons: [{ label: 'Stop sending', action: { do: 'invite.stop', batchId }, style: 'danger' }],
  };
}

/** The rest of a long list was called off. */
export function sendingStopped({ revoked, organizationId }: Stopped): Message {
  return {
    summary: `Stopped: ${count(revoked, 'invitation')} ${revoked === 1 ? 'was' : 'were'} taken back before delivery.`,
    body: ['Those that were sent stay open. usher tells you here what they answer.'],
    buttons: [seePending({ organizationId })],
  };
}

function seePending({ organizationId }: Pick<Stopped, 'organizationId'>): Button {
  return { label: 'See pending', action: { do: 'pending', in: organizationId } };
}
