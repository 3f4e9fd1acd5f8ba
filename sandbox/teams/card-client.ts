import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';
import { fillCard } from './fill-card.ts';
import { ownIdOf } from './surface.ts';
import type { Card, FieldValues } from './types.ts';

/** An action somebody pressed; `data` has what stands in the inputs too. */
export interface PressedAction {
  type: string;
  id?: string;
  title?: string;
  data?: Record<string, unknown>;
  verb?: string;
}

/** What comes of pressing an action, or what the client objects to. */
type Executed =
  | { action: PressedAction }
  | { errors: Record<string, string>; values: Record<string, string> };

/** The `adaptivecards` library in a window of its own, as in a Teams client. */
export interface CardClient {
  /** What the library objects to in a card; empty when it takes all of it. */
  problemsOf(card: object): string[];
  /** Types into a card and presses one of its actions, by id. Throws when a field is not there, or cannot hold that. */
  execute(card: Card, actionId: string, typed: FieldValues): Executed;
}

type Library = typeof AdaptiveCards;

/** How many buttons Teams shows in a row. */
const mostActions = 6;

/** Loads the library once a process; it sees no globals of this process, and leaves none behind. */
export function loadCardClient(): Promise<CardClient> {
  loading ??= load();
  return loading;
}
let loading: Promise<CardClient> | undefined;

async function load(): Promise<CardClient> {
  // jsdom takes half a second to load, so only worlds with Teams in them do.
  const { JSDOM, VirtualConsole } = await import('jsdom');
  const script = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const options = { runScripts: 'outside-only', virtualConsole: new VirtualConsole() } as const;
  const { window } = new JSDOM('<!doctype html>', options);
  window.eval(await readFile(script, 'utf8'));
  const library = window.AdaptiveCards as Library;
  return {
    problemsOf: (card) => problemsOf(library, card),
    execute: (card, actionId, typed) => execute(library, card, actionId, typed),
  };
}

/** A card as Teams would draw it, with what the library said while it read it. */
function parse(library: Library, json: object) {
  const context = new library.SerializationContext();
  const card = new library.AdaptiveCard();
  card.hostConfig = new library.HostConfig({ actions: { maxActions: mostActions } });
  card.parse(json, context);
  return { card, context };
}

function problemsOf(library: Library, json: object): string[] {
  const { card, context } = parse(library, json);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
  return [...events, ...card.validateProperties().validationEvents].map(({ message }) => message);
}

function execute(library: Library, json: Card, actionId: string, typed: FieldValues): Executed {
  const filled = fillCard(json, typed);
  if (Object.keys(filled.errors).length > 0) return { errors: filled.errors, values: filled.values };
  const { card } = parse(library, filled.card);
  card.render();
  let executed: AdaptiveCards.Action | undefined;
  card.onExecuteAction = (action) => {
    executed = action;
  };
  const action = card.getActionById(actionId);
  if (!action) throw new Error(`The card has no action "${actionId}" any more.`);
  action.execute();
  if (executed) return { action: sent(executed) };
  const objecting = card.getAllInputs().filter((input) => !input.validateValue());
  if (objecting.length === 0) return { action: { type: action.getJsonTypeName() } };
  const errors = objecting.map(({ id, errorMessage }) => [id, errorMessage || 'This is needed.']);
  return { errors: Object.fromEntries(errors), values: filled.values };
}

/** What of an executed action goes over the wire. The library's objects belong to its own window, so they are copied. */
function sent(executed: AdaptiveCards.Action): PressedAction {
  const { id, title, data, verb } = executed as AdaptiveCards.Action & Record<string, unknown>;
  const type = executed.getJsonTypeName();
  return JSON.parse(JSON.stringify({ type, id: ownIdOf(id), title, data, verb }));
}
