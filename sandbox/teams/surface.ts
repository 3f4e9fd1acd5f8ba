import type { Card, Clicked } from './types.ts';

/** An action of a card, as JSON. */
export interface CardAction {
  type: string;
  id?: string;
  title?: string;
  [other: string]: unknown;
}

const ownPrefix = 'sandbox-';

/** A copy in which every action has an id, so that one of them can be meant; the ones given here are never sent. */
export function withActionIds(card: Card): Card {
  const copy = structuredClone(card);
  for (const [at, action] of actionsOf(copy).entries()) action.id ??= `${ownPrefix}${at + 1}`;
  return copy;
}

/** The id usher gave an action itself. */
export function ownIdOf(id: string | undefined): string | undefined {
  return id?.startsWith(ownPrefix) ? undefined : id;
}

/** Every action on a card, from top to bottom. */
export function actionsOf(card: Card): CardAction[] {
  const found: CardAction[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) {
      part.forEach(walk);
      return;
    }
    if (typeof part !== 'object' || part === null) return;
    const { type, data: _, ...rest } = part as Record<string, unknown>;
    if (typeof type === 'string' && type.startsWith('Action.')) found.push(part as CardAction);
    Object.values(rest).forEach(walk);
  };
  walk([card.body, card.actions, card.selectAction]);
  return found;
}

/** The one action meant by `clicked`, and its card. Throws, listing what there is, when nothing or more than one fits. */
export function findAction(cards: readonly Card[], clicked: Clicked): { card: Card; id: string } {
  const all = cards.flatMap((card) => actionsOf(card).map((action) => ({ card, action })));
  const found = all.filter(({ action }) =>
    typeof clicked === 'string' ? action.title === clicked : action.id === clicked.actionId,
  );
  const [first, ...others] = found;
  if (first && others.length === 0) return { card: first.card, id: first.action.id ?? '' };
  const there = all.map(({ action }) => `"${action.title ?? ''}" (${action.id})`).join(', ');
  const sought = JSON.stringify(clicked);
  throw new Error(
    `${first ? 'More than one thing fits' : 'Nothing to click is'} ${sought}; there are: ${there || 'none'}.`,
  );
}
