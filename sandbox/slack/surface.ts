import { randomBytes } from 'node:crypto';
import type { Block } from './block-schemas.ts';
import type { Element, Option } from './element-schemas.ts';
import { type FieldValue, type Names, pick, type StateValue, typedValue } from './form-state.ts';
import type { Clicked } from './types.ts';

/** An element somebody can click, and the option meant when it is an overflow menu. */
export interface Clickable {
  blockId: string;
  element: Element;
  label: string;
  option?: Option;
}

/** Gives every block and element without an id a random one, as Slack does. */
export function withIds(blocks: readonly Block[]): Block[] {
  const copy = structuredClone(blocks) as Block[];
  for (const block of copy) {
    block.block_id ??= randomId();
    for (const element of elementsOf(block)) element.action_id ??= randomId();
  }
  return copy;
}

/** Everything clickable on a message, modal or home tab. */
export function clickablesOf(surface: { blocks: Block[] }): Clickable[] {
  return surface.blocks.flatMap((block) => {
    const blockId = block.block_id ?? '';
    if (block.type === 'input' && !block.dispatch_action) return [];
    return elementsOf(block).flatMap((element): Clickable[] => {
      if (element.type === 'button') return [{ blockId, element, label: element.text.text }];
      if (element.type !== 'overflow') return [{ blockId, element, label: '' }];
      return element.options.map((option) => ({ blockId, element, option, label: option.text.text }));
    });
  });
}

/** The one thing meant by `clicked`. Throws, listing what there is, when nothing or more than one thing fits. */
export function findClickable(surface: { blocks: Block[] }, clicked: Clicked): Clickable {
  const all = clickablesOf(surface);
  const wanted = typeof clicked === 'string' ? { actionId: clicked } : clicked;
  const named = typeof clicked === 'string' ? all.filter((one) => one.label === clicked) : [];
  const found = named.length > 0 ? named : all.filter((one) => fits(one, wanted));
  const [first, second] = found;
  if (first && (!second || second.element === first.element)) return first;
  const there = all.map((one) => `"${one.label}" (${one.blockId}/${one.element.action_id})`).join(', ');
  const sought = JSON.stringify(clicked);
  throw new Error(
    `${first ? 'More than one thing fits' : 'Nothing to click is'} ${sought}; there are: ${there || 'none'}.`,
  );
}

/** The `actions[0]` of a block_actions payload. */
export function actionOf(
  { blockId, element, option }: Clickable,
  selected: FieldValue | undefined,
  names: Names,
): Record<string, unknown> & { state?: StateValue } {
  const common = { action_id: element.action_id, block_id: blockId, action_ts: String(Date.now() / 1000) };
  if (element.type === 'button') {
    const { type, text, value, style, url, confirm } = element;
    return { ...common, type, text, value, style, url, confirm };
  }
  if (element.type === 'overflow') {
    const chosen = typeof selected === 'string' ? pick(element, selected) : option;
    return { ...common, type: element.type, selected_option: chosen };
  }
  const state = typedValue(element, selected ?? null, names);
  return { ...common, ...state, state };
}

/** All text one can read on a message, modal or home tab, one line per text; for assertions. */
export function textOf(surface: { text?: string; title?: unknown; blocks: Block[] }): string {
  const lines: string[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    else if (typeof part === 'object' && part !== null) {
      for (const [key, value] of Object.entries(part)) {
        if (key === 'text' && typeof value === 'string') lines.push(value);
        else walk(value);
      }
    }
  };
  walk([surface.title, surface.blocks]);
  return lines.length > 0 ? lines.join('\n') : (surface.text ?? '');
}

function fits({ blockId, element, option }: Clickable, wanted: Exclude<Clicked, string>): boolean {
  if (element.action_id !== wanted.actionId) return false;
  if (wanted.blockId !== undefined && wanted.blockId !== blockId) return false;
  if (wanted.value === undefined) return true;
  return (element.type === 'button' ? element.value : option?.value) === wanted.value;
}

function elementsOf(block: Block): Element[] {
  if (block.type === 'actions') return block.elements;
  if (block.type === 'input') return [block.element];
  return block.type === 'section' && block.accessory && block.accessory.type !== 'image'
    ? [block.accessory]
    : [];
}

function randomId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
