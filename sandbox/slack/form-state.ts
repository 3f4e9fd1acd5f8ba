import type { Block } from './block-schemas.ts';
import { type Element, type Option, optionsOf } from './element-schemas.ts';
import type { HeldFile } from './files.ts';

/** What one field holds, as Slack reports it under `view.state.values[block_id][action_id]`. */
export interface StateValue {
  type: string;
  value?: string | null;
  selected_date?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_users?: string[];
  files?: HeldFile[];
}
/** What names that are typed into fields mean. */
export interface Names {
  /** The id of somebody. */
  person(name: string): string;
  /** A file that was given, by its id. */
  file(id: string): HeldFile;
}
export type StateValues = Record<string, Record<string, StateValue>>;
/** What a person puts into a field: text, one value or label, several of them, or nothing. */
export type FieldValue = string | string[] | null;
/** Fields by block id, action id, both as `block/action`, or label. */
export type FieldValues = Record<string, FieldValue>;

export type Fillable = Exclude<Element, { type: 'button' } | { type: 'overflow' }>;
interface Field {
  blockId: string;
  actionId: string;
  label: string;
  element: Fillable;
  required: boolean;
}

/** The state of a surface on which nobody has typed yet. */
export function initialState(blocks: Block[]): StateValues {
  const state: StateValues = {};
  for (const field of fieldsOf(blocks)) put(state, field, initialValue(field.element));
  return state;
}

/** Carries what was typed over to new blocks: as in Slack, a field keeps its content while both its ids stay the same. */
export function keptState(blocks: Block[], typed: StateValues): StateValues {
  const state = initialState(blocks);
  for (const field of fieldsOf(blocks)) {
    const before = typed[field.blockId]?.[field.actionId];
    if (before?.type === field.element.type) put(state, field, before);
  }
  return state;
}

/** Types `values` over `state`. Throws when a key names no field or a value is not among its options. */
export function filledState(
  blocks: Block[],
  state: StateValues,
  values: FieldValues,
  names: Names,
): StateValues {
  const filled = structuredClone(state);
  const fields = fieldsOf(blocks);
  for (const [key, value] of Object.entries(values)) {
    const called = (one: Field) => [one.blockId, one.actionId, one.label, `${one.blockId}/${one.actionId}`];
    const [field, ...others] = fields.filter((one) => called(one).includes(key));
    if (!field || others.length > 0) {
      const known = fields.map((one) => `${one.label} (${one.blockId}/${one.actionId})`).join(', ');
      throw new Error(
        `"${key}" names ${field ? 'several fields' : 'no field'}; the fields are: ${known || 'none'}.`,
      );
    }
    put(filled, field, typedValue(field.element, value, names));
  }
  return filled;
}

/** The problems Slack's client itself shows, by block id, before anything is sent. */
export function clientProblems(blocks: Block[], state: StateValues): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of fieldsOf(blocks)) {
    const problem = clientProblem(field, state[field.blockId]?.[field.actionId]);
    if (problem) problems[field.blockId] = problem;
  }
  return problems;
}

/** What the person holds in one element after choosing or typing `value`. */
export function typedValue(element: Fillable, value: FieldValue, names: Names): StateValue {
  const chosen = value === null || value === '' ? [] : [value].flat();
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
      return { type: element.type, value: chosen.join('\n') || null };
    case 'datepicker':
      return { type: element.type, selected_date: chosen[0] ?? null };
    case 'static_select':
    case 'radio_buttons':
      return {
        type: element.type,
        selected_option: chosen[0] === undefined ? null : pick(element, chosen[0]),
      };
    case 'checkboxes':
    case 'multi_static_select':
      return { type: element.type, selected_options: chosen.map((one) => pick(element, one)) };
    case 'file_input':
      return { type: element.type, files: chosen.map(names.file) };
    case 'multi_users_select':
      return { type: element.type, selected_users: chosen.map(names.person) };
  }
}

/** The option of a menu with that value or label. Throws when there is none. */
export function pick(menu: Parameters<typeof optionsOf>[0], wanted: string): Option {
  const options = optionsOf(menu);
  const found =
    options.find((one) => one.value === wanted) ?? options.find((one) => one.text.text === wanted);
  if (found) return found;
  throw new Error(`No option "${wanted}"; there are: ${options.map((one) => one.text.text).join(', ')}.`);
}

function fieldsOf(blocks: Block[]): Field[] {
  return blocks.flatMap((block): Field[] => {
    const blockId = block.block_id ?? '';
    const field = (element: Element, label: string, required: boolean): Field[] =>
      element.type === 'button' || element.type === 'overflow'
        ? []
        : [{ blockId, actionId: element.action_id ?? '', label, element, required }];
    if (block.type === 'input') return field(block.element, block.label.text, !block.optional);
    if (block.type === 'actions') return block.elements.flatMap((element) => field(element, '', false));
    if (block.type === 'section' && block.accessory && block.accessory.type !== 'image') {
      return field(block.accessory, block.text?.text ?? '', false);
    }
    return [];
  });
}

function put(state: StateValues, { blockId, actionId }: Field, value: StateValue): void {
  state[blockId] = { ...state[blockId], [actionId]: value };
}

function initialValue(element: Fillable): StateValue {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
      return { type: element.type, value: element.initial_value || null };
    case 'datepicker':
      return { type: element.type, selected_date: element.initial_date ?? null };
    case 'static_select':
    case 'radio_buttons':
      return { type: element.type, selected_option: element.initial_option ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type: element.type, selected_options: element.initial_options ?? [] };
    case 'file_input':
      return { type: element.type, files: [] };
    case 'multi_users_select':
      return { type: element.type, selected_users: element.initial_users ?? [] };
  }
}

function clientProblem({ element, required }: Field, held: StateValue | undefined): string | undefined {
  const content =
    held?.value ??
    held?.selected_date ??
    held?.selected_option ??
    held?.selected_options ??
    held?.selected_users ??
    held?.files ??
    [];
  if (Array.isArray(content) && content.length === 0) {
    return required ? 'Please complete this required field.' : undefined;
  }
  if (element.type === 'file_input' && Array.isArray(content)) {
    const types = element.filetypes ?? [];
    const odd = (content as HeldFile[]).find(({ filetype }) => types.length > 0 && !types.includes(filetype));
    if (odd) return `${odd.name} is not one of: ${types.join(', ')}.`;
    const most = element.max_files ?? 10;
    return content.length > most ? `Choose ${most} at most.` : undefined;
  }
  if (element.type === 'multi_users_select' && Array.isArray(content)) {
    const most = element.max_selected_items ?? content.length;
    return content.length > most ? `Choose ${most} at most.` : undefined;
  }
  if (typeof content !== 'string') return undefined;
  if (element.type === 'email_text_input') {
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(content) ? undefined : 'Enter a valid email address.';
  }
  if (element.type !== 'plain_text_input') return undefined;
  if (content.length < (element.min_length ?? 0)) return `Enter at least ${element.min_length} characters.`;
  return content.length > (element.max_length ?? 3000)
    ? `Enter at most ${element.max_length ?? 3000} characters.`
    : undefined;
}
