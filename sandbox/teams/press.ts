import type { Acting } from './acting.ts';
import type { PressedAction } from './card-client.ts';
import { readCard } from './check-card.ts';
import { newDialog, readTask } from './dialogs.ts';
import { pressInDialog } from './modals.ts';
import { notSent, trouble } from './outcome.ts';
import { wasTaken } from './requests.ts';
import type { Place } from './screens.ts';
import { findAction } from './surface.ts';
import type { Answer, Clicked, FieldValues, PretendPerson, Shown } from './types.ts';

/** A press, and where. */
interface Pressed {
  person: PretendPerson;
  place: Place;
  message: Shown;
  action: PressedAction;
}

/** Clicks, and does what the button is; what stands on the card by then is `typed`. */
export async function press(
  acting: Acting,
  as: string,
  on: Shown | 'modal',
  clicked: Clicked,
  typed: FieldValues = {},
): Promise<Answer> {
  if (on === 'modal') return pressInDialog(acting, as, clicked, typed);
  const person = acting.directory.person(as);
  const place = acting.screens.placeFor(person, on.conversation);
  const { card, id } = findAction(on.cards, clicked);
  const executed = acting.client.execute(card, id, typed);
  if ('errors' in executed) {
    acting.screens.showOnly(person, on, { notice: Object.values(executed.errors).join(' ') });
    return notSent;
  }
  return follow(acting, { person, place, message: on, action: executed.action });
}

async function follow(acting: Acting, pressed: Pressed): Promise<Answer> {
  const { type, data } = pressed.action;
  if (type === 'Action.Execute') return execute(acting, pressed);
  if (type !== 'Action.Submit') return notSent;
  const { type: kind } = (data?.msteams ?? {}) as { type?: unknown };
  if (kind === 'task/fetch') return openDialog(acting, pressed);
  if (kind !== undefined) throw new Error(`The pretend Teams does not know buttons of type ${kind}.`);
  return submit(acting, pressed);
}

async function submit({ payloads, requests, screens }: Acting, pressed: Pressed): Promise<Answer> {
  const { person, place, message, action } = pressed;
  const answer = await requests.activity(payloads.pressed(person, place, action.data ?? {}, message.id));
  if (!wasTaken(answer)) screens.showOnly(person, message, { notice: trouble });
  return answer;
}

async function openDialog(acting: Acting, pressed: Pressed): Promise<Answer> {
  const { payloads, requests, screens, dialogs, client } = acting;
  const { person, place, message, action } = pressed;
  const answer = await requests.activity(payloads.task('task/fetch', person, place, action.data, message.id));
  try {
    if (!wasTaken(answer)) throw new Error(trouble);
    const task = readTask(answer.body, client);
    if (!task) throw new Error(`${trouble} There is no dialog in the answer.`);
    dialogs.show(person.id, newDialog(task, { place, replyToId: message.id }));
  } catch (error) {
    screens.showOnly(person, message, { notice: said(error) });
  }
  return answer;
}

async function execute(acting: Acting, pressed: Pressed): Promise<Answer> {
  const { payloads, requests, screens, client } = acting;
  const { person, place, message, action } = pressed;
  const answer = await requests.activity(payloads.executed(person, place, action, message.id));
  try {
    const { statusCode, type, value } = (answer.body ?? {}) as Record<string, unknown>;
    if (!wasTaken(answer) || statusCode !== 200) throw new Error(trouble);
    if (type === 'application/vnd.microsoft.activity.message')
      screens.showOnly(person, message, { notice: String(value) });
    else
      screens.showOnly(person, message, { cards: [readCard({ contentType: type, content: value }, client)] });
  } catch (error) {
    screens.showOnly(person, message, { notice: said(error) });
  }
  return answer;
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
