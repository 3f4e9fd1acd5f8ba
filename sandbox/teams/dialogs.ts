import { randomUUID } from 'node:crypto';
import type { CardClient } from './card-client.ts';
import { readCard } from './check-card.ts';
import type { Place } from './screens.ts';
import { withActionIds } from './surface.ts';
import type { Modal } from './types.ts';

/** A dialog, and where its button was pressed. */
export interface Dialog extends Modal {
  place: Place;
  replyToId: string;
}

/** Which dialog is open on whose screen; Teams has one at a time. */
export interface Dialogs {
  top(personId: string): Dialog | undefined;
  show(personId: string, dialog: Dialog): void;
  close(personId: string): void;
}

export function createDialogs(changed: () => void): Dialogs {
  const open = new Map<string, Dialog>();
  return {
    top: (personId) => open.get(personId),
    show: (personId, dialog) => {
      open.set(personId, dialog);
      changed();
    },
    close: (personId) => {
      open.delete(personId);
      changed();
    },
  };
}

/** What `task` in an answer says: a dialog, or undefined to close the one that is open. Throws when Teams takes neither. */
export function readTask(body: unknown, client: CardClient): Omit<Modal, 'id' | 'values'> | undefined {
  if (isNothing(body)) return undefined;
  const { type, value } = ((body as { task?: unknown })?.task ?? {}) as { type?: unknown; value?: unknown };
  if (type === 'message') {
    const text = String(value ?? '');
    return text === '' ? undefined : { title: 'usher', text, height: 'small', width: 'small' };
  }
  if (type !== 'continue') throw new Error(`Teams knows no task of type ${type}.`);
  const { title, card, height = 'small', width = 'small' } = (value ?? {}) as Record<string, unknown>;
  if (typeof title !== 'string' || title === '') throw new Error('A dialog needs a title.');
  const size = { height: height as Modal['height'], width: width as Modal['width'] };
  return { title, card: withActionIds(readCard(card, client)), ...size };
}

/** A dialog as it opens. */
export function newDialog(
  task: Omit<Modal, 'id' | 'values'>,
  where: Pick<Dialog, 'place' | 'replyToId'>,
): Dialog {
  return { id: randomUUID(), values: {}, ...task, ...where };
}

function isNothing(body: unknown): boolean {
  return body === '' || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
}
