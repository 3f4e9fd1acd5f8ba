import { formActions } from '../../src/messages/action.ts';
import type { Button, Message, Row } from '../../src/messages/message.ts';
import { bold, type CardElement, cardOf, line, type Outgoing, plain, quiet } from './card.ts';

/** Teams shows at most six actions together. */
const mostActions = 6;

/**
 * Draws a message as a card. Everything people wrote goes into text runs, which Teams shows literally.
 */
export function renderMessage(message: Message): Outgoing {
  const card = cardOf([
    line([bold(message.summary)]),
    ...(message.body ?? []).map((text) => line([plain(text)])),
    ...(message.code ? [line([{ ...plain(message.code), fontType: 'Monospace' }])] : []),
    ...(message.facts ?? []).map(({ label, value }) => line([bold(`${label}: `), plain(value)], 'Small')),
    ...(message.rows ?? []).map(renderRow),
    ...(message.footnote ? [line([quiet(message.footnote)])] : []),
    ...renderButtons(message.buttons ?? []),
  ]);
  return { summary: message.summary, card };
}

function renderRow({ title, detail, buttons = [] }: Row): CardElement {
  return {
    type: 'Container',
    separator: true,
    items: [
      line([bold(title)]),
      ...(detail ? [line([plain(detail)], 'Small')] : []),
      ...renderButtons(buttons),
    ],
  };
}

function renderButtons(buttons: readonly Button[]): CardElement[] {
  const sets: CardElement[] = [];
  for (let start = 0; start < buttons.length; start += mostActions) {
    const actions = buttons.slice(start, start + mostActions).map(renderButton);
    sets.push({ type: 'ActionSet', actions });
  }
  return sets;
}

const styles = { primary: 'positive', danger: 'destructive' } as const;

function renderButton({ label, action, style }: Button): CardElement {
  const opensForm = formActions.some((name) => name === action.do);
  return {
    type: 'Action.Submit',
    title: label,
    data: opensForm ? opening({ action }) : { action },
    ...(style ? { style: styles[style] } : {}),
  };
}

/** What a dialog is opened by: words that were typed, or a button. */
export type Opener = { words: string } | { action: Button['action'] };

/** The data of a button that opens a dialog. */
export function opening(open: Opener) {
  return { msteams: { type: 'task/fetch' }, open };
}
