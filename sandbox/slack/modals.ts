import { type Acting, namesOf, triggerFor } from './acting.ts';
import { checkView } from './check-blocks.ts';
import { clientProblems, type FieldValues, filledState } from './form-state.ts';
import { deepestModal } from './refuse.ts';
import type { Answer, Modal, PretendPerson, View } from './types.ts';
import type { RawView } from './views.ts';

const notSent: Answer = { status: 200, body: '', ms: 0, notSent: true };
const trouble = { problem: 'We had some trouble connecting. Try again?' };

/**
 * Types into the open modal and submits it, then does what usher's `response_action` says.
 * What Slack's client objects to itself (an empty required field) is shown and not sent. Throws when no modal is open.
 */
export async function submitModal(acting: Acting, as: string, values: FieldValues): Promise<Answer> {
  const { directory, views, requests, payloads } = acting;
  const person = directory.person(as);
  const open = topModal(acting, person);
  const state = { values: filledState(open.blocks, open.state.values, values, namesOf(acting)) };
  const errors = clientProblems(open.blocks, state.values);
  if (Object.keys(errors).length > 0) {
    views.change(open.id, { state, errors });
    return notSent;
  }
  views.change(open.id, { state });
  const view = { ...open, state };
  const triggerId = await triggerFor(acting, person.id, view.id);
  const answer = await requests.interaction(payloads.submission({ person, view, triggerId }));
  await follow(acting, person, view, answer);
  return answer;
}

/** Closes the modal on top; usher hears of it only when the view asked for that. Throws when no modal is open. */
export async function closeModal(acting: Acting, as: string): Promise<Answer> {
  const { directory, views, requests, payloads } = acting;
  const person = directory.person(as);
  const view = topModal(acting, person);
  views.close(person.id, view.clear_on_close ? 'all' : view.id);
  return view.notify_on_close ? requests.interaction(payloads.closing({ person, view })) : notSent;
}

function topModal({ views }: Acting, person: PretendPerson): Modal {
  const top = views.top(person.id);
  if (!top) throw new Error(`${person.name} has no modal open.`);
  const { errors: _, problem: __, ...modal } = top;
  return modal;
}

async function follow(acting: Acting, person: PretendPerson, view: View, answer: Answer): Promise<void> {
  const { views } = acting;
  if (answer.status !== 200) return views.change(view.id, trouble);
  if (answer.body === '') return views.close(person.id, view.id);
  const said = (typeof answer.body === 'object' ? answer.body : {}) as Record<string, unknown>;
  switch (said.response_action) {
    case 'clear':
      return views.close(person.id, 'all');
    case 'errors':
      return views.change(view.id, shownErrors(view, said.errors));
    case 'update':
      return show(acting, view, said.view, async (sent) => {
        const updated = await acting.emulator.call('views.update', { view_id: view.id, view: sent });
        views.update(updated.view as RawView);
      });
    case 'push':
      if (views.depth(person.id) >= deepestModal) return views.change(view.id, trouble);
      return show(acting, view, said.view, async (sent) => {
        const trigger_id = await triggerFor(acting, person.id);
        const opened = await acting.emulator.call('views.open', { trigger_id, view: sent });
        views.push(person.id, opened.view as RawView);
      });
    default:
      return views.change(view.id, trouble);
  }
}

async function show(acting: Acting, open: View, sent: unknown, doShow: (view: object) => Promise<void>) {
  const wrong = checkView(sent);
  if (!wrong) return doShow(sent as object);
  acting.views.change(open.id, { problem: `${trouble.problem} ${wrong.errors.join('; ')}` });
}

/** Slack takes errors only for the view's own input blocks. */
function shownErrors(view: View, errors: unknown): { errors: Record<string, string> } | typeof trouble {
  if (typeof errors !== 'object' || errors === null) return trouble;
  const inputs = view.blocks.flatMap((block) => (block.type === 'input' ? block.block_id : []));
  const fine = Object.entries(errors).every(([id, text]) => inputs.includes(id) && typeof text === 'string');
  return fine ? { errors: { ...errors } as Record<string, string> } : trouble;
}
