import type { Acting } from './acting.ts';
import { type Dialog, newDialog, readTask } from './dialogs.ts';
import { notSent, trouble } from './outcome.ts';
import { wasTaken } from './requests.ts';
import { actionsOf, findAction } from './surface.ts';
import type { Answer, Clicked, FieldValues, PretendPerson } from './types.ts';

/** Types into the open dialog and presses its one button. Throws when none is open, or it has several buttons. */
export async function submitModal(acting: Acting, as: string, values: FieldValues): Promise<Answer> {
  const { card } = openDialog(acting, acting.directory.person(as));
  const submits = card ? actionsOf(card).filter(({ type }) => type === 'Action.Submit') : [];
  const [only, ...others] = submits;
  if (only && others.length === 0) return pressInDialog(acting, as, { actionId: only.id ?? '' }, values);
  throw new Error(`The dialog has ${submits.length} buttons to submit it with; press one of them.`);
}

/**
 * Types into the open dialog and presses one of its buttons, then does what usher answers: the dialog closes, or shows
 * another card. What the client objects to itself is shown and not sent.
 */
export async function pressInDialog(
  acting: Acting,
  as: string,
  clicked: Clicked,
  typed: FieldValues,
): Promise<Answer> {
  const person = acting.directory.person(as);
  const { errors: _, problem: __, ...dialog } = openDialog(acting, person);
  if (!dialog.card) throw new Error(`The dialog "${dialog.title}" has no card to press on.`);
  const { card, id } = findAction([dialog.card], clicked);
  const executed = acting.client.execute(card, id, { ...dialog.values, ...typed });
  if ('errors' in executed) {
    acting.dialogs.show(person.id, { ...dialog, ...executed });
    return notSent;
  }
  if (executed.action.type !== 'Action.Submit') return notSent;
  return submit(acting, person, dialog, executed.action.data);
}

/** Closes the open dialog. Throws when none is. */
export async function closeModal(acting: Acting, as: string): Promise<Answer> {
  const person = acting.directory.person(as);
  openDialog(acting, person);
  acting.dialogs.close(person.id);
  return notSent;
}

async function submit(
  { requests, payloads, dialogs, client }: Acting,
  person: PretendPerson,
  dialog: Dialog,
  data: unknown,
): Promise<Answer> {
  const { place, replyToId } = dialog;
  const answer = await requests.activity(payloads.task('task/submit', person, place, data ?? {}, replyToId));
  try {
    if (!wasTaken(answer)) throw new Error(trouble);
    const task = readTask(answer.body, client);
    if (task) dialogs.show(person.id, newDialog(task, { place, replyToId }));
    else dialogs.close(person.id);
  } catch (error) {
    dialogs.show(person.id, { ...dialog, problem: error instanceof Error ? error.message : String(error) });
  }
  return answer;
}

function openDialog({ dialogs }: Acting, person: PretendPerson): Dialog {
  const dialog = dialogs.top(person.id);
  if (!dialog) throw new Error(`${person.name} has no dialog open.`);
  return dialog;
}
