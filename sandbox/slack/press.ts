import { type Acting, namesOf, triggerFor } from './acting.ts';
import { type FieldValues, filledState, initialState, type StateValues } from './form-state.ts';
import { actionOf, type Clickable, findClickable } from './surface.ts';
import type { Answer, Clicked, PretendPerson, Shown, View } from './types.ts';

/** A message as somebody saw it, or whatever is open now. */
export type Surface = Shown | View | 'home' | 'modal';

/** Clicks; a confirmation dialog is confirmed. `typed` is what stands in the fields around the button by then. */
export async function press(
  acting: Acting,
  as: string,
  on: Surface,
  clicked: Clicked,
  typed: FieldValues = {},
): Promise<Answer> {
  const person = acting.directory.person(as);
  const surface = typeof on === 'string' ? openView(acting, person, on) : on;
  const found = findClickable(surface, clicked);
  const selected = typeof clicked === 'string' ? undefined : clicked.selected;
  const { state: chosen, ...action } = actionOf(found, selected, namesOf(acting));
  const before = 'ts' in surface ? initialState(surface.blocks) : surface.state.values;
  const state = withChoice(filledState(surface.blocks, before, typed, namesOf(acting)), found, chosen);
  return 'ts' in surface
    ? onMessage(acting, person, surface, action, state)
    : onView(acting, person, { ...surface, state: { values: state } }, action);
}

async function onMessage(
  acting: Acting,
  person: PretendPerson,
  message: Shown,
  action: object,
  state: StateValues,
) {
  const { screens, requests, responseUrls, payloads } = acting;
  const { channel, ts, ephemeral } = message;
  const original = { channel, ts, ...(ephemeral && { ephemeral }) };
  const responseUrl = responseUrls.create({ personId: person.id, channel, original });
  const place = { id: channel, name: screens.nameOf(channel) };
  const triggerId = await triggerFor(acting, person.id);
  return requests.interaction(
    payloads.messageAction({ person, message, place, action, state, responseUrl, triggerId }),
  );
}

async function onView(acting: Acting, person: PretendPerson, view: View, action: object): Promise<Answer> {
  const { views, requests, payloads } = acting;
  views.change(view.id, { state: view.state });
  const triggerId = await triggerFor(acting, person.id, view.type === 'modal' ? view.id : undefined);
  return requests.interaction(payloads.viewAction({ person, view, action, triggerId }));
}

function withChoice(
  state: StateValues,
  { blockId, element }: Clickable,
  chosen: StateValues[string][string] | undefined,
) {
  if (!chosen) return state;
  return { ...state, [blockId]: { ...state[blockId], [element.action_id ?? '']: chosen } };
}

function openView({ views }: Acting, person: PretendPerson, which: 'home' | 'modal'): View {
  const view = which === 'modal' ? views.top(person.id) : views.home(person.id);
  if (view) return view;
  throw new Error(`${person.name} has no ${which === 'modal' ? 'modal open' : 'home tab yet'}.`);
}
